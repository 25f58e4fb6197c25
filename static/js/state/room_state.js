/**
 * What this player knows of the room, and how each server message changes it. Pure: the same state, message and time
 * always give the same new state; the old one is left as it was.
 *
 * @typedef {{id: string, nickname: string, score: number, connected: boolean, is_ai: boolean, guessed: boolean}} Player
 * @typedef {{rounds: number, draw_seconds: number, max_players: number, hints: number, human_turns_per_artist_turn: number}} Settings
 * @typedef {{number: number, round: number, drawerId: string, blanks: string}} Turn
 * @typedef {{endsAt: number, lasts: number}} Clock  milliseconds; `endsAt` on the clock that gives `now`
 * @typedef {{word: string, reason: string, scores: {player_id: string, gained: number, total: number}[]}} Result
 * @typedef {{player_id: string, nickname: string, score: number, rank: number, is_ai: boolean}} PodiumLine
 *
 * @typedef {object} RoomState
 * @property {'lobby' | 'choosing' | 'drawing' | 'result' | 'podium'} phase
 * @property {string} you
 * @property {string} code
 * @property {string} inviteUrl
 * @property {string} hostId
 * @property {Settings} settings
 * @property {Player[]} players
 * @property {Turn | null} turn
 * @property {Clock | null} clock   of the phase in hand
 * @property {string | null} word   the secret, for those who know it
 * @property {string[] | null} choices
 * @property {Result | null} result
 * @property {PodiumLine[] | null} podium
 * @property {{status: string, strokes: number} | null} artist
 * @property {import('./log_lines.js').LogLine[]} log
 */

import { addLines } from './log_lines.js';
import { playerById } from './questions.js';

/**
 * @param {RoomState | null} state  null before the first welcome
 * @param {any} message  from the server
 * @param {number} now   milliseconds
 * @returns {RoomState}
 */
export function reduce(state, message, now) {
  if (message.type === 'welcome') return welcomed(state, message, now);
  const change = CHANGES[message.type];
  if (!change || !state) return state;
  const next = { ...state, ...change(state, message, now) };
  return { ...next, log: addLines(state, next, message) };
}

const CHANGES = {
  player_joined: (state, { player }) => ({
    players: [...state.players.filter(({ id }) => id !== player.id), player],
  }),
  player_connection: (state, { player_id, connected }) => ({ players: withPlayer(state.players, player_id, { connected }) }),
  player_left: (state, { player_id }) => ({ players: state.players.filter(({ id }) => id !== player_id) }),
  host_changed: (_, { player_id }) => ({ hostId: player_id }),
  settings_changed: (_, { settings }) => ({ settings }),
  game_started: (state, { rounds, players }) => ({
    players, settings: { ...state.settings, rounds }, podium: null, result: null, turn: null, artist: null,
  }),
  turn_choosing: (state, message, now) => ({
    ...newTurn(state, message, ''), phase: 'choosing', clock: clockFor(message.seconds * 1000, now), artist: null,
  }),
  choices: (_, { words, seconds }, now) => ({ choices: words, clock: clockFor(seconds * 1000, now) }),
  turn_started: (state, message, now) => ({
    ...newTurn(state, message, message.blanks), phase: 'drawing', clock: clockFor(message.seconds * 1000, now),
    // The drawer may be told the word just before.
    word: state.phase === 'choosing' ? state.word : null,
  }),
  secret_word: (_, { word }) => ({ word }),
  hint: (state, { blanks }) => ({ turn: { ...state.turn, blanks } }),
  chat: () => ({}),
  close_guess: () => ({}),
  guessed: (state, { player_id, gained }) => {
    const score = (playerById(state, player_id)?.score ?? 0) + gained;
    return { players: withPlayer(state.players, player_id, { guessed: true, score }) };
  },
  turn_ended: (state, { word, reason, scores, seconds }, now) => ({
    phase: 'result',
    word,
    choices: null,
    artist: null,
    clock: clockFor(seconds * 1000, now),
    result: { word, reason, scores },
    players: state.players.map((player) => {
      const line = scores.find(({ player_id }) => player_id === player.id);
      return line ? { ...player, score: line.total } : player;
    }),
  }),
  game_ended: (_, { podium }) => ({ phase: 'podium', podium, turn: null, word: null, choices: null, clock: null, result: null }),
  back_to_lobby: (_, { players }) => ({
    phase: 'lobby', players, podium: null, turn: null, word: null, choices: null, clock: null, result: null, artist: null,
  }),
  artist_status: (_, { status, strokes }) => ({ artist: { status, strokes } }),
};

/** A welcome replaces all that came before, but the chat so far stays readable. */
function welcomed(old, message, now) {
  const { turn } = message;
  return {
    phase: message.phase,
    you: message.you,
    code: message.code,
    inviteUrl: message.invite_url,
    hostId: message.host_id,
    settings: message.settings,
    players: message.players,
    turn: turn && { number: turn.turn, round: turn.round, drawerId: turn.drawer_id, blanks: turn.blanks },
    clock: turn && { endsAt: now + turn.remaining_ms, lasts: turn.seconds * 1000 },
    word: message.word ?? null,
    choices: message.choices ?? null,
    result: message.phase === 'result' && message.word ? { word: message.word, reason: '', scores: [] } : null,
    podium: message.podium ?? null,
    artist: null,
    log: old?.log ?? [],
  };
}

function newTurn(state, { turn, round, drawer_id }, blanks) {
  return {
    turn: { number: turn, round, drawerId: drawer_id, blanks },
    players: state.players.map((player) => ({ ...player, guessed: false })),
    word: null,
    choices: null,
    result: null,
  };
}

function clockFor(milliseconds, now) {
  return { endsAt: now + milliseconds, lasts: milliseconds };
}

function withPlayer(players, id, change) {
  return players.map((player) => (player.id === id ? { ...player, ...change } : player));
}
