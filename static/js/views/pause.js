/** Over everything in the stage while the game is paused, and the button that pauses it. */

import { h, setText } from '../dom.js';
import { t } from '../i18n.js';
import { icon } from '../icons.js';
import { isHost, isPlaying, isWatching } from '../state/questions.js';

/** @param {import('../room.js').Actions} actions */
export function pause(actions) {
  const button = h('button', { testid: 'pause', type: 'button', class: 'icon-button plain', on: { click: toggle } });
  const goOn = h('button', { testid: 'go-on', type: 'button', class: 'primary', on: { click: toggle } });
  const title = h('h2');
  const overlay = h('section', { testid: 'paused', class: 'overlay paused', hidden: true }, title, goOn);
  let isPaused = false, host = false;

  function toggle() {
    if (host) actions.pause(!isPaused);
    else actions.vote(isPaused ? 'resume' : 'pause');
  }

  return {
    button,
    overlay,
    /** @param {import('../state/room_state.js').RoomState} state */
    update(state) {
      isPaused = state.paused;
      host = isHost(state);
      const may = isHost(state) || !isWatching(state);
      button.hidden = !isPlaying(state) || !may;
      overlay.hidden = !isPaused || !isPlaying(state);
      goOn.hidden = !may;
      setText(title, t(state.awaits ? 'pause.awaits' : 'pause.paused'));
      const meaning = t(host ? (isPaused ? 'pause.go_on' : 'pause.pause') : isPaused ? 'pause.vote_go_on' : 'pause.vote_pause');
      setText(goOn, meaning);
      button.setAttribute('aria-label', meaning);
      button.title = meaning;
      if (button.dataset.paused !== String(isPaused)) {
        button.dataset.paused = String(isPaused);
        button.replaceChildren(icon(isPaused ? 'play' : 'pause'));
      }
    },
  };
}
