/**
 * Sums of guesses. Pure.
 *
 * @typedef {import('../scores_api.js').Tally} Tally
 * @typedef {import('../scores_api.js').Tallies} Tallies
 */

/** @type {import('../scores_api.js').Matchup[]} */
export const MATCHUPS = ['people_on_people', 'people_on_ai', 'ai_on_people', 'ai_on_ai'];

/** On a single day there are few guesses, and a line through them would jump: each day stands for so many that end with it. */
const POOLED_DAYS = 7;
const DAY_MS = 86_400_000;

/** @param {Tally[]} tallies @returns {Tally} */
export function pool(tallies) {
  const sum = (/** @type {(tally: Tally) => number} */ of) => tallies.reduce((total, tally) => total + of(tally), 0);
  const found = sum((tally) => tally.found);
  return { asked: sum((tally) => tally.asked), found, seconds: found ? sum((tally) => tally.found * (tally.seconds ?? 0)) / found : null };
}

/** @param {Tallies[]} lines @returns {Tallies} */
export function poolAll(lines) {
  return /** @type {Tallies} */ (Object.fromEntries(MATCHUPS.map((name) => [name, pool(lines.map((line) => line[name]))])));
}

/**
 * All days of the calendar from the first to the last, each pooled with those before it.
 * @param {(Tallies & {day: string})[]} days  those on which there were guesses, in order
 */
export function dayByDay(days) {
  if (!days.length) return [];
  const dated = days.map((day) => ({ day, at: Date.parse(day.day) }));
  const first = dated[0].at, last = dated[dated.length - 1].at;
  return Array.from({ length: Math.round((last - first) / DAY_MS) + 1 }, (_, index) => {
    const at = first + index * DAY_MS;
    const near = dated.filter((other) => other.at <= at && other.at > at - POOLED_DAYS * DAY_MS);
    return { day: new Date(at).toISOString().slice(0, 10), ...poolAll(near.map(({ day }) => day)) };
  });
}

/** @param {Tally} tally @returns {number | null} */
export function shareOf({ asked, found }) {
  return asked ? found / asked : null;
}
