/** The artist's pencil, drawn at the tip of the curve that grows so that there seems to be a hand. */

const INK = '#1b1f3b';

/** Drawn pointing down left, its tip at the origin; about 92 logical pixels long. */
export function paintPencil(context, scale, [x, y], leadColor) {
  context.save();
  context.scale(scale, scale);
  context.translate(x, y);
  context.scale(1.25, 1.25);
  context.rotate(0.62);
  Object.assign(context, { lineWidth: 2, strokeStyle: INK, lineJoin: 'round' });
  shape(context, [0, 0, -8, -18, 8, -18], '#f3d9ae');
  shape(context, [0, 0, -3, -7, 3, -7], leadColor);
  shape(context, [-8, -18, 8, -18, 8, -62, -8, -62], '#ffe25c');
  shape(context, [-8, -62, 8, -62, 8, -74, -8, -74], '#e9695c');
  context.restore();
}

function shape(context, points, fill) {
  context.beginPath();
  for (let at = 0; at < points.length; at += 2) context.lineTo(points[at], points[at + 1]);
  context.closePath();
  context.fillStyle = fill;
  context.fill();
  context.stroke();
}
