/**
 * Ink on the wire: binary frames to records and back; the mirror of game/protocol/ink.py, which documents the layout.
 *
 * In a record, coordinates and widths are logical pixels (quarters of one on the wire) and points are flat: [x, y, x, y, ...].
 *
 * @typedef {{red: number, green: number, blue: number, alpha: number}} Color  each 0-255
 * @typedef {{op: 'begin', stroke: number, color: Color, width: number, x: number, y: number}} BeginRecord
 * @typedef {{op: 'points', stroke: number, points: number[]}} PointsRecord
 * @typedef {{op: 'end', stroke: number}} EndRecord
 * @typedef {{op: 'fill', color: Color, x: number, y: number}} FillRecord
 * @typedef {{op: 'undo'}} UndoRecord
 * @typedef {{op: 'redo'}} RedoRecord
 * @typedef {{op: 'clear'}} ClearRecord
 * @typedef {{op: 'curve', stroke: number, color: Color, width: number, milliseconds: number, points: number[]}} CurveRecord
 * @typedef {BeginRecord | PointsRecord | EndRecord | FillRecord | UndoRecord | RedoRecord | ClearRecord | CurveRecord} InkRecord
 */

import { UNITS_PER_PIXEL } from './limits.js';

const KIND = 0x49;
const BEGIN = 1, POINTS = 2, END = 3, FILL = 4, UNDO = 5, CLEAR = 6, CURVE = 7, REDO = 8;
export const HEADER_BYTES = 4;
const VERSION_BYTES = 4;

/** The nearest value that the wire can carry, so that the drawer sees exactly what the others get. */
export function quantize(pixels) {
  return Math.round(pixels * UNITS_PER_PIXEL) / UNITS_PER_PIXEL;
}

/**
 * Encodes one record that a person's browser may send (all but curves, which only the artist draws).
 * @param {InkRecord} record
 * @returns {Uint8Array}
 */
export function encodeRecord(record) {
  switch (record.op) {
    case 'begin': {
      const { red, green, blue, alpha } = record.color;
      return pack(13, (view) => {
        view.setUint8(0, BEGIN);
        view.setUint16(1, record.stroke, true);
        [red, green, blue, alpha].forEach((value, index) => view.setUint8(3 + index, value));
        [record.width, record.x, record.y].forEach((value, index) => view.setUint16(7 + 2 * index, toUnits(value), true));
      });
    }
    case 'points':
      return pack(4 + 2 * record.points.length, (view) => {
        view.setUint8(0, POINTS);
        view.setUint16(1, record.stroke, true);
        view.setUint8(3, record.points.length / 2);
        record.points.forEach((value, index) => view.setUint16(4 + 2 * index, toUnits(value), true));
      });
    case 'end':
      return pack(3, (view) => {
        view.setUint8(0, END);
        view.setUint16(1, record.stroke, true);
      });
    case 'fill': {
      const { red, green, blue } = record.color;
      return pack(8, (view) => {
        [FILL, red, green, blue].forEach((value, index) => view.setUint8(index, value));
        view.setUint16(4, toUnits(record.x), true);
        view.setUint16(6, toUnits(record.y), true);
      });
    }
    case 'undo':
      return Uint8Array.of(UNDO);
    case 'redo':
      return Uint8Array.of(REDO);
    case 'clear':
      return Uint8Array.of(CLEAR);
    default:
      throw new TypeError(`A browser sends begin, points, end, fill, undo, redo or clear; got ${record.op}.`);
  }
}

/**
 * Puts the header before encoded records.
 * @param {number} turn
 * @param {Uint8Array[]} records
 * @returns {Uint8Array}
 */
export function encodeFrame(turn, records) {
  const length = records.reduce((sum, record) => sum + record.length, HEADER_BYTES);
  const frame = pack(length, (view) => {
    view.setUint8(0, KIND);
    view.setUint16(2, turn, true);
  });
  let offset = HEADER_BYTES;
  for (const record of records) {
    frame.set(record, offset);
    offset += record.length;
  }
  return frame;
}

/**
 * Decodes one frame as the server sends it: the event version, then the frame.
 * @param {ArrayBuffer} buffer
 * @returns {{version: number, turn: number, canvas: number, records: InkRecord[]}}  `canvas`: 1 for the machine's in a duel
 * @throws {RangeError} when it is no ink frame
 */
export function decodeFrame(buffer) {
  const view = new DataView(buffer);
  const version = view.getUint32(0, true);
  if (view.getUint8(VERSION_BYTES) !== KIND) throw new RangeError('Expected an ink frame, which starts with "I".');
  return { version, turn: view.getUint16(VERSION_BYTES + 2, true), canvas: view.getUint8(VERSION_BYTES + 1), records: decodeRecords(buffer, VERSION_BYTES + HEADER_BYTES) };
}

/**
 * Decodes records without a header, as drawings are kept.
 * @param {ArrayBuffer} buffer
 * @param {number} [start]  the first one's place in it
 * @returns {InkRecord[]}
 */
export function decodeRecords(buffer, start = 0) {
  const view = new DataView(buffer), records = [];
  for (let offset = start; offset < buffer.byteLength;) {
    const [record, size] = decodeRecord(view, offset);
    records.push(record);
    offset += size;
  }
  return records;
}

/** @returns {[InkRecord, number]} the record at `start` and its bytes */
function decodeRecord(view, start) {
  const op = view.getUint8(start);
  const u8 = (offset) => view.getUint8(start + offset);
  const u16 = (offset) => view.getUint16(start + offset, true);
  const pixels = (offset) => u16(offset) / UNITS_PER_PIXEL;
  const color = (offset) => ({ red: u8(offset), green: u8(offset + 1), blue: u8(offset + 2), alpha: u8(offset + 3) });
  switch (op) {
    case BEGIN:
      return [{ op: 'begin', stroke: u16(1), color: color(3), width: pixels(7), x: pixels(9), y: pixels(11) }, 13];
    case POINTS: {
      const points = Array.from({ length: 2 * u8(3) }, (_, index) => pixels(4 + 2 * index));
      return [{ op: 'points', stroke: u16(1), points }, 4 + 2 * points.length];
    }
    case END:
      return [{ op: 'end', stroke: u16(1) }, 3];
    case FILL:
      return [{ op: 'fill', color: { ...color(1), alpha: 255 }, x: pixels(4), y: pixels(6) }, 8];
    case UNDO:
      return [{ op: 'undo' }, 1];
    case REDO:
      return [{ op: 'redo' }, 1];
    case CLEAR:
      return [{ op: 'clear' }, 1];
    case CURVE: {
      const count = 2 * (3 * u8(11) + 1);
      const points = Array.from({ length: count }, (_, i) => view.getInt16(start + 12 + 2 * i, true) / UNITS_PER_PIXEL);
      return [{ op: 'curve', stroke: u16(1), color: color(3), width: pixels(7), milliseconds: u16(9), points }, 12 + 2 * count];
    }
    default:
      throw new RangeError(`Ink records are 1 (BEGIN) to 8 (REDO); got ${op}.`);
  }
}

function toUnits(pixels) {
  return Math.round(pixels * UNITS_PER_PIXEL);
}

function pack(length, write) {
  const bytes = new Uint8Array(length);
  write(new DataView(bytes.buffer));
  return bytes;
}
