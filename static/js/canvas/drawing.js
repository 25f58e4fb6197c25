/**
 * What is on the canvas, as a list of operations. Records change it; painting it is the board's work.
 *
 * @typedef {import('../ink.js').Color} Color
 * @typedef {{kind: 'stroke', id: number, color: Color, width: number, points: number[], open: boolean, from?: undefined}} StrokeOperation
 * @typedef {{kind: 'curve', id: number, color: Color, width: number, milliseconds: number, points: number[], from?: number[],
 *   open?: undefined}} CurveOperation
 *   `from`: the control points of the curve that it takes the place of, from which it moves
 * @typedef {{kind: 'fill', color: Color, x: number, y: number}} FillOperation
 * @typedef {{kind: 'clear'}} ClearOperation
 * @typedef {StrokeOperation | CurveOperation} LineOperation
 * @typedef {LineOperation | FillOperation | ClearOperation} Operation
 */

export class Drawing {
  constructor() {
    /** @type {Operation[]} */
    this.operations = [];
    /** What was undone and can be redone, the last undone last. @type {Operation[]} */
    this.undone = [];
    /** The highest stroke id seen, so that a drawer who comes back goes on counting. */
    this.lastStroke = 0;
  }

  /**
   * Applies one record.
   * @param {import('../ink.js').InkRecord} record
   * @returns {Operation | null} the operation that the record began, or the curve that took another's place
   */
  apply(record) {
    switch (record.op) {
      case 'begin':
        return this.#begin({
          kind: 'stroke', id: record.stroke, color: record.color, width: record.width, points: [record.x, record.y], open: true,
        });
      case 'points': {
        const stroke = this.#openStroke(record.stroke);
        if (stroke) stroke.points.push(...record.points);
        return null;
      }
      case 'end': {
        const stroke = this.#openStroke(record.stroke);
        if (stroke) stroke.open = false;
        return null;
      }
      case 'curve':
        return this.#curve({ ...record, kind: 'curve', id: record.stroke });
      case 'fill':
        return this.#begin({ kind: 'fill', color: record.color, x: record.x, y: record.y });
      case 'clear':
        return this.#begin({ kind: 'clear' });
      case 'undo':
        if (this.operations.length) this.undone.push(this.operations.pop());
        return null;
      case 'redo':
        if (this.undone.length) this.operations.push(this.undone.pop());
        return null;
    }
  }

  /** One hand draws, so whatever begins ends the stroke before it, even if its END was lost with a connection. */
  #begin(operation) {
    const last = this.operations.at(-1);
    if (last?.kind === 'stroke') last.open = false;
    this.operations.push(operation);
    this.undone = [];
    if (operation.id > this.lastStroke) this.lastStroke = operation.id;
    return operation;
  }

  #curve(curve) {
    const place = this.operations.findLastIndex((operation) => operation.kind === 'curve' && operation.id === curve.id);
    if (place < firstVisible(this.operations)) return this.#begin(curve);
    const { points } = /** @type {CurveOperation} */ (this.operations[place]);
    // Of another number of segments there is no way between the two.
    return (this.operations[place] = points.length === curve.points.length ? { ...curve, from: points } : curve);
  }

  #openStroke(id) {
    const last = this.operations.at(-1);
    return last?.kind === 'stroke' && last.open && last.id === id ? last : null;
  }
}

/**
 * Where painting may start: nothing before the last CLEAR shows.
 * @param {Operation[]} operations
 */
export function firstVisible(operations) {
  return operations.findLastIndex((operation) => operation.kind === 'clear') + 1;
}
