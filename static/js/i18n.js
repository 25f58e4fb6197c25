/**
 * The interface's language. All sentences are in static/languages/<code>.json; a key is a path in there ('chat.send').
 *
 * A sentence has `{name}` where a value goes. One that depends on a number is an object by plural category (Intl.PluralRules), and is
 * asked for with `{n}`.
 */

import { memory } from './memory.js';

/** Languages of the interface, by their own names. */
export const LANGUAGES = { en: 'English', it: 'Italiano', es: 'Español', fr: 'Français', de: 'Deutsch', pt: 'Português' };

let sentences = {};
let plurals = new Intl.PluralRules('en');

/** The language that the player chose, or the browser's, if there is one of ours among them. */
export function language() {
  if (memory.interfaceLanguage in LANGUAGES) return memory.interfaceLanguage;
  return navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag in LANGUAGES) ?? 'en';
}

/** Asked for as soon as this module is there, while the others are still on their way. */
const asked = fetch(new URL(`../languages/${language()}.json`, import.meta.url));
// It is waited for later: until then a failure is nobody's.
asked.catch(() => {});

/** Waits for the sentences. Nothing can be shown before. */
export async function loadSentences() {
  sentences = await (await asked).json();
  plurals = new Intl.PluralRules(language());
  document.documentElement.lang = language();
}

/**
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function t(key, values = {}) {
  return rich(key, values).join('');
}

/**
 * A sentence with elements in it.
 * @param {string} key
 * @param {Record<string, any>} values  what goes in the places: text, numbers or elements
 * @returns {any[]} its parts
 */
export function rich(key, values) {
  const found = key.split('.').reduce((place, name) => place?.[name], sentences);
  const sentence = typeof found === 'object' ? found[plurals.select(values.n)] ?? found.other : found;
  if (typeof sentence !== 'string') throw new RangeError(`Expected a sentence for '${key}' in the language file; got ${sentence}.`);
  const parts = sentence.split(/\{(\w+)\}/);
  return parts.map((part, index) => (index % 2 ? format(values[part]) : part)).filter((part) => part !== '');
}

/** What the server says in English, in the player's language: by its code, where there is a sentence for it. */
export function serverSaid(code, message) {
  return document.documentElement.lang !== 'en' && sentences.errors?.[code] ? t(`errors.${code}`) : message;
}

function format(value) {
  return typeof value === 'number' ? value.toLocaleString(document.documentElement.lang) : value;
}
