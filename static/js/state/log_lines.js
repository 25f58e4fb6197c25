/**
 * The lines of the chat: what people say, and what happened.
 *
 * @typedef {object} LogLine
 * @property {number} id        counts up through the log
 * @property {'chat' | 'whisper' | 'close' | 'system' | 'good' | 'turn'} kind
 * @property {string} [author]  who said it; absent where nobody did
 * @property {boolean} [isYours]
 * @property {string} text
 */

import { nameOf, playerById } from './questions.js';

/** Older lines are forgotten: nobody scrolls back further, and a long evening stays light. */
const KEPT = 200;

/**
 * @param {import('./room_state.js').RoomState} before
 * @param {import('./room_state.js').RoomState} after  its log is not looked at
 * @returns {LogLine[]} the log with what the message adds to it
 */
export function addLines(before, after, message) {
  const line = LINES[message.type]?.(before, after, message);
  if (!line) return before.log;
  const id = (before.log.at(-1)?.id ?? 0) + 1;
  return [...before.log, { id, ...line }].slice(-KEPT);
}

const system = (text) => ({ kind: 'system', text });

const LINES = {
  player_joined: (before, _, { player }) =>
    player.id !== before.you && !playerById(before, player.id) && system(`${player.nickname} joined`),
  player_connection: (before, _, { player_id, connected }) => {
    if (player_id === before.you || playerById(before, player_id)?.connected === connected) return null;
    return system(connected ? `${nameOf(before, player_id)} is back` : `${nameOf(before, player_id)} lost the connection`);
  },
  player_left: (before, _, { player_id }) => system(`${nameOf(before, player_id)} left`),
  host_changed: (before, _, { player_id }) =>
    system(player_id === before.you ? 'You are the host now' : `${nameOf(before, player_id)} is the host now`),
  game_started: (_, __, { rounds }) => ({ kind: 'turn', text: `A new game: ${rounds} ${rounds === 1 ? 'round' : 'rounds'}` }),
  turn_started: (before, after, { drawer_id }) =>
    ({ kind: 'turn', text: drawer_id === before.you ? 'You are drawing' : `${nameOf(after, drawer_id)} is drawing` }),
  chat: (before, _, { player_id, text, whisper }) => ({
    kind: whisper ? 'whisper' : 'chat', author: nameOf(before, player_id), isYours: player_id === before.you, text,
  }),
  close_guess: (_, __, { text }) => ({ kind: 'close', text: `'${text}' is close!` }),
  guessed: (before, _, { player_id, gained }) => {
    const who = player_id === before.you ? 'You' : nameOf(before, player_id);
    return { kind: 'good', text: `${who} guessed the word! +${gained}` };
  },
  turn_ended: (_, __, { word }) => system(`The word was '${word}'`),
  back_to_lobby: () => system('Back in the lobby'),
};
