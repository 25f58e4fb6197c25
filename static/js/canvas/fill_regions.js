/** Finds where each fill of a drawing flows, and remembers it: a fill depends only on what came before it. */

import { firstVisible } from './drawing.js';
import { LogicalRaster } from './logical_raster.js';
import { polylineOf } from './paths.js';

export class FillRegions {
  constructor() {
    this.raster = new LogicalRaster();
    /** The operations that are on the raster now, in order. */
    this.applied = [];
    /** @type {WeakMap<object, import('./logical_raster.js').Region>} */
    this.known = new WeakMap();
  }

  /**
   * @param {import('./drawing.js').Operation[]} operations
   * @param {number} index  of a fill
   * @returns {import('./logical_raster.js').Region}
   */
  regionOf(operations, index) {
    const fill = operations[index];
    if (!this.known.has(fill)) this.#bringUpTo(operations.slice(0, index + 1));
    return this.known.get(fill);
  }

  /** @param {import('./drawing.js').Operation[]} operations @returns {Uint32Array} all of them on the raster */
  rasterOf(operations) {
    this.#bringUpTo(operations);
    return this.raster.pixels;
  }

  #bringUpTo(operations) {
    const diverged = this.applied.some((operation, index) => operation !== operations[index]);
    if (diverged) {
      this.raster.clear();
      this.applied = operations.slice(0, firstVisible(operations));
    }
    for (const operation of operations.slice(this.applied.length)) this.#apply(operation);
    this.applied = operations;
  }

  #apply(operation) {
    if (operation.kind === 'clear') this.raster.clear();
    else if (operation.kind !== 'fill') this.raster.line(polylineOf(operation), operation.width, operation.color);
    else if (this.known.has(operation)) this.raster.refill(this.known.get(operation), operation.color);
    else this.known.set(operation, this.raster.flood(operation.x, operation.y, operation.color));
  }
}
