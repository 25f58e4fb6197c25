/** Under the canvas, where hands are judged: whose drawing gave the word away, or whether it is a person who draws. */

import { h, setText } from '../dom.js';
import { t } from '../i18n.js';
import { ARTIST, drawerName, isDuel, isImitation, mayJudge, nameOf, yourJudgement } from '../state/questions.js';
import { avatar } from './avatar.js';

/** @type {import('../state/room_state.js').Hand[]} */
const HANDS = ['person', 'machine'];

/** @param {{judge(hand: import('../state/room_state.js').Hand): void}} actions */
export function jury(actions) {
  const question = h('p', { class: 'jury-question', role: 'status' });
  const names = HANDS.map(() => h('span', { dir: 'auto' })), counts = HANDS.map(() => h('b', { class: 'jury-count' })), faces = HANDS.map(() => h('span', { class: 'jury-face' }));
  const buttons = HANDS.map((hand, index) =>
    h('button', { testid: `judge-${hand}`, type: 'button', class: 'jury-button', on: { click: () => actions.judge(hand) } }, faces[index], names[index], counts[index]));
  const element = h('div', { testid: 'jury', class: 'jury', hidden: true }, question, h('div', { class: 'jury-buttons' }, ...buttons));
  let shown = '';
  return {
    element,
    /** @param {import('../state/room_state.js').RoomState} state */
    update(state) {
      const duel = isDuel(state), said = yourJudgement(state), open = mayJudge(state) && !said;
      const tells = state.turn && (duel ? state.phase !== 'choosing' && (open || state.judgements.length > 0) : isImitation(state) && (state.phase === 'result' || state.turn.drawerId !== state.you));
      element.hidden = !tells;
      if (!tells) return;
      setText(question, questionFor(state, duel, open, said));
      const now = `${duel} ${state.turn.number} ${state.turn.drawerId}`;
      if (shown !== now) {
        shown = now;
        HANDS.forEach((hand, index) => faces[index].replaceChildren(...(duel || hand === 'machine' ? [faceOf(state, hand)] : [personFace()])));
      }
      HANDS.forEach((hand, index) => {
        setText(names[index], duel ? nameOf(state, hand === 'person' ? state.turn.drawerId : state.turn.rivalId) : t(`judge.${hand}`));
        setText(counts[index], duel || state.phase === 'result' ? String(state.judgements.filter((line) => line.hand === hand).length || '') : '');
        buttons[index].disabled = !open;
        buttons[index].setAttribute('aria-pressed', String(said === hand));
      });
    },
  };
}

function questionFor(state, duel, open, said) {
  if (duel) return t(open ? 'judge.which' : 'judge.gave_away');
  if (state.phase === 'result') return t(state.players.find(({ id }) => id === state.turn.drawerId)?.is_ai ? 'judge.was_machine' : 'judge.was_person', { name: drawerName(state) });
  return t(said ? 'judge.said' : 'judge.question');
}

function faceOf(state, hand) {
  const id = hand === 'person' ? state.turn.drawerId : ARTIST;
  return avatar(state.players.find((player) => player.id === id) ?? { id, is_ai: hand === 'machine', colour: 0, avatar: '' });
}

function personFace() {
  return avatar({ id: 'somebody', is_ai: false, colour: 0, avatar: '' });
}
