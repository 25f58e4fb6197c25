/** The home page's sketch pad: a doodle that draws itself while its word is guessed letter by letter, then the next one. */

import { Board } from '../canvas/board.js';
import { h } from '../dom.js';
import { doodles } from '../doodles.js';
import { CANVAS_HEIGHT, CANVAS_WIDTH } from '../limits.js';
import { showWord } from './word.js';

const STEP_MS = 150;
const HOLD_STEPS = 22;

export function sketchpad() {
  const canvas = h('canvas', { width: CANVAS_WIDTH, height: CANVAS_HEIGHT });
  const word = h('p', { class: 'word' });
  const element = h('figure', { class: 'sketchpad', 'aria-hidden': 'true' }, h('div', { class: 'sheet' }, canvas), word);
  const board = new Board(canvas);
  const all = doodles();
  let next = Math.floor(Math.random() * all.length);
  let doodle, drawn, held;

  const begin = () => {
    doodle = all[next++ % all.length];
    drawn = 0;
    held = 0;
    board.reset();
  };
  const showProgress = () => showWord(word, drawn < doodle.curves.length ? blanks(doodle.word, drawn / doodle.curves.length) : doodle.word);
  const step = () => {
    if (document.hidden || board.growth.isBusy) return;
    if (drawn < doodle.curves.length) board.apply(doodle.curves[drawn++]);
    else if (held++ > HOLD_STEPS) begin();
    showProgress();
  };

  begin();
  if (board.stillness.matches) {
    for (; drawn < doodle.curves.length; drawn++) board.apply(doodle.curves[drawn]);
  }
  showProgress();
  const timer = board.stillness.matches ? 0 : setInterval(step, STEP_MS);
  return {
    element,
    close() {
      clearInterval(timer);
      board.close();
    },
  };
}

/** The word with its first letters revealed, up to half of them. */
function blanks(word, progress) {
  const revealed = Math.floor((progress * word.length) / 2);
  return [...word].map((letter, index) => (letter === ' ' || index < revealed ? letter : '_')).join('');
}
