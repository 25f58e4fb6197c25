/** The end of a game: the first three on their steps, the rest in a list. */

import { h } from '../dom.js';
import { icon } from '../icons.js';
import { isHost, nameOf } from '../state/questions.js';
import { aiBadge, avatar } from './avatar.js';

/** @param {{playAgain(): void, leave(): void}} actions */
export function podium(actions) {
  const element = h('section', { testid: 'podium', class: 'podium', hidden: true, 'aria-label': 'Final scores' });
  let shown = null;
  return {
    element,
    /** @param {import('../state/room_state.js').RoomState} state */
    update(state) {
      element.hidden = state.phase !== 'podium';
      const now = element.hidden ? null : JSON.stringify([state.podium, state.hostId]);
      if (now === shown) return;
      shown = now;
      if (now) element.replaceChildren(...content(state, actions));
    },
  };
}

function content(state, actions) {
  const lines = [...(state.podium ?? [])].sort((a, b) => a.rank - b.rank);
  const winners = lines.filter(({ rank }) => rank === 1);
  return [
    h('h2', {}, h('mark', { text: winners.map(({ nickname }) => nickname).join(' & ') || 'Nobody' }), winners.length > 1 ? ' win!' : ' wins!'),
    h('ol', { class: 'steps' }, ...lines.slice(0, 3).map(step)),
    h('div', { class: 'podium-buttons' },
      isHost(state)
        ? h('button', { testid: 'play-again', type: 'button', class: 'primary big', text: 'Play again', on: { click: () => actions.playAgain() } })
        : h('p', { class: 'waiting', text: `Waiting for ${nameOf(state, state.hostId)} to play again…` }),
      h('button', { type: 'button', class: 'plain', text: 'Leave', on: { click: () => actions.leave() } })),
    h('ol', { class: 'others', start: 4 }, ...lines.slice(3).map(other)),
  ];
}

/** Steps are in order of rank for readers; CSS puts the winner in the middle. */
function step({ player_id, nickname, score, rank, is_ai }, index) {
  return h('li', { class: `step step-${index + 1}` },
    rank === 1 && icon('crown'),
    avatar({ id: player_id, nickname, is_ai }),
    h('span', { class: 'player-name' }, nickname, is_ai && aiBadge()),
    h('span', { class: 'block' }, h('b', { text: String(rank) }), h('span', { text: score.toLocaleString() })));
}

function other({ nickname, score, rank, is_ai }) {
  return h('li', {}, h('span', { class: 'quiet', text: `${rank}.` }), h('span', { class: 'player-name' }, nickname, is_ai && aiBadge()), h('b', { text: score.toLocaleString() }));
}
