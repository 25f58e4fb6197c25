/** The result of a daily game, to be shared: how soon each word was found, and none of the words. Pure. */

const QUICK_MS = 15_000, SOON_MS = 30_000;

/** A square for each word. @param {number[]} course  milliseconds, -1 for a word that was not found */
export function squares(course) {
  return course.map((ms) => (ms < 0 ? '⬛' : ms <= QUICK_MS ? '🟩' : ms <= SOON_MS ? '🟨' : '🟧')).join('');
}

/** @param {{day: string, course: number[]}} state @param {string} address  where it can be played */
export function dailyResult({ day, course }, address) {
  return `Guesstroke ${day}\n${squares(course)} ${course.filter((ms) => ms >= 0).length}/${course.length}\n${address}`;
}
