/** A vote in hand, over the chat: what it is about, how it stands, and a button to join it. */

import { h, setText } from '../dom.js';
import { t } from '../i18n.js';
import { isWatching, nameOf } from '../state/questions.js';

/** @param {import('../room.js').Actions} actions */
export function voteBanner(actions) {
  const question = h('p', {});
  // The seconds change too often to be read out.
  const count = h('p', { class: 'quiet', 'aria-hidden': 'true' });
  const agree = h('button', { testid: 'vote-agree', type: 'button', class: 'primary', text: t('vote.agree'), on: { click: () => actions.vote(vote.kind, vote.player_id) } });
  const element = h('section', { testid: 'vote', class: 'vote', role: 'status', hidden: true }, question, count, agree);
  let vote = null;
  return {
    element,
    /** @param {import('../state/room_state.js').RoomState} state */
    update(state) {
      vote = state.vote;
      element.hidden = !vote;
      if (!vote) return;
      setText(question, t(`vote.${vote.kind}`, { name: nameOf(state, vote.player_id) }));
      agree.hidden = vote.voters.includes(state.you) || vote.player_id === state.you || isWatching(state);
    },
    /** @param {number} now milliseconds */
    tick(now) {
      if (vote) setText(count, t('vote.count', { votes: vote.voters.length, needed: vote.needed, n: Math.max(0, Math.ceil((vote.endsAt - now) / 1000)) }));
    },
  };
}
