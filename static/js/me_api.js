/**
 * HTTP requests about what is kept about this browser's player.
 *
 * @typedef {import('./drawings_api.js').DrawingCard} DrawingCard
 * @typedef {{nickname: string, games: number, wins: number, score: number, rank: number | null, found: number, asked: number,
 *   fastest: {word: string, seconds: number, key: string | null} | null, favourite_words: {word: string, times: number}[],
 *   best_liked: DrawingCard | null, ai: import('./scores_api.js').Tally}} Me  `ai`: how AI guessers guessed this player's drawings
 * @typedef {{code: string, link: string, seconds: number}} Transfer  `seconds`: how long the code holds
 */

import { DELETE, post, query, request } from './api.js';

export const EXPORT_PATH = '/api/me/export';

/** @returns {Promise<Me>} */
export function fetchMe() {
  return request('/api/me');
}

/** @returns {Promise<import('./drawings_api.js').DrawingsPart>} */
export function fetchMyDrawings(after = '') {
  return request(`/api/me/drawings${query({ after })}`);
}

/** @returns {Promise<{deleted: boolean}>} */
export function deleteMyDrawings() {
  return request('/api/me/drawings', DELETE);
}

/** Deletes everything; this browser is a stranger afterwards. @returns {Promise<{deleted: boolean}>} */
export function deleteMe() {
  return request('/api/me', DELETE);
}

/** Asks for a code that makes another browser this player. @returns {Promise<Transfer>} */
export function beginTransfer() {
  return request('/api/me/transfer', post({}));
}

/** This browser becomes the player who got the code. @returns {Promise<{nickname: string}>} */
export function adopt(code) {
  return request('/api/me/adopt', post({ code }));
}

export function transferQrPath(code) {
  return `/api/me/transfer/${encodeURIComponent(code)}/qr.svg`;
}
