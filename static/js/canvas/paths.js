/**
 * Strokes and curves as polylines: flat arrays [x, y, x, y, ...] in logical pixels. The sharp canvas and the logical raster
 * use the same polyline, so what a fill meets is what people see. game/drawing/polylines.py finds the very same ones.
 */

/** @type {WeakMap<object, {polyline: number[], lengths: number[]}>} */
const measured = new WeakMap();

/** Corners of polylines are whole grains, sixteenths of a logical pixel: then all machines find the same. */
export const GRAINS = 16;

/** What has been smoothed so far, and the next point to bend around. @type {WeakMap<object, {line: number[], next: number}>} */
const smoothed = new WeakMap();

/**
 * A person's points, smoothed: a quadratic from each middle of two points to the next, with the point between as its control. A stroke
 * only ever grows, so only what is new is reckoned.
 * @param {import('./drawing.js').StrokeOperation} stroke
 * @returns {number[]}
 */
function smooth(stroke) {
  const { points } = stroke;
  const known = smoothed.get(stroke) ?? { line: points.slice(0, 2), next: 1 };
  appendSmooth(known.line, points, known.next);
  known.next = Math.max(1, points.length / 2 - 1);
  smoothed.set(stroke, known);
  return points.length > 2 ? [...known.line, points.at(-2), points.at(-1)] : known.line.slice();
}

/** Appends to a line what leads past each point from `first` on but the last, which is still an end and not a bend. */
function appendSmooth(line, points, first) {
  const grain = (at) => toGrains(points[at]);
  for (let index = first; 2 * index + 3 < points.length; index++) {
    const [lastX, lastY, x, y, nextX, nextY] = [-2, -1, 0, 1, 2, 3].map((offset) => grain(2 * index + offset));
    const from = index === 1 ? [lastX, lastY] : [(lastX + x) / 2, (lastY + y) / 2];
    const grains = [];
    appendBezier(grains, [from[0], x, (x + nextX) / 2], [from[1], y, (y + nextY) / 2]);
    for (const value of grains) line.push(toPixels(value));
  }
}

/**
 * A chain of cubic Béziers (3 n + 1 control points).
 * @param {number[]} controls
 * @returns {number[]}
 */
export function flattenCubics(controls) {
  const grains = controls.map(toGrains);
  const line = [grains[0], grains[1]];
  for (let at = 0; at + 7 < grains.length; at += 6) {
    appendBezier(line, [0, 2, 4, 6].map((k) => grains[at + k]), [1, 3, 5, 7].map((k) => grains[at + k]));
  }
  return line.map(toPixels);
}

/**
 * Appends the points at 1/n, 2/n, ... 1 of a quadratic or cubic, each rounded to the nearest grain, halves up. Every number
 * on the way is whole and below 2^53, or such a one divided by a power of two, so nothing else is rounded.
 * @param {number[]} line
 * @param {number[]} xs  of its control points, in grains
 * @param {number[]} ys
 */
function appendBezier(line, xs, ys) {
  const degree = xs.length - 1;
  const steps = stepsOf(degree, Math.max(bendOf(xs), bendOf(ys)), degree === 2 ? 32 : 128);
  const whole = steps ** degree;
  for (let t = 1; t <= steps; t++) {
    const s = steps - t;
    const weights = degree === 2 ? [s * s, 2 * s * t, t * t] : [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
    for (const values of [xs, ys]) {
      const sum = weights.reduce((total, weight, k) => total + weight * values[k], 0);
      line.push(Math.floor(sum / whole + 0.5));
    }
  }
}

/** The least power of two for which chords stay within about a grain of the curve (Wang's bound, 1984), but no more than `most`. */
function stepsOf(degree, bend, most) {
  let steps = 1;
  while (degree * (degree - 1) * bend > 8 * steps * steps && steps < most) steps *= 2;
  return steps;
}

/** The largest second difference. */
function bendOf(values) {
  let bend = 0;
  for (let k = 2; k < values.length; k++) bend = Math.max(bend, Math.abs(values[k - 2] - 2 * values[k - 1] + values[k]));
  return bend;
}

function toGrains(pixels) {
  return Math.round(pixels * GRAINS);
}

function toPixels(grains) {
  return grains / GRAINS;
}

/**
 * The polyline of a stroke or curve, or the first part of a curve's; of one that moves, what it is on its way.
 * @param {import('./drawing.js').StrokeOperation | import('./drawing.js').CurveOperation} operation
 * @param {number} [fraction] how much of a curve's length has grown, or of its way is behind it, 0 to 1
 * @returns {number[]}
 */
export function polylineOf(operation, fraction = 1) {
  if (operation.kind === 'stroke') return smooth(operation);
  if (operation.from && fraction < 1) {
    return flattenCubics(operation.points.map((aim, index) => operation.from[index] + fraction * (aim - operation.from[index])));
  }
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
