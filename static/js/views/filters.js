/** Fields that narrow down what a page shows. */

import { h } from '../dom.js';
import { t } from '../i18n.js';

/** Typing is over when no key was pressed for so long. */
const TYPING_MS = 350;

/** How words can be given, by name. @returns {Record<string, string>} */
export const MODES = () => Object.fromEntries(['normal', 'hidden', 'combination'].map((mode) => [mode, t(`settings.word_mode.${mode}`)]));

/** Where there is room for them, all fields are in sight; elsewhere all but the first are folded away. */
const ROOMY = '(min-width: 720px)';

/**
 * @param {HTMLElement} first
 * @param {HTMLElement[]} [others]
 * @param {boolean} [inUse]  whether one of the others is set: then they are shown in any case
 */
export function filterBar(first, others = [], inUse = false) {
  return h('form', { class: 'filters', role: 'search', 'aria-label': t('filters.title'), on: { submit: (event) => event.preventDefault() } }, first,
    others.length > 0 && h('details', { class: 'more more-filters', open: inUse || matchMedia(ROOMY).matches },
      h('summary', { text: t('filters.title') }), h('div', { class: 'filter-fields' }, ...others)));
}

/**
 * @param {string} name
 * @param {string} label
 * @param {Record<string, string>} choices  names by value
 * @param {string} chosen
 * @param {(value: string) => void} onChoose
 */
export function chooser(name, label, choices, chosen, onChoose) {
  const select = h('select', { testid: `filter-${name}`, on: { change: () => onChoose(select.value) } },
    ...Object.entries(choices).map(([value, text]) => h('option', { value, text })));
  select.value = chosen in choices ? chosen : '';
  return h('div', { class: 'field' }, h('label', { htmlFor: select.id, text: label }), select);
}

/** @param {string} name @param {string} label @param {string} given @param {(value: string) => void} onChange */
export function textFilter(name, label, given, onChange) {
  let timer = 0, told = given;
  const tell = () => {
    clearTimeout(timer);
    if (input.value.trim() !== told) onChange((told = input.value.trim()));
  };
  const input = h('input', {
    testid: `filter-${name}`, type: 'search', value: given, autocomplete: 'off', autocapitalize: 'none', spellcheck: false, enterKeyHint: 'search',
    on: {
      input: () => {
        clearTimeout(timer);
        timer = setTimeout(tell, TYPING_MS);
      },
      change: tell,
    },
  });
  return h('div', { class: 'field' }, h('label', { htmlFor: input.id, text: label }), input);
}

/** @param {string} name @param {string} label @param {boolean} on @param {(on: boolean) => void} onChange */
export function checkFilter(name, label, on, onChange) {
  const input = h('input', { testid: `filter-${name}`, type: 'checkbox', checked: on, on: { change: () => onChange(input.checked) } });
  return h('label', { class: 'check' }, input, label);
}
