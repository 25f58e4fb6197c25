/** Plays a replay on a board: goes on with each animation frame, stops, jumps. */

/** A frame that took longer (a hidden tab) is not time spent watching. */
const LONGEST_FRAME_MS = 100;

export class ReplayPlayer {
  /**
   * @param {import('./board.js').Board} board
   * @param {import('./replay.js').Replay} replay
   * @param {() => void} onChange  the position moved, or playing began or ended
   */
  constructor(board, replay, onChange) {
    this.board = board;
    this.replay = replay;
    this.onChange = onChange;
    this.speed = 1;
    /** Where the replay is, in milliseconds of its own time. */
    this.position = 0;
    this.isPlaying = false;
    /** How many of the steps are on the board. */
    this.taken = 0;
    this.frame = 0;
    this.lastTime = 0;
  }

  get isAtEnd() {
    return this.position >= this.replay.duration;
  }

  play() {
    if (this.isPlaying) return;
    if (this.isAtEnd) this.#jump(0);
    this.isPlaying = true;
    this.lastTime = performance.now();
    this.#keepPace();
    this.#nextFrame();
    this.onChange();
  }

  pause() {
    if (!this.isPlaying) return;
    this.isPlaying = false;
    cancelAnimationFrame(this.frame);
    this.#keepPace();
    this.onChange();
  }

  /** Shows the drawing as it was at a moment, at once. @param {number} position */
  seek(position) {
    this.#jump(Math.min(this.replay.duration, Math.max(0, position)));
    if (this.isAtEnd) this.pause();
    this.#keepPace();
    this.onChange();
  }

  /** @param {number} speed  1 as it was drawn */
  setSpeed(speed) {
    this.speed = speed;
    this.#keepPace();
  }

  /** Goes on with the same drawing at the same moment of the turn, in another time. @param {import('./replay.js').Replay} replay */
  change(replay) {
    const turn = this.replay.toTurn(this.position);
    this.replay = replay;
    this.seek(replay.toReplay(turn));
  }

  close() {
    cancelAnimationFrame(this.frame);
  }

  #jump(position) {
    const wanted = this.replay.stepsUntil(position);
    if (wanted < this.taken) {
      this.board.reset();
      this.taken = 0;
    }
    this.board.finishGrowing();
    for (; this.taken < wanted; this.taken++) this.board.apply(this.replay.steps[this.taken].record, { atOnce: true });
    this.position = position;
  }

  /** Curves stand still with the replay; at its end those that still grow may finish. */
  #keepPace() {
    this.board.growAt(this.isPlaying || this.isAtEnd ? this.speed : 0);
  }

  #nextFrame() {
    this.frame = requestAnimationFrame((now) => {
      const { steps, duration } = this.replay;
      this.position = Math.min(duration, this.position + Math.min(LONGEST_FRAME_MS, Math.max(0, now - this.lastTime)) * this.speed);
      this.lastTime = now;
      while (steps[this.taken]?.at <= this.position) this.board.apply(steps[this.taken++].record);
      if (this.isAtEnd) this.isPlaying = false;
      else this.#nextFrame();
      this.onChange();
    });
  }
}
