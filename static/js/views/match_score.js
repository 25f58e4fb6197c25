/** How people stand against the machine in this game, in one line. */

import { h, setText } from '../dom.js';
import { t } from '../i18n.js';
import { MODES } from '../state/modes.js';

/** The match as a sentence, '' where the mode counts none. @param {import('../state/room_state.js').RoomState} state */
export function matchText({ match, settings }) {
  if (!match || !MODES[settings.game_mode].counts) return '';
  return t(`match.${settings.game_mode}`, { people: match.people, ai: match.ai, words: match.people + match.ai });
}

export function matchScore() {
  const score = h('span', { testid: 'match' }), streak = h('span', { class: 'streak' });
  const element = h('p', { class: 'match', hidden: true }, score, streak);
  return {
    element,
    /** @param {import('../state/room_state.js').RoomState} state */
    update(state) {
      const text = state.phase === 'podium' ? '' : matchText(state);
      element.hidden = !text;
      setText(score, text);
      setText(streak, (state.match?.streak ?? 0) > 1 ? t('match.streak', { n: state.match.streak }) : '');
    },
  };
}
