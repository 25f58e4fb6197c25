/**
 * Gathers the drawer's ink and sends it about thirty times a second, in frames that keep the wire's bounds.
 */

import { HEADER_BYTES, encodeFrame, encodeRecord } from './ink.js';
import { MAX_INK_BYTES, MAX_POINTS_PER_FRAME, MAX_POINTS_PER_RECORD, MAX_RECORDS_PER_FRAME } from './limits.js';

const BATCH_MS = 33;

export class InkOutbox {
  /** @param {(frame: Uint8Array) => void} send */
  constructor(send) {
    this.send = send;
    /** @type {import('./ink.js').InkRecord[]} */
    this.waiting = [];
    this.turn = 0;
    this.timer = 0;
  }

  /** @param {number} turn the turn that the record is drawn in */
  add(turn, record) {
    if (turn !== this.turn) this.flush();
    this.turn = turn;
    this.waiting.push(record);
    this.timer ||= setTimeout(() => this.flush(), BATCH_MS);
  }

  flush() {
    clearTimeout(this.timer);
    this.timer = 0;
    const records = this.waiting.splice(0);
    for (const frame of packFrames(this.turn, records)) this.send(frame);
  }
}

/**
 * Encodes records into as few frames as the bounds allow.
 * @param {number} turn
 * @param {import('./ink.js').InkRecord[]} records
 * @returns {Uint8Array[]}
 */
export function packFrames(turn, records) {
  const frames = [];
  let batch = [], bytes = HEADER_BYTES, points = 0;
  const close = () => {
    if (batch.length) frames.push(encodeFrame(turn, batch));
    batch = [];
    bytes = HEADER_BYTES;
    points = 0;
  };
  for (const record of mergePoints(records)) {
    const encoded = encodeRecord(record);
    const count = pointsIn(record);
    const full = bytes + encoded.length > MAX_INK_BYTES || points + count > MAX_POINTS_PER_FRAME;
    if (full || batch.length === MAX_RECORDS_PER_FRAME) close();
    batch.push(encoded);
    bytes += encoded.length;
    points += count;
  }
  close();
  return frames;
}

/** Joins neighbouring POINTS of one stroke: a pointer reports one point at a time, and a record may hold 255. */
function mergePoints(records) {
  const merged = [];
  for (const record of records) {
    const last = merged.at(-1);
    const fits = last?.op === 'points' && record.op === 'points' && last.stroke === record.stroke
      && pointsIn(last) + pointsIn(record) <= MAX_POINTS_PER_RECORD;
    if (fits) last.points.push(...record.points);
    else merged.push(record.op === 'points' ? { ...record, points: [...record.points] } : record);
  }
  return merged;
}

function pointsIn(record) {
  if (record.op === 'points') return record.points.length / 2;
  return record.op === 'begin' || record.op === 'fill' ? 1 : 0;
}
