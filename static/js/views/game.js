/** A game in progress: canvas, word, players, chat, and what lies over the canvas between turns. */

import { Board } from '../canvas/board.js';
import { DrawerHand } from '../canvas/drawer_hand.js';
import { h } from '../dom.js';
import { CANVAS_HEIGHT, CANVAS_WIDTH } from '../limits.js';
import { mayDraw } from '../state/questions.js';
import { brushCursor } from './brush_cursor.js';
import { caption } from './caption.js';
import { chatPanel } from './chat.js';
import { chooser } from './chooser.js';
import { feedback } from './feedback.js';
import { gameBar } from './game_bar.js';
import { gameSettings } from './game_settings.js';
import { pause } from './pause.js';
import { playerList } from './player_list.js';
import { podium } from './podium.js';
import { toolbar } from './toolbar.js';
import { turnResult } from './turn_result.js';
import { voteBanner } from './vote_banner.js';

const TICK_MS = 200;

/**
 * @param {import('../room.js').Actions} actions
 * @param {() => number} now  the clock that the state's times are on
 */
export function gameScreen(actions, now) {
  const canvas = h('canvas', { testid: 'canvas', width: CANVAS_WIDTH, height: CANVAS_HEIGHT, role: 'img', 'aria-label': 'The drawing' });
  const board = new Board(canvas);
  const cursor = brushCursor(canvas);
  const pausing = pause(actions);
  const settings = gameSettings(actions);
  const bar = gameBar(actions, [settings.button, pausing.button]);
  const players = playerList(actions);
  const vote = voteBanner(actions);
  const thumbs = feedback(actions);
  const chat = chatPanel(actions);
  const line = caption();
  const choosing = chooser(actions), result = turnResult(), finale = podium(actions);
  const kit = toolbar({
    undo: () => hand.undo(),
    redo: () => hand.redo(),
    clear: () => hand.clear(),
    changed: () => cursor.update(hand.isEnabled, kit.tools),
  });
  const hand = new DrawerHand(board, kit.tools, (record) => {
    board.apply(record);
    actions.draw(record);
  }, (hex) => kit.pickColor(hex));
  kit.start();

  const stage = h('div', { class: 'stage' }, canvas, cursor.element, thumbs.sky, choosing.element, result.element, pausing.overlay);
  const element = h('div', { class: 'game' },
    bar.element, stage, finale.element, h('div', { class: 'under' }, kit.element, line.element, thumbs.element),
    h('div', { class: 'seats' }, vote.element, players.element), chat.element);
  const parts = [bar, settings, pausing, players, vote, thumbs, chat, line, choosing, result, finale];
  let phase = '';

  const tick = () => [bar, choosing, result, vote, line].forEach((part) => part.tick(now()));
  const timer = setInterval(tick, TICK_MS);
  document.addEventListener('keydown', onKey);

  function onKey(event) {
    const isTyping = event.target.closest?.('input, select, textarea');
    if (isTyping || document.querySelector('dialog[open]') || !hand.isEnabled || event.ctrlKey || event.metaKey || event.altKey) return;
    if (kit.pressKey(event.key)) event.preventDefault();
  }

  /** Puts the keyboard where the phase needs it; on touch screens focus would raise the on-screen keyboard. */
  function moveFocus(state) {
    if (mayDraw(state)) chat.input.blur();
    else if (state.phase === 'drawing' && matchMedia('(pointer: fine)').matches) chat.input.focus({ preventScroll: true });
  }

  return {
    element,
    board,
    /** Empties the canvas: a new turn, or a welcome, after which the ink so far comes again. */
    startOver() {
      hand.forget();
      board.reset();
    },
    /** @param {import('../state/room_state.js').RoomState} state */
    update(state) {
      for (const part of parts) part.update(state);
      hand.enable(mayDraw(state));
      kit.element.hidden = !mayDraw(state);
      cursor.update(hand.isEnabled, kit.tools);
      stage.hidden = state.phase === 'podium';
      element.dataset.phase = state.phase;
      tick();
      if (phase !== state.phase) {
        phase = state.phase;
        moveFocus(state);
        chat.scrollToEnd();
      }
    },
    close() {
      clearInterval(timer);
      document.removeEventListener('keydown', onKey);
      board.close();
    },
  };
}
