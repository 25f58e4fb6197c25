/**
 * The drawer's hand: turns the pointer and the toolbar's tools into ink records, and hands each one on.
 */

import { quantize } from '../ink.js';
import { CANVAS_HEIGHT, CANVAS_WIDTH } from '../limits.js';
import { ClippedPen } from './clipped_pen.js';
import { PAPER } from './palette.js';

export class DrawerHand {
  /**
   * @param {import('./board.js').Board} board
   * @param {{tool: 'brush' | 'eraser' | 'line' | 'fill' | 'dropper', color: import('../ink.js').Color, width: number}} tools  read at each stroke
   * @param {(record: import('../ink.js').InkRecord) => void} onInk
   * @param {(hex: string) => void} onColor  a colour was taken from the drawing
   */
  constructor(board, tools, onInk, onColor) {
    this.board = board;
    this.tools = tools;
    this.onInk = onInk;
    this.onColor = onColor;
    /** Where the straight line under the hand begins, [x, y]. */
    this.anchor = null;
    this.isEnabled = false;
    this.pointer = null;
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

  /** @param {boolean} isEnabled  whether it is this player's turn to draw */
  enable(isEnabled) {
    if (this.isEnabled && !isEnabled) this.lift();
    this.isEnabled = isEnabled;
  }

  undo() {
    this.lift();
    if (this.board.drawing.operations.length) this.onInk({ op: 'undo' });
  }

  redo() {
    this.lift();
    if (this.board.drawing.undone.length) this.onInk({ op: 'redo' });
  }

  clear() {
    this.lift();
    const last = this.board.drawing.operations.at(-1);
    if (last && last.kind !== 'clear') this.onInk({ op: 'clear' });
  }

  /** Ends the stroke under way, if there is one. */
  lift() {
    this.pointer = null;
    if (this.anchor) this.#dropLine();
    else this.pen.up();
  }

  /** Drops the stroke under way without a word, for when the canvas that it was on is gone. */
  forget() {
    this.pointer = null;
    this.anchor = null;
    this.pen.forget();
  }

  #down(event) {
    // The first finger draws; a second one, or a right button, does not.
    if (!this.isEnabled || this.pointer !== null || event.button !== 0) return;
    event.preventDefault();
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
    this.board.canvas.setPointerCapture(event.pointerId);
    if (this.tools.tool === 'line') this.anchor = [x, y];
    else this.pen.down(x, y);
  }

  #move(event) {
    if (event.pointerId !== this.pointer) return;
    if (this.anchor) {
      this.#stretchLine(event);
      return;
    }
    // Coalesced events are missing over plain http and in older Safari, and the list is empty for events that scripts made.
    const events = event.getCoalescedEvents?.() ?? [];
    for (const each of events.length ? events : [event]) this.pen.move(...this.board.toLogical(each.clientX, each.clientY));
  }

  #up(event) {
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
    this.onInk({ op: 'begin', stroke: this.stroke, color, width: this.tools.width, x, y });
  }
}

function within(value, limit) {
  return quantize(Math.min(limit, Math.max(0, value)));
}
