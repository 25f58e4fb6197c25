/**
 * The lines of the chat: what people say, and what happened.
 *
 * @typedef {object} LogLine
 * @property {number} id        counts up through the log
 * @property {'chat' | 'whisper' | 'close' | 'system' | 'good' | 'turn' | 'thoughts'} kind
 * @property {string} [author]  who said it; absent where nobody did
 * @property {boolean} [isYours]
 * @property {string} text
 * @property {Thoughts} [thoughts]
 *
 * @typedef {object} Thoughts  what the machine thought in a turn, with names, for players come and go
 * @property {{name: string, kind: 'guesser' | 'artist', points: [number, number][], words: string[]}[]} lines
 *   points: milliseconds, and 0 to 1
 * @property {{name: string, isAi: boolean, milliseconds: number}[]} found
 */

import { t } from '../i18n.js';
import { isImitation, nameOf, playerById } from './questions.js';

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

const system = (text) => ({ kind: 'system', text });

function turnText(before, after, drawerId, rivalId) {
  if (drawerId === before.you) return t('turn.you_draw');
  if (!drawerId) return t('judge.question');
  return rivalId ? t('turn.duel', { name: nameOf(after, drawerId), rival: nameOf(after, rivalId) }) : t('turn.is_drawing', { name: nameOf(after, drawerId) });
}

/** @returns {Thoughts} */
function thoughtsIn(state, lines, found) {
  return {
    lines: lines.filter(({ points }) => points.length > 1).map(({ player_id, kind, points, words }) =>
      ({ name: nameOf(state, player_id), kind, points, words: words.map(([, word]) => word) })),
    found: found.map(({ player_id, milliseconds }) => ({ name: nameOf(state, player_id), isAi: Boolean(playerById(state, player_id)?.is_ai), milliseconds })),
  };
}

const LINES = {
  player_joined: (before, _, { player }) =>
    player.id !== before.you && !playerById(before, player.id) && system(t('chat.joined', { name: player.nickname })),
  player_connection: (before, _, { player_id, connected }) => {
    if (player_id === before.you || playerById(before, player_id)?.connected === connected) return null;
    return system(t(connected ? 'chat.is_back' : 'chat.lost', { name: nameOf(before, player_id) }));
  },
  player_left: (before, _, { player_id, reason }) => system(t(reason === 'left' ? 'chat.left' : `chat.left_${reason}`, { name: nameOf(before, player_id) })),
  player_changed: (before, _, { player }) => {
    const old = playerById(before, player.id);
    if (!old || old.next_role === player.next_role) return null;
    const plays = player.next_role === 'player', isYou = player.id === before.you, name = player.nickname;
    if (player.role === player.next_role) {
      return system(isYou ? t(plays ? 'chat.you_play' : 'chat.you_watch') : t(plays ? 'chat.plays' : 'chat.watches', { name }));
    }
    return system(isYou ? t(plays ? 'chat.you_will_play' : 'chat.you_will_watch') : t(plays ? 'chat.will_play' : 'chat.will_watch', { name }));
  },
  host_changed: (before, _, { player_id }) =>
    system(player_id === before.you ? t('chat.you_host') : t('chat.host', { name: nameOf(before, player_id) })),
  game_started: (_, __, { rounds }) => ({ kind: 'turn', text: t('chat.new_game', { n: rounds }) }),
  turn_started: (before, after, { drawer_id, rival_id }) => ({ kind: 'turn', text: turnText(before, after, drawer_id, rival_id) }),
  chat: (before, _, { player_id, text, whisper }) => ({
    kind: whisper ? 'whisper' : 'chat', author: nameOf(before, player_id), isYours: player_id === before.you, text,
  }),
  close_guess: (_, __, { text }) => ({ kind: 'close', text: t('chat.close', { text }) }),
  guessed: (before, _, { player_id, gained: points }) =>
    ({ kind: 'good', text: player_id === before.you ? t('chat.you_guessed', { points }) : t('chat.guessed', { name: nameOf(before, player_id), points }) }),
  turn_ended: (before, _, { word, drawer_id, drawer_nickname }) => {
    if (isImitation(before)) return system(playerById(before, drawer_id)?.is_ai ? t('judge.was_machine') : t('judge.was_person', { name: drawer_nickname }));
    return word ? system(t('chat.word_was', { word })) : null;
  },
  thoughts: (before, after, { lines, found }) =>
    (lines.some(({ points }) => points.length > 1) ? { kind: 'thoughts', text: t('thoughts.title'), thoughts: thoughtsIn(after, lines, found) } : null),
  drawer_idle: (before, _, { seconds }) =>
    system(before.turn?.drawerId === before.you ? t('chat.idle', { n: seconds }) : t('chat.nothing_yet')),
  paused: () => system(t('chat.paused')),
  goes_on: () => system(t('chat.goes_on')),
  notice: (_, __, { kind }) => system(t(`notice.${kind}`)),
  announcement: (_, __, { text }) => system(t('notice.owner', { text })),
  vote_ended: (_, __, { kind, passed }) => (passed ? null : system(t(`chat.vote_failed_${kind}`))),
  reported: (before, _, { player_id }) => system(t('chat.reported', { name: nameOf(before, player_id) })),
  back_to_lobby: () => system(t('chat.lobby')),
};
