/** Short sounds, made with WebAudio: nothing is loaded. */

import { memory } from './memory.js';

/**
 * Notes of each sound: [pitch in Hz, begins at (s), lasts (s)].
 * @type {Record<string, [number, number, number][]>}
 */
const SOUNDS = {
  join: [[440, 0, 0.09], [587, 0.08, 0.12]],
  leave: [[587, 0, 0.09], [440, 0.08, 0.12]],
  your_turn: [[523, 0, 0.1], [659, 0.1, 0.1], [784, 0.2, 0.2]],
  begin: [[392, 0, 0.1], [523, 0.09, 0.14]],
  close: [[622, 0, 0.08], [622, 0.12, 0.08]],
  guessed: [[659, 0, 0.07], [880, 0.06, 0.12]],
  right: [[523, 0, 0.1], [659, 0.09, 0.1], [784, 0.18, 0.1], [1047, 0.27, 0.3]],
  tick: [[1200, 0, 0.03]],
  end: [[523, 0, 0.12], [392, 0.12, 0.22]],
  podium: [[523, 0, 0.12], [523, 0.14, 0.08], [523, 0.24, 0.08], [784, 0.34, 0.4]],
};

let context = null;

/** @param {string} name  one of SOUNDS */
export function play(name) {
  // Before the first click or key browsers let no page sound, and complain in the console.
  if (!memory.volume || !navigator.userActivation?.hasBeenActive || !globalThis.AudioContext) return;
  context ??= new AudioContext();
  if (context.state === 'suspended') context.resume();
  for (const [pitch, at, lasts] of SOUNDS[name]) note(pitch, context.currentTime + at, lasts);
}

function note(pitch, from, lasts) {
  const voice = new OscillatorNode(context, { type: 'triangle', frequency: pitch });
  const loudness = new GainNode(context, { gain: 0 });
  loudness.gain.setValueAtTime(0, from);
  loudness.gain.linearRampToValueAtTime(0.25 * memory.volume, from + 0.008);
  loudness.gain.exponentialRampToValueAtTime(0.0005, from + lasts + 0.08);
  voice.connect(loudness).connect(context.destination);
  voice.start(from);
  voice.stop(from + lasts + 0.1);
}

/**
 * The sound that belongs to a message, if there is one.
 * @param {import('./state/room_state.js').RoomState | null} state  after it
 * @param {any} message
 * @returns {string | null}
 */
export function soundOf(state, message) {
  switch (message.type) {
    case 'player_joined': return message.player.id === state.you ? null : 'join';
    case 'player_left': return 'leave';
    case 'choices': return 'your_turn';
    case 'turn_started': return 'begin';
    case 'close_guess': return 'close';
    case 'guessed': return message.player_id === state.you ? 'right' : 'guessed';
    case 'turn_ended': return 'end';
    case 'game_ended': return 'podium';
    default: return null;
  }
}
