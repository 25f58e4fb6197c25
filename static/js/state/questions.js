/** Questions that views ask of a RoomState. */

import { t } from '../i18n.js';
import { MODES } from './modes.js';

/** @typedef {import('./room_state.js').RoomState} RoomState */

/** The AI artist's id. */
export const ARTIST = 'artist';

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

/** Whether a player has a canvas in this turn. @param {RoomState} state */
export function drawsNow(state, id) {
  return Boolean(state.turn && [state.turn.drawerId, state.turn.rivalId].includes(id));
}

/** Whether all people play as one team against the clock. @param {RoomState} state */
export function isCooperative(state) {
  return MODES[state.settings.game_mode].cooperative;
}

/** Whether this player draws right now. @param {RoomState} state */
export function mayDraw(state) {
  return state.phase === 'drawing' && isDrawer(state) && !state.paused && !isHandedOver(state);
}

/** Whether the artist goes on from what a person has begun. @param {RoomState} state */
export function isHandedOver(state) {
  return Boolean(state.turn?.strokes && !state.turn.rivalId && state.artist);
}

/** Whether it is the hand that has to be guessed, and not the word. @param {RoomState} state */
export function isImitation(state) {
  return state.settings.game_mode === 'imitation' && state.phase !== 'podium';
}

/** Whether two draw the turn's word side by side. @param {RoomState} state */
export function isDuel(state) {
  return Boolean(state.turn?.rivalId);
}

/** What this player has said about the turn's hand. @param {RoomState} state */
export function yourJudgement(state) {
  return state.judgements.find(({ player_id }) => player_id === state.you)?.hand ?? null;
}

/** Who drew the turn that is over, though they may have left. @param {RoomState} state */
export function drawerName(state) {
  return state.result?.drawer || nameOf(state, state.turn?.drawerId);
}

/** Whether this player can say now whose hand it is. @param {RoomState} state */
export function mayJudge(state) {
  if (!state.turn || isWatching(state) || isDrawer(state)) return false;
  if (isDuel(state)) return ['drawing', 'result'].includes(state.phase) && Boolean(me(state)?.guessed);
  return isImitation(state) && state.phase === 'drawing' && !state.paused;
}

/** @param {RoomState} state */
export function drawerIsArtist(state) {
  return Boolean(state.turn && (isHandedOver(state) || playerById(state, state.turn.drawerId)?.is_ai));
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
