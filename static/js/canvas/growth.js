/**
 * Lets curves grow: which are growing, how far each has come, and which wait. Pure: it is told the time.
 */

/** As many grow at once as a watcher can follow; those that move from where they were all move together. */
const AT_ONCE = 3;
/** Beyond so many waiting the artist is far ahead: growing goes faster until it is caught up with. */
const PATIENCE = 6;

export class Growth {
  constructor() {
    /** @type {Map<object, {progress: number}>} curves not fully grown, oldest first */
    this.curves = new Map();
    this.lastTime = 0;
    /** How fast time goes by: 1 as in a room; a replay may hurry or dawdle, and 0 is standing still. */
    this.pace = 1;
  }

  /** @param {import('./drawing.js').CurveOperation} curve */
  add(curve) {
    for (const other of this.curves.keys()) if (other.id === curve.id) this.curves.delete(other);
    this.curves.set(curve, { progress: 0 });
  }

  remove(curve) {
    this.curves.delete(curve);
  }

  finishAll() {
    this.curves.clear();
  }

  get isBusy() {
    return this.curves.size > 0 && this.pace > 0;
  }

  /** @param {number} now milliseconds, from any fixed start */
  advance(now) {
    // A pause (a hidden tab, the first curve in a while) is not time spent drawing.
    const elapsed = Math.min(50, now - this.lastTime) * this.pace;
    this.lastTime = now;
    const curves = [...this.curves.keys()];
    const moving = curves.filter((curve) => curve.from), growing = curves.filter((curve) => !curve.from);
    const haste = Math.max(1, growing.length / PATIENCE);
    for (const curve of moving) this.#bring(curve, elapsed);
    for (const curve of growing.slice(0, AT_ONCE)) this.#bring(curve, elapsed * haste);
  }

  #bring(curve, elapsed) {
    const state = this.curves.get(curve);
    state.progress += elapsed / Math.max(1, curve.milliseconds);
    if (state.progress >= 1) this.curves.delete(curve);
  }

  /** How much of an operation is there, 0 to 1 along its length, or of the way that it moves. A hand starts and stops gently. */
  fractionOf(operation) {
    const growing = this.curves.get(operation);
    if (!growing) return 1;
    if (operation.from) return growing.progress;
    const t = growing.progress;
    return t < 0.5 ? 2 * t * t : 1 - 2 * (1 - t) * (1 - t);
  }
}
