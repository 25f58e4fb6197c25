/** Questions that views ask of a RoomState. */

import { t } from '../i18n.js';

/** @typedef {import('./room_state.js').RoomState} RoomState */

/** @param {RoomState} state */
export function playerById(state, id) {
  return state.players.find((player) => player.id === id);
}

/** @param {RoomState} state */
export function nameOf(state, id) {
  return playerById(state, id)?.nickname ?? t('players.somebody');
}

/** @param {RoomState} state */
export function isHost(state) {
  return state.hostId === state.you;
}

/** @param {RoomState} state */
export function isDrawer(state) {
  return state.turn?.drawerId === state.you;
}

/** Whether this player draws right now. @param {RoomState} state */
export function mayDraw(state) {
  return state.phase === 'drawing' && isDrawer(state) && !state.paused;
}

/** @param {RoomState} state */
export function drawerIsArtist(state) {
  return Boolean(state.turn && playerById(state, state.turn.drawerId)?.is_ai);
}

/** Persons who draw and guess. @param {RoomState} state */
export function people(state) {
  return state.players.filter((player) => !player.is_ai && player.role === 'player');
}

/** Persons who only watch. @param {RoomState} state */
export function spectators(state) {
  return state.players.filter((player) => player.role === 'spectator');
}

/** @param {RoomState} state */
export function me(state) {
  return playerById(state, state.you);
}

/** @param {RoomState} state */
export function isWatching(state) {
  return me(state)?.role === 'spectator';
}

/** Whether a game is on, so that there is something to pause. @param {RoomState} state */
export function isPlaying(state) {
  return ['choosing', 'drawing', 'result'].includes(state.phase);
}

/** Milliseconds left of the phase in hand. @param {import('./room_state.js').Clock | null} clock @param {number} now */
export function remaining(clock, now) {
  return clock ? clock.stands ?? Math.max(0, clock.endsAt - now) : 0;
}
