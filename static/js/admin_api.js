/**
 * HTTP requests of the server's owner. The token is kept while this tab is open, and sent with each of them.
 *
 * @typedef {{id: string, nickname: string, role: 'player' | 'spectator', is_ai: boolean, is_host: boolean, connected: boolean, score: number}} Seat
 * @typedef {{code: string, phase: string, is_paused: boolean, is_public: boolean, has_password: boolean, game_mode: string, language: string,
 *   round: number, rounds: number, draw_seconds: number, max_players: number, custom_words: number, seats: Seat[]}} Overview
 * @typedef {{draining: boolean, players: number, rooms: Overview[]}} House
 * @typedef {{id: number, made: string, room: string, reporter: string, player_id: string, nickname: string, reason: string, ink: string,
 *   lines: {player_id: string | null, nickname: string, text: string}[], is_banned: boolean}} Report  `ink`: records in base64
 * @typedef {{player_id: string, nickname: string, reason: string, made: string}} Ban
 * @typedef {{word: string, difficulty: string, proposed: string | null, asked: number, found: number, seconds: number | null}} JudgedWord
 * @typedef {{judged: number, proposals: JudgedWord[], never_found: JudgedWord[]}} JudgedWords
 */

import { query, request } from './api.js';

const KEY = 'guesstroke.admin';
let token = read();

function read() {
  try {
    return sessionStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}

export function hasToken() {
  return token !== '';
}

/** Uses this token from now on; '' forgets it. @param {string} given */
export function useToken(given) {
  token = given;
  try {
    if (given) sessionStorage.setItem(KEY, given);
    else sessionStorage.removeItem(KEY);
  } catch {
    // Then it has to be typed again after the page is loaded again.
  }
}

/** @param {string} path @param {string} [method] @param {object} [body] @returns {Promise<any>} */
function ask(path, method = 'GET', body) {
  const headers = { Authorization: `Bearer ${token}`, ...(body && { 'Content-Type': 'application/json' }) };
  return request(`/api/admin/${path}`, { method, headers, body: body && JSON.stringify(body) });
}

/** @returns {Promise<House>} */
export function fetchHouse() {
  return ask('rooms');
}

export function kick(code, playerId) {
  return ask(`rooms/${encodeURIComponent(code)}/kick/${encodeURIComponent(playerId)}`, 'POST');
}

export function tellAll(text) {
  return ask('notice', 'POST', { text });
}

export function drain(draining) {
  return ask('drain', 'PUT', { draining });
}

/** @returns {Promise<Ban[]>} */
export function fetchBans() {
  return ask('bans');
}

export function ban(playerId, nickname, reason) {
  return ask(`bans/${encodeURIComponent(playerId)}`, 'PUT', { nickname, reason });
}

export function unban(playerId) {
  return ask(`bans/${encodeURIComponent(playerId)}`, 'DELETE');
}

/** @param {number} [before]  the id of the oldest one that is known @returns {Promise<{reports: Report[], more: boolean}>} */
export function fetchReports(before) {
  return ask(`reports${query({ before: before ?? '' })}`);
}

export function settle(id) {
  return ask(`reports/${id}`, 'DELETE');
}

/** @returns {Promise<JudgedWords>} */
export function fetchWords() {
  return ask('words');
}
