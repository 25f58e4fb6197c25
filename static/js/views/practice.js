/** A sheet of one's own in the lobby, with all the tools, for those who wait. Nothing of it is sent. */

import { Board } from '../canvas/board.js';
import { DrawerHand } from '../canvas/drawer_hand.js';
import { Zoom } from '../canvas/zoom.js';
import { h } from '../dom.js';
import { t } from '../i18n.js';
import { CANVAS_HEIGHT, CANVAS_WIDTH } from '../limits.js';
import { brushCursor } from './brush_cursor.js';
import { toolbar } from './toolbar.js';

/** @param {{help(): void}} actions */
export function practice({ help }) {
  const canvas = h('canvas', { testid: 'practice-canvas', width: CANVAS_WIDTH, height: CANVAS_HEIGHT, role: 'img', 'aria-label': t('lobby.practice') });
  const board = new Board(canvas);
  const cursor = brushCursor(canvas);
  const stage = h('div', { class: 'stage' }, canvas, cursor.element);
  const zoom = new Zoom(stage, canvas, (scale) => board.enlarge(scale));
  const kit = toolbar({
    undo: () => hand.undo(), redo: () => hand.redo(), clear: () => hand.clear(), help, changed: () => cursor.update(true, kit.tools),
  });
  const hand = new DrawerHand(board, kit.tools, (record) => board.apply(record), (hex) => kit.pickColor(hex), zoom);
  hand.enable(true);
  kit.start();
  return {
    element: h('section', { class: 'card practice' }, h('h2', { text: t('lobby.practice') }), h('p', { class: 'quiet', text: t('lobby.practice_text') }), stage, kit.element),
    relabel: () => kit.relabel(),
    /** @param {KeyboardEvent} event @returns {boolean} whether it was a key of the tools, and the sheet is in use */
    pressKey(event) {
      return canvas.matches(':hover') && kit.pressKey(event.key);
    },
    close: () => board.close(),
  };
}
