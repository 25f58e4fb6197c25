/** A game in progress: canvas, word, players, chat, and what lies over the canvas between turns. */

import { Board } from '../canvas/board.js';
import { DrawerHand } from '../canvas/drawer_hand.js';
import { Zoom } from '../canvas/zoom.js';
import { h, setText } from '../dom.js';
import { t } from '../i18n.js';
import { CANVAS_HEIGHT, CANVAS_WIDTH } from '../limits.js';
import { isDrawer, isDuel, isImitation, mayDraw, nameOf } from '../state/questions.js';
import { announcer } from './announcer.js';
import { brushCursor } from './brush_cursor.js';
import { caption } from './caption.js';
import { chatPanel } from './chat.js';
import { chooser } from './chooser.js';
import { feedback } from './feedback.js';
import { gameBar } from './game_bar.js';
import { jury } from './jury.js';
import { matchScore } from './match_score.js';
import { menu } from './menu.js';
import { pause } from './pause.js';
import { playerList } from './player_list.js';
import { podium } from './podium.js';
import { toolbar } from './toolbar.js';
import { turnResult } from './turn_result.js';
import { listenToKeys } from './typing.js';
import { voteBanner } from './vote_banner.js';

const TICK_MS = 200;

/**
 * @param {import('../room.js').Actions} actions
 * @param {() => number} now  the clock that the state's times are on
 */
export function gameScreen(actions, now) {
  const canvas = h('canvas', { testid: 'canvas', width: CANVAS_WIDTH, height: CANVAS_HEIGHT, role: 'img', 'aria-label': t('canvas.drawing') });
  const board = new Board(canvas);
  const cursor = brushCursor(canvas);
  const rivalCanvas = h('canvas', { testid: 'rival-canvas', width: CANVAS_WIDTH, height: CANVAS_HEIGHT, role: 'img', 'aria-label': t('canvas.rival') });
  const rival = new Board(rivalCanvas);
  const sheetName = h('figcaption', { class: 'sheet-name', dir: 'auto' }), rivalName = h('figcaption', { class: 'sheet-name', dir: 'auto' });
  const sheet = h('figure', { class: 'canvas-sheet' }, canvas, sheetName), rivalSheet = h('figure', { class: 'canvas-sheet', hidden: true }, rivalCanvas, rivalName);
  const stage = h('div', { class: 'stage' });
  const whole = h('button', { testid: 'zoom-out', type: 'button', class: 'zoom-out', hidden: true, title: t('canvas.whole'), on: { click: () => zoom.reset() } });
  const zoom = new Zoom(sheet, canvas, (scale) => {
    board.enlarge(scale);
    whole.hidden = scale === 1;
    whole.textContent = t('canvas.zoomed', { percent: Math.round(scale * 100) });
    whole.setAttribute('aria-label', t('canvas.whole'));
  });
  const pausing = pause(actions);
  const settings = menu({ actions, inRoom: true, keysChanged: () => kit.relabel() });
  const bar = gameBar(actions, [settings.button, pausing.button]);
  const players = playerList(actions);
  const vote = voteBanner(actions);
  const thumbs = feedback(actions);
  const chat = chatPanel(actions);
  const line = caption();
  const judges = jury(actions);
  const match = matchScore();
  const voice = announcer();
  const choosing = chooser(actions), result = turnResult(), finale = podium(actions);
  const kit = toolbar({
    undo: () => hand.undo(),
    redo: () => hand.redo(),
    clear: () => hand.clear(),
    help: () => settings.open(),
    changed: () => cursor.update(hand.isEnabled, kit.tools),
  });
  const hand = new DrawerHand(board, kit.tools, (record) => {
    if (record.op === 'begin' && !kit.takesStroke(board.drawing.operations.length)) return hand.forget();
    board.apply(record);
    actions.draw(record);
    // What the others see comes back from the server, in the stroke's place.
    if (record.op === 'end' && isSmoothed) board.apply({ op: 'undo' });
  }, (hex) => kit.pickColor(hex), zoom);
  kit.start();
  /** Whether this player's strokes are shown smoothed, as the artist's ink. */
  let isSmoothed = false;
  /** Strokes that came back while the next was drawn. @type {{records: import('../ink.js').InkRecord[]}[]} */
  const echoes = [];

  sheet.append(cursor.element, whole);
  stage.append(sheet, rivalSheet, thumbs.sky, choosing.element, result.element, pausing.overlay);
  const element = h('div', { class: 'game' },
    h('h1', { class: 'visually-hidden', text: 'Guesstroke' }), bar.element, stage, finale.element, h('div', { class: 'under' }, kit.element, judges.element, line.element, thumbs.element),
    h('div', { class: 'seats' }, h('div', {}, match.element, vote.element), players.element), chat.element, voice.element);
  const parts = [bar, settings, pausing, players, vote, thumbs, chat, line, judges, match, choosing, result, finale, voice];
  let phase = '';

  function showEchoes() {
    if (hand.isDrawing) return;
    for (const { records } of echoes.splice(0)) board.receive(records, { atOnce: true });
    kit.tellLeft(board.drawing.operations.length);
  }

  function tick() {
    if (echoes.length) showEchoes();
    for (const part of [bar, choosing, result, vote, line, voice]) part.tick(now());
  }
  const timer = setInterval(tick, TICK_MS);
  const deafen = listenToKeys(chat.input, (event) => hand.isEnabled && kit.pressKey(event.key));

  /** Puts the keyboard where the phase needs it; on touch screens focus would raise the on-screen keyboard. */
  function moveFocus(state) {
    if (mayDraw(state)) chat.input.blur();
    else if (state.phase === 'drawing' && matchMedia('(pointer: fine)').matches) chat.input.focus({ preventScroll: true });
  }

  return {
    element,
    board,
    /**
     * Shows ink that comes from the server.
     * @param {{canvas: number, records: import('../ink.js').InkRecord[]}} frame
     * @param {boolean} atOnce
     */
    receive(frame, atOnce) {
      if (frame.canvas) return rival.receive(frame.records, { atOnce });
      if (!isSmoothed) return board.receive(frame.records, { atOnce });
      echoes.push(frame);
      showEchoes();
    },
    /** Empties the canvas: a new turn, or a welcome, after which the ink so far comes again. */
    startOver() {
      hand.forget();
      echoes.length = 0;
      zoom.reset();
      board.reset();
      rival.reset();
    },
    /** @param {import('../state/room_state.js').RoomState} state */
    update(state) {
      const duel = isDuel(state) && state.phase !== 'choosing';
      stage.classList.toggle('is-duel', duel);
      stage.classList.toggle('is-mine', duel && state.phase === 'drawing' && isDrawer(state));
      rivalSheet.hidden = sheetName.hidden = !duel;
      setText(sheetName, duel ? nameOf(state, state.turn.drawerId) : '');
      setText(rivalName, duel ? nameOf(state, state.turn.rivalId) : '');
      isSmoothed = isImitation(state) && mayDraw(state);
      sheet.classList.toggle('is-framed', isSmoothed);
      kit.limit(state.turn?.strokes ?? 0, isImitation(state), board.drawing.operations.length);
      for (const part of parts) part.update(state);
      hand.enable(mayDraw(state));
      if (state.phase !== 'drawing') for (const each of [board, rival]) each.finish();
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
      deafen();
      board.close();
      rival.close();
    },
  };
}
