/**
 * Strokes and curves as polylines: flat arrays [x, y, x, y, ...] in logical pixels. The sharp canvas and the logical raster
 * use the same polyline, so what a fill meets is what people see.
 */

/** @type {WeakMap<object, {polyline: number[], lengths: number[]}>} */
const measured = new WeakMap();

/**
 * A person's points, smoothed: a quadratic from each middle of two points to the next, with the point between as its control.
 * @param {number[]} points
 * @returns {number[]}
 */
export function smooth(points) {
  const count = points.length / 2;
  if (count < 3) return points.slice();
  const line = [points[0], points[1]];
  let fromX = points[0], fromY = points[1];
  for (let index = 1; index < count - 1; index++) {
    const x = points[2 * index], y = points[2 * index + 1];
    const toX = (x + points[2 * index + 2]) / 2, toY = (y + points[2 * index + 3]) / 2;
    appendQuadratic(line, fromX, fromY, x, y, toX, toY);
    fromX = toX;
    fromY = toY;
  }
  line.push(points[2 * count - 2], points[2 * count - 1]);
  return line;
}

function appendQuadratic(line, x0, y0, x1, y1, x2, y2) {
  const reach = Math.hypot(x1 - x0, y1 - y0) + Math.hypot(x2 - x1, y2 - y1);
  const steps = Math.min(24, Math.max(1, Math.ceil(reach / 2)));
  for (let step = 1; step <= steps; step++) {
    const t = step / steps, s = 1 - t;
    line.push(s * s * x0 + 2 * s * t * x1 + t * t * x2, s * s * y0 + 2 * s * t * y1 + t * t * y2);
  }
}

/**
 * A chain of cubic Béziers (3 n + 1 control points).
 * @param {number[]} controls
 * @returns {number[]}
 */
export function flattenCubics(controls) {
  const line = [controls[0], controls[1]];
  for (let at = 0; at + 7 < controls.length; at += 6) {
    const [x0, y0, x1, y1, x2, y2, x3, y3] = controls.slice(at, at + 8);
    const reach = Math.hypot(x1 - x0, y1 - y0) + Math.hypot(x2 - x1, y2 - y1) + Math.hypot(x3 - x2, y3 - y2);
    const steps = Math.min(96, Math.max(8, Math.ceil(reach / 4)));
    for (let step = 1; step <= steps; step++) {
      const t = step / steps, s = 1 - t;
      const a = s * s * s, b = 3 * s * s * t, c = 3 * s * t * t, d = t * t * t;
      line.push(a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3);
    }
  }
  return line;
}

/**
 * The polyline of a stroke or curve, or the first part of a curve's.
 * @param {import('./drawing.js').StrokeOperation | import('./drawing.js').CurveOperation} operation
 * @param {number} [fraction] how much of a curve's length has grown, 0 to 1
 * @returns {number[]}
 */
export function polylineOf(operation, fraction = 1) {
  if (operation.kind === 'stroke') return smooth(operation.points);
  const { polyline, lengths } = measure(operation);
  return fraction >= 1 ? polyline : firstPart(polyline, lengths, fraction);
}

/** A curve never changes, so it is flattened and measured once. */
function measure(curve) {
  let known = measured.get(curve);
  if (!known) {
    const polyline = flattenCubics(curve.points);
    const lengths = [0];
    for (let at = 2; at < polyline.length; at += 2) {
      lengths.push(lengths.at(-1) + Math.hypot(polyline[at] - polyline[at - 2], polyline[at + 1] - polyline[at - 1]));
    }
    known = { polyline, lengths };
    measured.set(curve, known);
  }
  return known;
}

function firstPart(polyline, lengths, fraction) {
  const wanted = lengths.at(-1) * fraction;
  const next = lengths.findIndex((length) => length > wanted);
  if (next < 1) return polyline.slice(0, 2);
  const within = (wanted - lengths[next - 1]) / (lengths[next] - lengths[next - 1]);
  const at = 2 * next;
  const tip = [0, 1].map((axis) => polyline[at - 2 + axis] + within * (polyline[at + axis] - polyline[at - 2 + axis]));
  return [...polyline.slice(0, at), ...tip];
}
