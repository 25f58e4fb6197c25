/**
 * A canvas element that shows a drawing: sharp at any size, with curves that grow.
 *
 * Operations that are finished are painted once, onto a hidden canvas ("settled"). What still changes, a stroke under
 * somebody's hand or growing curves, is painted over a copy of it in each animation frame.
 */

import { CANVAS_HEIGHT, CANVAS_WIDTH } from '../limits.js';
import { Drawing, firstVisible } from './drawing.js';
import { FillRegions } from './fill_regions.js';
import { Growth } from './growth.js';
import { paintFill, paintLine, paintPaper, pixelsOf } from './paint.js';
import { paintPencil } from './pencil_tip.js';
import { Playback } from './playback.js';

/** Beyond this width more pixels cost time and show nothing. */
const MAX_WIDTH = 2400;

/** @type {WeakMap<HTMLCanvasElement, Board>} */
const boards = new WeakMap();

/** The board on a canvas, for the console and for tests. */
export const boardOn = (canvas) => boards.get(canvas);

export class Board {
  /** @param {HTMLCanvasElement} canvas  laid out by CSS at 4:3 */
  constructor(canvas) {
    this.canvas = canvas;
    boards.set(canvas, this);
    this.context = canvas.getContext('2d');
    this.settled = document.createElement('canvas').getContext('2d');
    this.settledCount = 0;
    this.drawing = new Drawing();
    this.regions = new FillRegions();
    this.growth = new Growth();
    this.playback = new Playback();
    /** Where the pointer will be in a moment, as the browser guesses; [x, y, ...] after the open stroke's last point. */
    this.foreseen = [];
    this.zoom = 1;
    /** A line that is not drawn yet, under the drawer's hand alone. @type {import('./drawing.js').StrokeOperation | null} */
    this.preview = null;
    this.frame = 0;
    this.stillness = matchMedia('(prefers-reduced-motion: reduce)');
    this.observer = new ResizeObserver(() => this.#fit());
    this.observer.observe(canvas);
    this.#fit();
  }

  /** Empties the board for another drawing. */
  reset() {
    this.drawing = new Drawing();
    this.regions = new FillRegions();
    this.growth.finishAll();
    this.playback.all();
    this.preview = null;
    this.foreseen = [];
    this.#repaint();
  }

  /**
   * Shows what was drawn elsewhere: a person's strokes at the pace they were drawn, the artist's curves as they grow.
   * @param {import('../ink.js').InkRecord[]} records  of one frame
   * @param {{atOnce?: boolean}} [options]
   */
  receive(records, { atOnce = false } = {}) {
    if (atOnce || this.stillness.matches || document.hidden) {
      for (const record of [...this.playback.all(), ...records]) this.apply(record, { atOnce });
    } else {
      this.playback.add(records, performance.now());
      this.#requestFrame();
    }
  }

  /** Nothing is held back any more: the drawing is over. */
  finish() {
    for (const record of this.playback.all()) this.apply(record);
  }

  /**
   * @param {import('../ink.js').InkRecord} record
   * @param {{atOnce?: boolean}} [options]  `atOnce`: curves appear whole instead of growing
   */
  apply(record, { atOnce = false } = {}) {
    this.foreseen = [];
    if (record.op === 'undo') this.growth.remove(this.drawing.operations.at(-1));
    const { operations } = this.drawing;
    const before = operations.length;
    const begun = this.drawing.apply(record);
    if (begun?.kind === 'curve') {
      if (operations.length === before) this.#unsettle(operations.indexOf(begun));
      if (!atOnce && !this.stillness.matches && !document.hidden) this.growth.add(begun);
    } else if (begun) {
      // A fill flows around what is there, so everything before it must be there.
      this.growth.finishAll();
    }
    if (this.drawing.operations.length < this.settledCount) this.#repaint();
    this.#requestFrame();
  }

  /** @param {number} pace  how fast curves grow: 1 as in a room, 0 to hold them */
  growAt(pace) {
    this.growth.pace = pace;
    this.#requestFrame();
  }

  /** All curves are whole at once. */
  finishGrowing() {
    this.growth.finishAll();
    this.#requestFrame();
  }

  /** @param {import('./drawing.js').StrokeOperation | null} line  shown over the drawing until it is taken away */
  show(line) {
    this.preview = line;
    this.#requestFrame();
  }

  /** @param {number[]} points  where the open stroke will probably go next; replaced by what comes */
  foresee(points) {
    this.foreseen = points;
    this.#requestFrame();
  }

  /** @param {number} zoom  how much the canvas is enlarged on the screen: it is painted as sharp as that */
  enlarge(zoom) {
    this.zoom = zoom;
    this.#fit();
  }

  /** The colour of the screen at a place in logical pixels. @returns {string} as #rrggbb */
  colorAt(x, y) {
    this.#paint();
    const [red, green, blue] = pixelsOf(this.context, Math.floor(x * this.scale), Math.floor(y * this.scale), 1, 1).data;
    return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
  }

  /** Logical pixels of a place on the screen; outside the canvas they go beyond 0..800 and 0..600. */
  toLogical(clientX, clientY) {
    return this.toLogicalAll([{ clientX, clientY }]);
  }

  /** The same for several places at once: the canvas is only measured once. @param {{clientX: number, clientY: number}[]} places */
  toLogicalAll(places) {
    const box = this.canvas.getBoundingClientRect();
    return places.flatMap(({ clientX, clientY }) =>
      [((clientX - box.left) * CANVAS_WIDTH) / box.width, ((clientY - box.top) * CANVAS_HEIGHT) / box.height]);
  }

  /** The whole drawing on the raster that is the same for everybody. @returns {Uint32Array} 800 x 600, 0xRRGGBB each */
  raster() {
    this.finish();
    return new FillRegions().rasterOf(this.drawing.operations);
  }

  /** Stops watching the element; the board is not used after that. */
  close() {
    this.observer.disconnect();
    cancelAnimationFrame(this.frame);
  }

  #fit() {
    const width = Math.round(Math.min(MAX_WIDTH, this.canvas.clientWidth * devicePixelRatio * this.zoom));
    if (!width || width === this.canvas.width) return;
    const height = Math.round((width * CANVAS_HEIGHT) / CANVAS_WIDTH);
    for (const canvas of [this.canvas, this.settled.canvas]) Object.assign(canvas, { width, height });
    this.scale = width / CANVAS_WIDTH;
    this.#repaint();
  }

  #repaint() {
    this.settledCount = firstVisible(this.drawing.operations);
    paintPaper(this.settled);
    // At once and not in the next frame: a canvas that was resized is blank until it is painted.
    this.#paint();
    if (this.growth.isBusy) this.#requestFrame();
  }

  /** Paints anew from this operation on: it is another one now. */
  #unsettle(place) {
    if (place >= this.settledCount) return;
    this.settledCount = firstVisible(this.drawing.operations);
    paintPaper(this.settled);
  }

  #requestFrame() {
    this.frame ||= requestAnimationFrame((now) => {
      this.frame = 0;
      for (const record of this.playback.due(now)) this.apply(record);
      this.growth.advance(now);
      this.#paint();
      if (this.growth.isBusy || this.playback.isBusy) this.#requestFrame();
    });
  }

  #paint() {
    if (!this.scale) return;
    this.#settle();
    this.context.drawImage(this.settled.canvas, 0, 0);
    let tip = null;
    // Only strokes and curves wait to be settled: a fill ends all that grows, and nothing but the artist's curves changes again.
    const lines = /** @type {import('./drawing.js').LineOperation[]} */ (this.drawing.operations.slice(this.settledCount));
    for (const operation of lines) {
      const fraction = this.growth.fractionOf(operation);
      if (fraction === 0 && !operation.from) continue;
      const at = paintLine(this.context, this.scale, operation, fraction, operation.open ? this.foreseen : []);
      if (fraction < 1 && !operation.from) tip ??= { at, color: operation.color };
    }
    if (this.preview) paintLine(this.context, this.scale, this.preview);
    if (tip) paintPencil(this.context, this.scale, tip.at, `rgb(${tip.color.red} ${tip.color.green} ${tip.color.blue})`);
  }

  /** Moves operations that will not change any more onto the settled canvas, in order. */
  #settle() {
    const { operations } = this.drawing;
    for (; this.settledCount < operations.length; this.settledCount++) {
      const operation = operations[this.settledCount];
      if (operation.kind === 'clear') paintPaper(this.settled);
      else if (operation.kind === 'fill') {
        paintFill(this.settled, this.scale, this.regions.regionOf(operations, this.settledCount), operation.color);
      } else if (operation.open || this.growth.fractionOf(operation) < 1) return;
      else paintLine(this.settled, this.scale, operation);
    }
  }
}
