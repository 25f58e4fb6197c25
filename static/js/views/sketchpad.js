/** The home page's sketch pad: a drawing of the artist's appears while its word is guessed letter by letter, then the next one. */

import { Board } from '../canvas/board.js';
import { h } from '../dom.js';
import { doodles } from '../doodles.js';
import { language } from '../i18n.js';
import { CANVAS_HEIGHT, CANVAS_WIDTH } from '../limits.js';
import { showWord } from './word.js';

const STEP_MS = 150;
const HOLD_STEPS = 22;

export function sketchpad() {
  const canvas = h('canvas', { width: CANVAS_WIDTH, height: CANVAS_HEIGHT });
  const word = h('p', { class: 'word' });
  const element = h('figure', { class: 'sketchpad', 'aria-hidden': 'true' }, h('div', { class: 'sheet' }, canvas), word);
  const board = new Board(canvas);
  let all = [], next = 0, drawn = 0, held = 0, timer = 0, isClosed = false;

  const begin = () => {
    next = (next + 1) % all.length;
    drawn = 0;
    held = 0;
    board.reset();
  };
  const showProgress = () => {
    const { word: secret, curves } = all[next];
    showWord(word, drawn < curves.length ? blanks(secret, drawn / curves.length) : secret);
  };
  const step = () => {
    if (document.hidden || board.growth.isBusy) return;
    if (drawn < all[next].curves.length) board.apply(all[next].curves[drawn++]);
    else if (held++ > HOLD_STEPS) begin();
    showProgress();
  };

  /** The drawings are an extra: without them the page is whole. */
  doodles(language()).then((drawings) => {
    if (isClosed) return;
    all = drawings;
    next = Math.floor(Math.random() * all.length);
    begin();
    if (board.stillness.matches) for (const curve of all[next].curves) board.apply(curve);
    else timer = setInterval(step, STEP_MS);
    if (board.stillness.matches) drawn = all[next].curves.length;
    showProgress();
  }).catch(() => {});
  return {
    element,
    close() {
      isClosed = true;
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
