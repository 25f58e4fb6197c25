/** Over the canvas after a turn: the word, why the turn ended, who gained what. */

import { h, setText } from '../dom.js';
import { rich, t } from '../i18n.js';
import { ARTIST, drawerName, drawsNow, isImitation, nameOf, playerById, remaining } from '../state/questions.js';

export function turnResult() {
  const reason = h('p', { class: 'result-reason' });
  const word = h('h2', {});
  const scores = h('ol', { class: 'result-scores', tabIndex: 0, 'aria-label': t('turn.points') });
  const next = h('p', { class: 'quiet' });
  const element = h('section', { testid: 'turn-result', class: 'overlay turn-result', hidden: true }, reason, word, scores, next);
  let shown = null, clock = null;

  return {
    element,
    /** @param {import('../state/room_state.js').RoomState} state */
    update(state) {
      element.hidden = state.phase !== 'result';
      clock = state.clock;
      if (element.hidden || shown === state.result) return;
      shown = state.result;
      setText(reason, reasonFor(state));
      word.replaceChildren(...(shown?.word ? rich('turn.word_was', { word: h('mark', { text: shown.word, dir: 'auto' }) }) : [t('turn.over')]));
      // The artist is only spoken of where it had a hand in the drawing.
      const plays = (id) => state.players.some((player) => player.id === id && player.role === 'player')
        && (id !== ARTIST || drawsNow(state, ARTIST) || shown.scores.some(({ player_id, gained }) => player_id === ARTIST && gained > 0));
      const lines = (shown?.scores ?? []).filter(({ player_id }) => plays(player_id)).sort((a, b) => b.gained - a.gained);
      scores.replaceChildren(...lines.map(({ player_id, gained }) =>
        h('li', { class: gained > 0 ? 'has-gained' : '' }, h('span', { class: 'player-name', text: nameOf(state, player_id), dir: 'auto' }), h('b', { text: gained > 0 ? `+${gained}` : '0' }))));
    },
    tick(now) {
      setText(next, t('turn.goes_on', { n: Math.ceil(remaining(clock, now) / 1000) }));
    },
  };
}

/** One who comes in during the result is not told the reason. */
function reasonFor(state) {
  const { result, turn } = state;
  if (isImitation(state) && turn) return playerById(state, turn.drawerId)?.is_ai ? t('judge.was_machine') : t('judge.was_person', { name: drawerName(state) });
  return result?.reason ? t(`turn.${result.reason}`) : '';
}
