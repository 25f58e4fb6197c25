/** Questions that views ask of a RoomState. */

/** @typedef {import('./room_state.js').RoomState} RoomState */

/** @param {RoomState} state */
export function playerById(state, id) {
  return state.players.find((player) => player.id === id);
}

/** @param {RoomState} state */
export function nameOf(state, id) {
  return playerById(state, id)?.nickname ?? 'Somebody';
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
  return state.phase === 'drawing' && isDrawer(state);
}

/** @param {RoomState} state */
export function drawerIsArtist(state) {
  return Boolean(state.turn && playerById(state, state.turn.drawerId)?.is_ai);
}

/** @param {RoomState} state */
export function people(state) {
  return state.players.filter((player) => !player.is_ai);
}
