/**
 * Shows what a person draws elsewhere at the pace it was drawn. Ink comes in batches, about thirty a second and less evenly over a bad
 * line; shown as it comes it would jump. So the points of a batch are spread over the time of one. Pure: it is told the time.
 */

/** How long the drawer's browser gathers ink before it sends it; see ink_outbox.js. */
const BATCH_MS = 33;
/** Further behind than this, what waits is shown faster. */
const PATIENCE_MS = 150;

export class Playback {
  constructor() {
    /** What waits, each with its time, in order. @type {{at: number, record: import('../ink.js').InkRecord}[]} */
    this.waiting = [];
    this.end = 0;
  }

  /** @param {import('../ink.js').InkRecord[]} records  of one batch @param {number} now milliseconds */
  add(records, now) {
    const pieces = records.flatMap(pointByPoint);
    const begin = Math.max(now, this.end);
    const span = begin - now > PATIENCE_MS ? BATCH_MS / 3 : BATCH_MS;
    pieces.forEach((record, index) => this.waiting.push({ at: begin + (span * (index + 1)) / pieces.length, record }));
    this.end = begin + span;
  }

  /** Takes out what is due. @param {number} now @returns {import('../ink.js').InkRecord[]} */
  due(now) {
    const later = this.waiting.findIndex(({ at }) => at > now);
    return this.waiting.splice(0, later < 0 ? this.waiting.length : later).map(({ record }) => record);
  }

  /** Takes out all. */
  all() {
    this.end = 0;
    return this.waiting.splice(0).map(({ record }) => record);
  }

  get isBusy() {
    return this.waiting.length > 0;
  }
}

function pointByPoint(record) {
  if (record.op !== 'points') return [record];
  const single = [];
  for (let at = 0; at < record.points.length; at += 2) single.push({ ...record, points: record.points.slice(at, at + 2) });
  return single;
}
