/**
 * What sets the kinds of games apart, as far as the page needs it; the mirror of game/rules/modes.py. Plain JSON but for this comment and the
 * name, so that a test can compare the two.
 *
 * leastPeople: how many it takes; aiGuesses: whether AI players may guess; artistShares: whether how often the artist draws is a setting;
 * cooperative: all people are one team against the clock; counts: people stand against the machine in it
 */

export const MODES = {
  "party": { "leastPeople": 1, "aiGuesses": true, "artistShares": true, "cooperative": false, "counts": false },
  "versus": { "leastPeople": 1, "aiGuesses": true, "artistShares": false, "cooperative": false, "counts": true },
  "together": { "leastPeople": 1, "aiGuesses": false, "artistShares": false, "cooperative": true, "counts": true },
  "duel": { "leastPeople": 2, "aiGuesses": true, "artistShares": false, "cooperative": false, "counts": true },
  "imitation": { "leastPeople": 2, "aiGuesses": false, "artistShares": false, "cooperative": false, "counts": true },
  "finish": { "leastPeople": 2, "aiGuesses": true, "artistShares": false, "cooperative": false, "counts": false },
  "daily": { "leastPeople": 1, "aiGuesses": false, "artistShares": false, "cooperative": true, "counts": true }
};
