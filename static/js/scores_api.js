/**
 * HTTP requests about who is best, and about people and the AI against each other.
 *
 * @typedef {{nickname: string, is_ai: boolean, score: number, games: number, wins: number}} LeaderboardLine
 * @typedef {{asked: number, found: number, seconds: number | null}} Tally  `seconds`: how long right guesses took in the mean
 * @typedef {'people_on_people' | 'people_on_ai' | 'ai_on_people' | 'ai_on_ai'} Matchup  who guessed, on whose drawings
 * @typedef {Record<Matchup, Tally>} Tallies
 * @typedef {{drawings: number, judged: number, mistaken: number}} Taken  drawings of one hand, and how often they were taken for the other's
 * @typedef {{duels: {people: number, ai: number, for_person: number, for_machine: number}, machine: Taken, people: Taken}} Hands
 * @typedef {{hands: Hands, days: (Tallies & {day: string})[], words: (Tallies & {word: string, language: string, mode: string})[], languages: string[]}} Stats
 */

import { query, request } from './api.js';

/** @param {{period?: string, mode?: string, limit: number}} wanted @returns {Promise<{players: LeaderboardLine[]}>} */
export function fetchLeaderboard(wanted) {
  return request(`/api/leaderboard${query(wanted)}`);
}

/** @param {Record<string, string>} filters @returns {Promise<Stats>} */
export function fetchStats(filters) {
  return request(`/api/stats${query(filters)}`);
}
