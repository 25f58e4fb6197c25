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
  if (!line || (message.type === 'chat' && after.muted.includes(message.player_id))) return before.log;
  const id = (before.log.at(-1)?.id ?? 0) + 1;
  return [...before.log, { id, ...line }].slice(-KEPT);
}

const LEFT = { left: 'left', away: 'did not come back', kicked: 'was sent away', banned: 'was banned' };

const system = (text) => ({ kind: 'system', text });

const LINES = {
  player_joined: (before, _, { player }) =>
    player.id !== before.you && !playerById(before, player.id) && system(`${player.nickname} joined`),
  player_connection: (before, _, { player_id, connected }) => {
    if (player_id === before.you || playerById(before, player_id)?.connected === connected) return null;
    return system(connected ? `${nameOf(before, player_id)} is back` : `${nameOf(before, player_id)} lost the connection`);
  },
  player_left: (before, _, { player_id, reason }) => system(`${nameOf(before, player_id)} ${LEFT[reason]}`),
  player_changed: (before, _, { player }) => {
    const old = playerById(before, player.id);
    if (!old || old.next_role === player.next_role) return null;
    const verb = player.next_role === 'player' ? 'play' : 'watch';
    const isYou = player.id === before.you;
    if (player.role !== player.next_role) return system(`${isYou ? 'You' : player.nickname} will ${verb} from the next turn on`);
    return system(isYou ? `You ${verb} now` : `${player.nickname} ${verb}${verb === 'watch' ? 'es' : 's'} now`);
  },
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
  turn_ended: (_, __, { word }) => (word ? system(`The word was '${word}'`) : null),
  drawer_idle: (before, _, { seconds }) =>
    system(before.turn?.drawerId === before.you ? `Draw something, or your turn is over in ${seconds} seconds` : 'Nothing is drawn yet…'),
  paused: () => system('The game is paused'),
  goes_on: () => system('The game goes on'),
  vote_ended: (_, __, { kind, passed }) => (passed ? null : system(`The vote to ${kind === 'resume' ? 'go on' : kind} did not pass`)),
  reported: (before, _, { player_id }) => system(`Your report about ${nameOf(before, player_id)} is kept for the server's owner`),
  back_to_lobby: () => system('Back in the lobby'),
};
