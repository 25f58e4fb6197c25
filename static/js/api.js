/** HTTP requests: how each is made, and those about rooms. Each throws an ApiError whose message is a sentence for people. */

import { t } from './i18n.js';

export class ApiError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

/** @returns {Promise<{code: string, invite_url: string, path: string}>} */
export function createLobby(language, gameMode = 'party') {
  return request('/api/lobbies', post({ language, game_mode: gameMode }));
}

/** A public room with a free seat; a new one if there is none. @returns {Promise<{code: string, invite_url: string, path: string}>} */
export function quickPlay(language) {
  return request('/api/quick-play', post({ language }));
}

/**
 * @typedef {{code: string, phase: string, players: number, max_players: number, game_mode: string, language: string, has_password: boolean,
 *   host: string, round: number, rounds: number, custom_words: boolean}} PublicLobby
 * @returns {Promise<{rooms: PublicLobby[], languages: string[]}>}
 */
export function publicLobbies() {
  return request('/api/lobbies');
}

/** @returns {Promise<{code: string, players: number, max_players: number, phase: string, language: string, has_password: boolean}>} */
export function findLobby(code) {
  return request(`/api/lobbies/${encodeURIComponent(code)}`);
}

/** Which version of the page the server has now. @returns {Promise<string>} */
export async function serversBuild() {
  return (await request('/healthz')).build;
}

export function qrPath(code) {
  return `/api/lobbies/${encodeURIComponent(code)}/qr.svg`;
}

export function post(body) {
  return { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}

export const DELETE = { method: 'DELETE' };

/** What follows the address in a question; empty values are left out. @param {Record<string, string | number | boolean>} values */
export function query(values) {
  const given = Object.entries(values).filter(([, value]) => value !== '' && value !== false).map(([name, value]) => [name, String(value)]);
  return given.length ? `?${new URLSearchParams(given)}` : '';
}

/** @param {string} path @param {RequestInit} [options] @returns {Promise<any>} */
export async function request(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new ApiError(t('connection.no_server'), 0);
  }
  const body = await response.json().catch(() => ({}));
  if (response.ok) return body;
  const detail = typeof body.detail === 'string' ? body.detail : t('connection.server_error', { status: response.status });
  throw new ApiError(detail, response.status);
}
