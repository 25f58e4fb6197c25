/**
 * What this player knows of the room, and how each server message changes it. Pure: the same state, message and time
 * always give the same new state; the old one is left as it was.
 *
 * @typedef {'player' | 'spectator'} Role
 * @typedef {{id: string, nickname: string, score: number, connected: boolean, is_ai: boolean, guessed: boolean, role: Role, next_role: Role,
 *   ready: boolean, colour: number, avatar: string}} Player
 * @typedef {'party' | 'versus' | 'together' | 'duel' | 'imitation' | 'finish' | 'daily'} GameMode
 * @typedef {'person' | 'machine'} Hand
 * @typedef {{game_mode: GameMode, ai_guessers: number, ai_strength: string, rounds: number, draw_seconds: number, max_players: number, choices: number, hints: number, human_turns_per_artist_turn: number,
 *   artist_show: 'settled' | 'evolving', artist_order: 'easy' | 'hard', artist_style: string, artist_colours: boolean, perceptor: string,
 *   clients_per_address: number, slow_mode_seconds: number, language: string, theme: string, difficulty: string, word_mode: string,
 *   scoring: string, custom_words_only: boolean, custom_words: number, profanity_filter: boolean, is_public: boolean,
 *   in_gallery: boolean, has_password: boolean}} Settings
 * @typedef {{bounds: Record<string, [number, number]>, languages: string[], themes: string[], styles: string[], perceptors: string[]}} Offer
 * @typedef {{kind: 'kick' | 'pause' | 'resume', player_id: string, voters: string[], needed: number, endsAt: number}} Vote
 * @typedef {{turn: number, key: string, word: string, drawer_id: string, drawer_nickname: string, likes: number, dislikes: number, guessed: number,
 *   guessers: number}} DrawingLine
 * @typedef {{kind: string, turn: number, word: string, nickname: string, milliseconds: number, likes: number, guessed: number,
 *   guessers: number}} Highlight
 * @typedef {{number: number, round: number, drawerId: string, blanks: string, rivalId: string, strokes: number}} Turn
 *   `drawerId`: '' where nobody may know; `rivalId`: who draws on the second canvas; `strokes`: how many a person may draw, 0 for any
 * @typedef {{people: number, ai: number, streak: number, best_streak: number}} Match  people against the machine, in this game
 * @typedef {{player_id: string, hand: Hand}} Judgement
 * @typedef {{endsAt: number, lasts: number, stands?: number}} Clock  milliseconds; `endsAt` on the clock that gives `now`;
 *   `stands`: what is left, while the game is paused
 * @typedef {{word: string, reason: string, scores: {player_id: string, gained: number, total: number}[], drawer: string}} Result
 *   `drawer`: the nickname, for they may have left
 * @typedef {{player_id: string, nickname: string, score: number, rank: number, is_ai: boolean, colour: number,
 *   avatar: string}} PodiumLine
 * @typedef {{kept: number, duplicates: number, blanks: number, refused: number}} WordsTaken
 * @typedef {{status: 'thinking' | 'drawing' | 'finished' | 'failed', strokes: number, sureness: number | null}} Artist
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
 * @property {Highlight[]} highlights
 * @property {DrawingLine[]} drawings
 * @property {string} gameId
 * @property {Artist | null} artist
 * @property {Match | null} match          null in modes that do not count it
 * @property {Judgement[]} judgements      what was said in this turn about its hand, as far as it has come out
 * @property {number[]} course             after the game: when a person found each word, -1 where none did
 * @property {string} day                  of a daily game
 * @property {Offer} offer
 * @property {boolean} paused
 * @property {boolean} awaits  it is paused because not all are back yet after the server was away
 * @property {Vote | null} vote
 * @property {{likes: number, dislikes: number, yours: number}} thumbs  for the turn's drawing
 * @property {number | null} idleAt      when the turn of a drawer who draws nothing is given away
 * @property {string[]} muted            whose lines this player does not want to read
 * @property {{id: number, player_id: string, reaction: number}[]} reactions  the last few
 * @property {WordsTaken | null} wordsTaken  what became of the custom words
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
  player_changed: (state, { player }) => ({ players: withPlayer(state.players, player.id, player) }),
  player_left: (state, { player_id }) => ({ players: state.players.filter(({ id }) => id !== player_id) }),
  host_changed: (_, { player_id }) => ({ hostId: player_id }),
  settings_changed: (_, { settings }) => ({ settings }),
  words_taken: (_, message) => ({ wordsTaken: message }),
  game_started: (state, { game_id, rounds, players }) => ({
    players, settings: { ...state.settings, rounds }, gameId: game_id, podium: null, result: null, turn: null, artist: null,
    highlights: [], drawings: [], match: null, course: [], day: '',
  }),
  turn_choosing: (state, message, now) => ({
    ...newTurn(state, message, ''), phase: 'choosing', clock: clockFor(message.seconds * 1000, now, state.paused), artist: null,
  }),
  choices: (_, { words, seconds }, now) => ({ choices: words, clock: clockFor(seconds * 1000, now) }),
  turn_started: (state, message, now) => ({
    ...newTurn(state, message, message.blanks), phase: 'drawing', clock: clockFor(message.seconds * 1000, now, state.paused),
    // The drawer may be told the word just before.
    word: state.phase === 'choosing' ? state.word : null,
    artist: null,
  }),
  secret_word: (_, { word }) => ({ word }),
  hint: (state, { blanks }) => ({ turn: { ...state.turn, blanks } }),
  drawer_idle: (_, { seconds }, now) => ({ idleAt: now + 1000 * seconds }),
  chat: () => ({}),
  close_guess: () => ({}),
  reported: () => ({}),
  reaction: (state, { player_id, reaction }) => {
    const id = (state.reactions.at(-1)?.id ?? 0) + 1;
    return state.muted.includes(player_id) ? {} : { reactions: [...state.reactions.slice(-11), { id, player_id, reaction }] };
  },
  rated: (state, { likes, dislikes }) => ({ thumbs: { ...state.thumbs, likes, dislikes } }),
  /** Made here: the player's own thumb, which the room counts but does not tell. */
  you_rated: (state, { rating }) => ({ thumbs: { ...state.thumbs, yours: rating } }),
  /** Made here: the player draws, so the turn is not given away. */
  you_drew: () => ({ idleAt: null }),
  /** Made here: whose lines to leave out from now on, or not any more. */
  you_muted: (state, { player_id, muted }) => ({
    muted: muted ? [...state.muted, player_id] : state.muted.filter((id) => id !== player_id),
  }),
  paused: (state, _, now) => ({ paused: true, awaits: false, clock: state.clock && { ...state.clock, stands: Math.max(0, state.clock.endsAt - now) } }),
  goes_on: (state, { remaining_ms }, now) => ({ paused: false, awaits: false, idleAt: null, clock: state.clock && { endsAt: now + remaining_ms, lasts: state.clock.lasts } }),
  resumed: (state, { remaining_ms, paused, host_id }, now) => ({
    paused, awaits: paused && state.awaits, hostId: host_id, players: withPlayer(state.players, state.you, { connected: true }), clock: state.clock && { endsAt: now + remaining_ms, lasts: state.clock.lasts, ...(paused && { stands: remaining_ms }) },
  }),
  vote_changed: (_, { vote }, now) => ({ vote: voteFrom(vote, now) }),
  vote_ended: () => ({ vote: null }),
  /** The ink that follows tells what is on the canvas; nothing else changes. */
  canvas_reset: () => ({}),
  /** In an imitation only who has judged is told so. */
  judged: (state, { player_id, hand, gained_by, gained }) => ({
    judgements: [...state.judgements, { player_id, hand }],
    players: withPlayer(state.players, gained_by, { score: (playerById(state, gained_by)?.score ?? 0) + gained }),
    match: gained_by && state.match ? { ...state.match, ...(hand === 'person' ? { people: state.match.people + 1 } : { ai: state.match.ai + 1 }) } : state.match,
    result: state.result && {
      ...state.result, scores: state.result.scores.map((line) => (line.player_id === gained_by ? { ...line, gained: line.gained + gained, total: line.total + gained } : line)),
    },
  }),
  thoughts: () => ({}),
  guessed: (state, { player_id, gained }) => {
    const score = (playerById(state, player_id)?.score ?? 0) + gained;
    return { players: withPlayer(state.players, player_id, { guessed: true, score }) };
  },
  turn_ended: (state, { word, reason, scores, seconds, drawer_id, drawer_nickname, judgements, match }, now) => ({
    phase: 'result',
    turn: state.turn && { ...state.turn, drawerId: drawer_id },
    judgements,
    match: match ?? state.match,
    word,
    choices: null,
    artist: null,
    idleAt: null,
    clock: clockFor(seconds * 1000, now, state.paused),
    result: { word, reason, scores, drawer: drawer_nickname },
    players: state.players.map((player) => {
      const line = scores.find(({ player_id }) => player_id === player.id);
      return line ? { ...player, score: line.total } : player;
    }),
  }),
  game_ended: (_, { podium, highlights, drawings, match, course, day }) => ({
    phase: 'podium', match, course, day, podium, highlights, drawings, turn: null, word: null, choices: null, clock: null, result: null,
  }),
  back_to_lobby: (_, { players }) => ({
    phase: 'lobby', players, podium: null, turn: null, word: null, choices: null, clock: null, result: null, artist: null, match: null,
  }),
  notice: () => ({}),
  announcement: () => ({}),
  artist_status: (state, { status, strokes, sureness }) => ({
    artist: { status, strokes, sureness },
    // The person goes on alone, and as they like.
    turn: status === 'failed' ? { ...state.turn, strokes: 0, rivalId: '' } : state.turn,
  }),
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
    turn: turn && turnFrom(turn, turn.blanks),
    clock: turn && { endsAt: now + turn.remaining_ms, lasts: turn.seconds * 1000, ...(message.paused && { stands: turn.remaining_ms }) },
    word: message.word ?? null,
    choices: message.choices ?? null,
    result: message.phase === 'result' && message.word ? { word: message.word, reason: '', scores: [], drawer: '' } : null,
    podium: message.podium ?? null,
    highlights: message.highlights ?? [],
    drawings: message.drawings ?? [],
    gameId: message.game_id,
    artist: null,
    match: message.match ?? null,
    judgements: turn?.judgements ?? [],
    course: message.course,
    day: message.day,
    offer: message.offer,
    paused: message.paused,
    awaits: message.awaits ?? false,
    vote: message.vote && voteFrom(message.vote, now),
    thumbs: { likes: turn?.likes ?? 0, dislikes: turn?.dislikes ?? 0, yours: old?.turn?.number === turn?.turn ? old?.thumbs.yours ?? 0 : 0 },
    idleAt: null,
    muted: old?.muted ?? [],
    reactions: old?.reactions ?? [],
    wordsTaken: null,
    log: old?.log ?? [],
  };
}

/** @returns {Turn} */
function turnFrom({ turn, round, drawer_id, rival_id = '', strokes = 0 }, blanks) {
  return { number: turn, round, drawerId: drawer_id, blanks, rivalId: rival_id, strokes };
}

function newTurn(state, message, blanks) {
  return {
    turn: turnFrom(message, blanks),
    judgements: [],
    players: state.players.map((player) => ({ ...player, guessed: false })),
    word: null,
    choices: null,
    result: null,
    idleAt: null,
    thumbs: { likes: 0, dislikes: 0, yours: 0 },
  };
}

/** @param {Omit<Vote, 'endsAt'> & {remaining_ms: number}} vote @returns {Vote} */
function voteFrom({ remaining_ms, ...vote }, now) {
  return { ...vote, endsAt: now + remaining_ms };
}

function clockFor(milliseconds, now, paused = false) {
  return { endsAt: now + milliseconds, lasts: milliseconds, ...(paused && { stands: milliseconds }) };
}

function withPlayer(players, id, change) {
  return players.map((player) => (player.id === id ? { ...player, ...change } : player));
}
