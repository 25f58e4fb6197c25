/** The host's words on the wire: a long text goes in several messages, for a message has its bounds. */

import { MAX_FRAME_BYTES } from './limits.js';

const AROUND_BYTES = new TextEncoder().encode(JSON.stringify({ type: 'set_words', text: '', more: false })).length;

/**
 * Cuts a text into messages that fit, between characters: what counts are the bytes of their JSON in UTF-8.
 * @param {string} text
 * @returns {{type: 'set_words', text: string, more: boolean}[]}  at least one; all but the last say that more follows
 */
export function wordParts(text) {
  const encoder = new TextEncoder();
  const parts = [''];
  let bytes = AROUND_BYTES;
  // Half of a pair of surrogates, left where a longer text was cut off, is no character.
  for (const character of text.replace(/\p{Surrogate}/gu, '')) {
    const more = encoder.encode(JSON.stringify(character)).length - 2;
    if (bytes + more > MAX_FRAME_BYTES) {
      parts.push('');
      bytes = AROUND_BYTES;
    }
    parts[parts.length - 1] += character;
    bytes += more;
  }
  return parts.map((part, index) => ({ type: 'set_words', text: part, more: index < parts.length - 1 }));
}
