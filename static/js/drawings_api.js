/**
 * HTTP requests about drawings that are kept: galleries, games, one drawing.
 *
 * @typedef {{key: string, word: string, language: string, mode: Mode, drawer: string, drawer_is_ai: boolean, likes: number, dislikes: number,
 *   found: number, asked: number, drawn: string, game_id: string, mine: boolean}} DrawingCard
 *   `drawer`: a nickname, '' for one who had everything deleted; `found` of `asked` people guessed it; `drawn`: when, in ISO form
 * @typedef {'normal' | 'hidden' | 'combination'} Mode
 * @typedef {{nickname: string, is_ai: boolean, seconds: number, points: number}} RightGuess
 * @typedef {DrawingCard & {seconds: number, reason: string, ink: string, times: number[], guesses: RightGuess[], may_delete: boolean}} KeptDrawing
 *   `ink`: records in base64; `times`: of each record, in milliseconds since the turn began
 * @typedef {{nickname: string, is_ai: boolean, score: number, rank: number}} PodiumLine
 * @typedef {{id: string, language: string, mode: Mode, rounds: number, started: string, ended: string | null, podium: PodiumLine[],
 *   drawings: DrawingCard[], may_delete: boolean}} KeptGame
 * @typedef {{drawings: DrawingCard[], next: string | null}} DrawingsPart  `next`: what to ask for after these, null at the end
 */

import { DELETE, query, request } from './api.js';

/** @param {Record<string, string>} filters  `room` for one room's drawings @param {string} [after] @returns {Promise<DrawingsPart>} */
export function fetchGallery(filters, after = '') {
  return request(`/api/gallery${query({ ...filters, after })}`);
}

/** @returns {Promise<KeptDrawing>} */
export function fetchDrawing(key) {
  return request(`/api/drawings/${encodeURIComponent(key)}`);
}

/** @returns {Promise<{deleted: boolean}>} */
export function deleteDrawing(key) {
  return request(`/api/drawings/${encodeURIComponent(key)}`, DELETE);
}

/** @returns {Promise<KeptGame>} */
export function fetchGame(id) {
  return request(`/api/games/${encodeURIComponent(id)}`);
}

/** @returns {Promise<{deleted: boolean}>} */
export function deleteGameDrawings(id) {
  return request(`/api/games/${encodeURIComponent(id)}/drawings`, DELETE);
}

/** Where a drawing's file is. @param {'svg' | 'png' | 'gif' | 'webp'} kind */
export function drawingPath(key, kind) {
  return `/api/drawings/${encodeURIComponent(key)}.${kind}`;
}

/** Where a picture is that is small enough for a list of many. */
export function thumbnailPath(key) {
  return `${drawingPath(key, 'png')}?width=400`;
}

/** Where the picture of a whole game is. */
export function posterPath(gameId) {
  return `/api/games/${encodeURIComponent(gameId)}/poster.png`;
}
