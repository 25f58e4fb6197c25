/**
 * Enlarges the canvas inside its stage: two fingers, or Ctrl and the wheel, zoom where they are; two fingers also move what is enlarged,
 * and so does the wheel alone.
 */

const MOST = 6;
/** A trackpad's pinch and a mouse's wheel both come as wheel events; this is how much one pixel of them enlarges. */
const PER_PIXEL = 0.004;

export class Zoom {
  /**
   * @param {HTMLElement} stage  clips the canvas
   * @param {HTMLElement} canvas  fills the stage when nothing is enlarged
   * @param {(scale: number) => void} onChange
   */
  constructor(stage, canvas, onChange) {
    this.stage = stage;
    this.canvas = canvas;
    this.onChange = onChange;
    this.scale = 1;
    this.x = 0;
    this.y = 0;
    /** @type {Map<number, [number, number]>} fingers that zoom */
    this.fingers = new Map();
    stage.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    new ResizeObserver(() => this.#place()).observe(stage);
  }

  reset() {
    this.fingers.clear();
    this.#set(1, 0, 0);
  }

  /** @param {PointerEvent} event  of a finger that takes part from now on */
  touch(event) {
    this.fingers.set(event.pointerId, this.#within(event));
  }

  release(event) {
    this.fingers.delete(event.pointerId);
  }

  /** @returns {boolean} whether the finger takes part */
  move(event) {
    const before = this.fingers.get(event.pointerId);
    if (!before) return false;
    const now = this.#within(event);
    const other = [...this.fingers].find(([id]) => id !== event.pointerId)?.[1];
    this.fingers.set(event.pointerId, now);
    if (!other) {
      this.#set(this.scale, this.x + now[0] - before[0], this.y + now[1] - before[1]);
      return true;
    }
    const ratio = distance(now, other) / Math.max(1, distance(before, other));
    const from = middle(before, other), to = middle(now, other);
    this.#scaleAt(this.scale * ratio, from, to);
    return true;
  }

  #wheel(event) {
    if (event.ctrlKey) {
      event.preventDefault();
      const at = this.#within(event);
      this.#scaleAt(this.scale * Math.exp(-event.deltaY * PER_PIXEL), at, at);
    } else if (this.scale > 1) {
      event.preventDefault();
      this.#set(this.scale, this.x - event.deltaX, this.y - event.deltaY);
    }
  }

  /** What was at `from` comes to `to`. */
  #scaleAt(wanted, from, to) {
    const scale = Math.min(MOST, Math.max(1, wanted));
    const ratio = scale / this.scale;
    this.#set(scale, to[0] - (from[0] - this.x) * ratio, to[1] - (from[1] - this.y) * ratio);
  }

  #set(scale, x, y) {
    const changed = scale !== this.scale;
    Object.assign(this, { scale, x, y });
    this.#place();
    if (changed) this.onChange(scale);
  }

  /** The canvas always covers the stage. */
  #place() {
    const { clientWidth: width, clientHeight: height } = this.stage;
    this.x = Math.min(0, Math.max(width * (1 - this.scale), this.x));
    this.y = Math.min(0, Math.max(height * (1 - this.scale), this.y));
    this.canvas.style.transform = this.scale === 1 ? '' : `translate(${this.x}px, ${this.y}px) scale(${this.scale})`;
  }

  /** @returns {[number, number]} */
  #within({ clientX, clientY }) {
    const box = this.stage.getBoundingClientRect();
    return [clientX - box.left, clientY - box.top];
  }
}

function distance([x, y], [otherX, otherY]) {
  return Math.hypot(x - otherX, y - otherY);
}

/** @returns {[number, number]} */
function middle([x, y], [otherX, otherY]) {
  return [(x + otherX) / 2, (y + otherY) / 2];
}
