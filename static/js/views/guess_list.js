/** How a drawing was guessed: each right guess with what there was to see at that moment. */

import { stills } from '../canvas/still.js';
import { h } from '../dom.js';
import { t } from '../i18n.js';
import { tenths } from '../numbers.js';
import { aiBadge } from './avatar.js';

/** Device pixels; shown at half of it. */
const WIDTH = 192;

/**
 * @param {import('../drawings_api.js').KeptDrawing} drawing
 * @param {ReturnType<typeof import('./replay_stage.js').replayStage>} stage
 */
export function guessList({ guesses }, stage) {
  const { steps } = stage.replay;
  const moments = guesses.map(({ seconds }) => 1000 * seconds);
  const pictures = stills(steps, moments.map((turn) => stage.replay.stepsUntil(stage.replay.toReplay(turn))), WIDTH);
  const items = guesses.map((guess, index) => h('li', {},
    h('button', { type: 'button', class: 'guess', on: { click: () => stage.showMoment(moments[index]) } },
      Object.assign(pictures[index], { className: 'guess-picture' }),
      h('span', { class: 'guess-text' },
        h('span', { class: 'by' }, h('span', { class: 'player-name', text: guess.nickname || t('drawing.somebody'), dir: 'auto' }), guess.is_ai && aiBadge()),
        h('span', { class: 'quiet', text: t('replay.after', { seconds: tenths(guess.seconds) }) })),
      h('span', { class: 'gained', text: `+${guess.points.toLocaleString()}` }))));
  return h('section', { testid: 'guesses', class: 'guesses' }, h('h2', { text: t('replay.guesses') }),
    guesses.length ? h('ol', {}, ...items) : h('p', { class: 'quiet', text: t('replay.nobody') }));
}
