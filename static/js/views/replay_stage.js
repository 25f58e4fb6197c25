/** The canvas of a replay with its controls: play and pause, a slider through time with the right guesses on it, speed. */

import { Board } from '../canvas/board.js';
import { Replay } from '../canvas/replay.js';
import { ReplayPlayer } from '../canvas/replay_player.js';
import { h, setText } from '../dom.js';
import { t } from '../i18n.js';
import { icon } from '../icons.js';
import { decodeRecords } from '../ink.js';
import { CANVAS_HEIGHT, CANVAS_WIDTH } from '../limits.js';
import { memory } from '../memory.js';
import { tenths } from '../numbers.js';

const SPEEDS = [[0.5, '½×'], [1, '1×'], [2, '2×'], [4, '4×']];
/** How far keys move the slider, in milliseconds of the replay. */
const STEPS = { ArrowLeft: -1000, ArrowDown: -1000, ArrowRight: 1000, ArrowUp: 1000, PageDown: -5000, PageUp: 5000 };

/** @param {import('../drawings_api.js').KeptDrawing} drawing */
export function replayStage(drawing) {
  const records = decodeRecords(Uint8Array.from(atob(drawing.ink), (letter) => letter.charCodeAt(0)).buffer);
  const moments = drawing.guesses.map(({ seconds }) => 1000 * seconds);
  const makeReplay = () => new Replay(records, drawing.times, { moments, keepsPauses: memory.keepsPauses });
  let replay = makeReplay();

  const canvas = h('canvas', { testid: 'canvas', width: CANVAS_WIDTH, height: CANVAS_HEIGHT, role: 'img', 'aria-label': t('podium.drawing_of', { word: drawing.word }) });
  const board = new Board(canvas);
  const player = new ReplayPlayer(board, replay, show);
  const toggle = h('button', { testid: 'play', type: 'button', class: 'icon-button primary', 'aria-keyshortcuts': 'Space', on: { click: playOrPause } });
  const restart = h('button', { testid: 'restart', type: 'button', class: 'icon-button', 'aria-label': t('replay.restart'), title: t('replay.restart'), on: { click: startOver } }, icon('restart'));
  const slider = h('input', {
    testid: 'scrubber', type: 'range', class: 'scrubber', min: 0, step: 'any', 'aria-label': t('replay.scrubber'),
    on: { input: () => player.seek(Number(slider.value)), keydown: step },
  });
  const flags = h('div', { class: 'flags' });
  const clock = h('span', { class: 'replay-clock', 'aria-hidden': 'true' });
  const said = h('p', { testid: 'replay-said', class: 'replay-said', role: 'status' });
  const speeds = SPEEDS.map(([speed, text]) => h('button', { type: 'button', text, 'aria-label': t('replay.speed', { speed: text }), on: { click: () => setSpeed(speed) } }));
  const pauses = h('input', { testid: 'keep-pauses', type: 'checkbox', checked: memory.keepsPauses, on: { change: changePauses } });
  const element = h('section', { class: 'replay-stage', 'aria-label': t('replay.title') },
    h('div', { class: 'sheet' }, canvas), said,
    h('div', { class: 'timeline' }, flags, slider),
    h('div', { class: 'replay-controls' }, toggle, restart, clock,
      h('div', { class: 'speeds', role: 'group', 'aria-label': t('replay.speeds') }, ...speeds),
      h('label', { class: 'check' }, pauses, t('replay.keep_pauses'))));
  let wasPlaying = null;

  function show() {
    slider.value = String(player.position);
    const turn = replay.toTurn(player.position), whole = replay.toTurn(replay.duration);
    slider.style.setProperty('--part', String(player.position / replay.duration));
    slider.setAttribute('aria-valuetext', t('replay.at', { seconds: Math.round(turn / 1000), whole: Math.round(whole / 1000) }));
    setText(clock, `${minutes(turn)} / ${minutes(whole)}`);
    setText(said, newsAt(turn));
    if (wasPlaying === player.isPlaying) return;
    wasPlaying = player.isPlaying;
    const name = t(player.isPlaying ? 'replay.pause' : 'replay.play');
    toggle.replaceChildren(icon(player.isPlaying ? 'pause' : 'play'));
    toggle.setAttribute('aria-label', name);
    toggle.title = name;
  }

  /** Who was the last to guess it. */
  function newsAt(turn) {
    const guess = drawing.guesses.findLast(({ seconds }) => 1000 * seconds <= turn);
    return guess ? t('replay.guessed', { name: guess.nickname || t('drawing.somebody'), seconds: tenths(guess.seconds) }) : '';
  }

  function raiseFlags() {
    flags.replaceChildren(...drawing.guesses.map((guess, index) => {
      const name = t('replay.guessed', { name: guess.nickname || t('drawing.somebody'), seconds: tenths(guess.seconds) });
      const flag = h('button', {
        type: 'button', class: guess.is_ai ? 'flag is-ai' : 'flag', 'aria-label': name, title: name, tabIndex: -1,
        text: guess.is_ai ? 'AI' : [...(guess.nickname || '?')][0].toUpperCase(), on: { click: () => showMoment(moments[index]) },
      });
      flag.style.setProperty('--part', String(replay.toReplay(moments[index]) / replay.duration));
      return flag;
    }));
  }

  function playOrPause() {
    if (player.isPlaying) player.pause();
    else player.play();
  }

  function startOver() {
    player.seek(0);
    player.play();
  }

  /** @param {number} turn milliseconds of the turn's time */
  function showMoment(turn) {
    player.pause();
    player.seek(replay.toReplay(turn));
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    canvas.scrollIntoView({ block: 'nearest', behavior: still ? 'auto' : 'smooth' });
  }

  function setSpeed(speed) {
    memory.replaySpeed = speed;
    player.setSpeed(speed);
    speeds.forEach((button, index) => button.setAttribute('aria-pressed', String(SPEEDS[index][0] === speed)));
  }

  function changePauses() {
    memory.keepsPauses = pauses.checked;
    replay = makeReplay();
    slider.max = String(replay.duration);
    player.change(replay);
    raiseFlags();
  }

  /** The slider's own steps would be a thousandth of a second. */
  function step(event) {
    const by = STEPS[event.key];
    if (!by || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    player.seek(player.position + by);
  }

  /** Space plays and the arrows move, wherever the focus is, unless what has it means something else by them. */
  function onKey(event) {
    const target = /** @type {Element} */ (event.target);
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
    if (event.key === ' ' && !target.closest('button, a, select, summary, input:not([type="range"])')) {
      event.preventDefault();
      playOrPause();
    } else if ((event.key === 'ArrowLeft' || event.key === 'ArrowRight') && !target.closest('input, select')) step(event);
  }

  slider.max = String(replay.duration);
  document.addEventListener('keydown', onKey);
  setSpeed(memory.replaySpeed);
  raiseFlags();
  // Who wants things to keep still sees the finished drawing, and plays it when they like.
  if (board.stillness.matches) player.seek(replay.duration);
  else player.play();
  show();
  return {
    element,
    replay,
    showMoment,
    close() {
      document.removeEventListener('keydown', onKey);
      player.close();
      board.close();
    },
  };
}

/** @param {number} milliseconds */
function minutes(milliseconds) {
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
