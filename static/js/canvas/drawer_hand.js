/**
 * The drawer's hand: turns the pointer and the toolbar's tools into ink records, and hands each one on.
 *
 * @typedef {'brush' | 'eraser' | 'line' | 'fill' | 'dropper'} Tool
 * @typedef {{tool: Tool, color: import('../ink.js').Color, width: number, splits: boolean}} Tools
 *   `splits`: whether a pen's pressure may make several strokes of one
 */

import { quantize } from '../ink.js';
import { CANVAS_HEIGHT, CANVAS_WIDTH, MAX_WIDTH, MIN_WIDTH } from '../limits.js';
import { ClippedPen } from './clipped_pen.js';
import { PAPER } from './palette.js';

/** A finger that may be the first of two draws only after it has moved so far (CSS pixels) or been down so long. */
const SLACK = 6;
const SLACK_MS = 140;
/** A pen's stroke goes on as a wider or narrower one when the pressure asks for a width that differs by so much. */
const NOTICED = 1.18;

export class DrawerHand {
  /**
   * @param {import('./board.js').Board} board
   * @param {Tools} tools  read at each stroke
   * @param {(record: import('../ink.js').InkRecord) => void} onInk
   * @param {(hex: string) => void} onColor  a colour was taken from the drawing
   * @param {import('./zoom.js').Zoom} zoom  gets the fingers that do not draw
   */
  constructor(board, tools, onInk, onColor, zoom) {
    this.board = board;
    this.zoom = zoom;
    /** A finger that is down and does not draw yet. @type {{event: PointerEvent, timer: number} | null} */
    this.waiting = null;
    this.tools = tools;
    this.onInk = onInk;
    this.onColor = onColor;
    /** Where the straight line under the hand begins, [x, y]. */
    this.anchor = null;
    /** How many operations there were when the movement under way began. @type {number | null} */
    this.began = null;
    this.isEnabled = false;
    this.pointer = null;
    this.width = tools.width;
    /** Movements that left several operations behind, which are undone as one. @type {{from: number, to: number}[]} */
    this.movements = [];
    this.pen = new ClippedPen({
      begin: (x, y) => this.#beginStroke(x, y),
      point: (x, y) => onInk({ op: 'points', stroke: this.stroke, points: [x, y] }),
      end: () => onInk({ op: 'end', stroke: this.stroke }),
    });
    const { canvas } = board;
    canvas.addEventListener('pointerdown', (event) => this.#down(event));
    canvas.addEventListener('pointermove', (event) => this.#move(event));
    for (const type of ['pointerup', 'pointercancel', 'lostpointercapture']) {
      canvas.addEventListener(type, (event) => this.#up(event));
    }
  }

  /** Whether a stroke is under way. */
  get isDrawing() {
    return this.pointer !== null;
  }

  /** @param {boolean} isEnabled  whether it is this player's turn to draw */
  enable(isEnabled) {
    if (this.isEnabled && !isEnabled) this.lift();
    this.isEnabled = isEnabled;
  }

  undo() {
    this.lift();
    const { length } = this.board.drawing.operations;
    const from = this.movements.find(({ to }) => to === length)?.from ?? length - 1;
    for (let left = length; left > from; left--) this.onInk({ op: 'undo' });
  }

  redo() {
    this.lift();
    const { operations: { length }, undone } = this.board.drawing;
    const to = this.movements.find(({ from }) => from === length)?.to ?? length + 1;
    for (let left = Math.min(undone.length, to - length); left > 0; left--) this.onInk({ op: 'redo' });
  }

  clear() {
    this.lift();
    const last = this.board.drawing.operations.at(-1);
    if (last && last.kind !== 'clear') this.onInk({ op: 'clear' });
  }

  /** Ends the stroke under way, if there is one. */
  lift() {
    this.#letGo();
    this.pointer = null;
    this.board.foresee([]);
    if (this.anchor) this.#dropLine();
    else this.pen.up();
    const { length } = this.board.drawing.operations;
    if (this.began !== null && length > this.began + 1) this.movements.push({ from: this.began, to: length });
    this.began = null;
  }

  /** Drops the stroke under way without a word, for when the canvas that it was on is gone. */
  forget() {
    this.#letGo();
    this.pointer = null;
    this.anchor = null;
    this.began = null;
    this.movements = [];
    this.pen.forget();
  }

  #down(event) {
    // The first finger draws; a second one, a palm beside a pen, or a right button does not.
    if (this.pointer !== null || event.button !== 0) return;
    event.preventDefault();
    this.board.canvas.setPointerCapture(event.pointerId);
    if (event.pointerType !== 'touch') {
      if (this.isEnabled) this.#touchDown(event);
      return;
    }
    const first = this.#letGo();
    if (this.isEnabled && !first && !this.zoom.fingers.size) {
      // Two fingers never come down in the same moment: the first of them must not leave a dot.
      this.waiting = { event, timer: setTimeout(() => this.#draw(), SLACK_MS) };
      return;
    }
    if (first) this.zoom.touch(first);
    this.zoom.touch(event);
  }

  /** The finger that waited draws from where it came down. */
  #draw() {
    const first = this.#letGo();
    if (first && this.isEnabled) this.#touchDown(first);
  }

  #letGo() {
    const first = this.waiting?.event ?? null;
    clearTimeout(this.waiting?.timer);
    this.waiting = null;
    return first;
  }

  #touchDown(event) {
    const [x, y] = this.board.toLogical(event.clientX, event.clientY);
    if (this.tools.tool === 'fill') {
      this.onInk({ op: 'fill', color: this.tools.color, x: within(x, CANVAS_WIDTH), y: within(y, CANVAS_HEIGHT) });
      return;
    }
    if (this.tools.tool === 'dropper') {
      this.onColor(this.board.colorAt(within(x, CANVAS_WIDTH - 1), within(y, CANVAS_HEIGHT - 1)));
      return;
    }
    this.pointer = event.pointerId;
    this.began = this.board.drawing.operations.length;
    this.movements = this.movements.filter(({ to }) => to <= this.began);
    this.width = this.#widthOf(event);
    if (this.tools.tool === 'line') this.anchor = [x, y];
    else this.pen.down(x, y);
  }

  #move(event) {
    if (this.zoom.move(event)) return;
    const first = this.waiting?.event;
    if (first?.pointerId === event.pointerId && Math.hypot(event.clientX - first.clientX, event.clientY - first.clientY) > SLACK) this.#draw();
    if (event.pointerId !== this.pointer) return;
    if (this.anchor) {
      this.#stretchLine(event);
      return;
    }
    // Coalesced events are missing over plain http and in older Safari, and the list is empty for events that scripts made.
    const coalesced = event.getCoalescedEvents?.() ?? [], events = coalesced.length ? coalesced : [event];
    const coming = event.getPredictedEvents?.() ?? [];
    const places = this.board.toLogicalAll([...events, ...coming]);
    events.forEach((each, index) => {
      this.#press(each);
      this.pen.move(places[2 * index], places[2 * index + 1]);
    });
    this.board.foresee(this.pen.isDrawing ? places.slice(2 * events.length) : []);
  }

  /** A stroke has one width on the wire: where the pressure asks for another, the next one begins. */
  #press(event) {
    if (!this.tools.splits) return;
    const wanted = this.#widthOf(event), ratio = wanted / this.width;
    if (ratio < NOTICED && ratio > 1 / NOTICED) return;
    this.width = wanted;
    this.pen.split();
  }

  /** The brush's width, for a pen by how hard it is pressed; half the force is the width that was picked. */
  #widthOf({ pointerType, pressure }) {
    const { width } = this.tools;
    if (pointerType !== 'pen' || !pressure) return width;
    return quantize(Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, width * (0.3 + 1.4 * pressure))));
  }

  #up(event) {
    this.zoom.release(event);
    if (this.waiting?.event.pointerId === event.pointerId) {
      if (event.type === 'pointercancel') this.#letGo();
      else this.#draw();
    }
    if (event.pointerId === this.pointer) this.lift();
  }

  /** A straight line follows the pointer; with Shift it keeps to eighths of a turn. */
  #stretchLine(event) {
    let [x, y] = this.board.toLogical(event.clientX, event.clientY);
    const [left, top] = this.anchor;
    if (event.shiftKey) {
      const angle = Math.round(Math.atan2(y - top, x - left) / (Math.PI / 4)) * (Math.PI / 4);
      const reach = Math.hypot(x - left, y - top);
      [x, y] = [left + reach * Math.cos(angle), top + reach * Math.sin(angle)];
    }
    const { color, width } = this.tools;
    this.board.show({ kind: 'stroke', id: 0, color, width, points: [left, top, x, y], open: false });
  }

  #dropLine() {
    const line = this.board.preview?.points ?? [...this.anchor, ...this.anchor];
    this.anchor = null;
    this.board.show(null);
    this.pen.down(line[0], line[1]);
    this.pen.move(line[2], line[3]);
    this.pen.up();
  }

  #beginStroke(x, y) {
    // Stroke ids are u16 and only tell apart strokes that overlap in time, so they may come round again.
    this.stroke = (this.board.drawing.lastStroke + 1) & 0xffff;
    const color = this.tools.tool === 'eraser' ? PAPER : this.tools.color;
    this.onInk({ op: 'begin', stroke: this.stroke, color, width: this.width, x, y });
  }
}

function within(value, limit) {
  return quantize(Math.min(limit, Math.max(0, value)));
}
