/**
 * When each mark of a drawing appears in its replay. Pure: no clock, no canvas.
 *
 * There are two times. The turn's is what the server kept: milliseconds since the turn began. The replay's is where the slider is: the same,
 * less most of each pause, if pauses are shortened.
 *
 * @typedef {import('../ink.js').InkRecord} InkRecord
 * @typedef {{at: number, record: InkRecord}} Step  `at` in the replay's time
 */

/** Ink comes in batches: a record's points were drawn in so long a time before it was kept. */
const BATCH_MS = 33;
/** What is left of a pause that is shortened. */
const SHORT_PAUSE_MS = 1000;
/** The replay goes on so long after the last mark, for the eye to rest on it. */
const REST_MS = 400;

export class Replay {
  /**
   * @param {InkRecord[]} records
   * @param {number[]} times  of each record, in the turn's time
   * @param {object} [options]
   * @param {number[]} [options.moments]  at which something else happens, in the turn's time: no pause runs over them
   * @param {boolean} [options.keepsPauses]
   */
  constructor(records, times, { moments = [], keepsPauses = false } = {}) {
    const known = withAllTimes(records, times);
    const spans = [...records.map((record, index) => spanOf(record, known[index])), ...moments.map((at) => [at, at])];
    /** Corners of the way between the two times, in order. @type {{turn: number, replay: number}[]} */
    this.corners = corners(spans, keepsPauses);
    /** @type {Step[]} */
    this.steps = records.flatMap((record, index) => {
      const from = Math.max(known[index - 1] ?? 0, known[index] - BATCH_MS);
      return pointByPoint(record, from, known[index]).map((step) => ({ ...step, at: this.toReplay(step.at) }));
    });
    this.duration = this.corners.at(-1).replay;
  }

  /** @param {number} turn milliseconds @returns {number} */
  toReplay(turn) {
    return along(this.corners, 'turn', 'replay', turn);
  }

  /** @param {number} replay milliseconds @returns {number} */
  toTurn(replay) {
    return along(this.corners, 'replay', 'turn', replay);
  }

  /** How many steps have been taken at a moment. @param {number} position @returns {number} */
  stepsUntil(position) {
    const next = this.steps.findIndex(({ at }) => at > position);
    return next < 0 ? this.steps.length : next;
  }
}

/** Times that were not kept follow the ones before, and none goes back. */
function withAllTimes(records, times) {
  let last = 0;
  return records.map((record, index) => (last = Math.max(last, times[index] ?? last + (record.op === 'curve' ? record.milliseconds : BATCH_MS))));
}

/** From when to when a record is at work. @returns {[number, number]} */
function spanOf(record, at) {
  return record.op === 'curve' ? [at, at + record.milliseconds] : [Math.max(0, at - BATCH_MS), at];
}

function corners(spans, keepsPauses) {
  const found = [{ turn: 0, replay: 0 }];
  const reach = (turn, most) => {
    const last = found.at(-1);
    if (turn > last.turn) found.push({ turn, replay: last.replay + Math.min(turn - last.turn, most) });
  };
  for (const [from, to] of spans.sort((a, b) => a[0] - b[0])) {
    reach(from, keepsPauses ? Infinity : SHORT_PAUSE_MS);
    reach(to, Infinity);
  }
  reach(found.at(-1).turn + REST_MS, Infinity);
  return found;
}

function along(corners, from, to, value) {
  const next = corners.findIndex((corner) => corner[from] >= value);
  if (next < 0) return corners.at(-1)[to];
  if (next === 0) return corners[0][to];
  const before = corners[next - 1], after = corners[next];
  return before[to] + ((value - before[from]) / (after[from] - before[from])) * (after[to] - before[to]);
}

function pointByPoint(record, from, to) {
  if (record.op !== 'points') return [{ at: to, record }];
  const count = record.points.length / 2;
  return Array.from({ length: count }, (_, index) =>
    ({ at: from + ((to - from) * (index + 1)) / count, record: { ...record, points: record.points.slice(2 * index, 2 * index + 2) } }));
}
