/** Settings and help, in a dialog: the room's for its host, what is for this player alone, how to play, the keys. */

import { h, setText } from '../dom.js';
import { LANGUAGES, language, t } from '../i18n.js';
import { icon } from '../icons.js';
import { ACTIONS, bind, keyName, keyOf, unbindAll } from '../keys.js';
import { memory } from '../memory.js';
import { play } from '../sounds.js';
import { isHost } from '../state/questions.js';
import { THEMES, applyTheme } from '../theme.js';
import { pageLinks } from './page_links.js';
import { settingsCard } from './settings_form.js';
import { actionName } from './toolbar.js';

/**
 * @param {object} [options]
 * @param {() => void} [options.keysChanged]
 * @param {import('../room.js').Actions} [options.actions]  of a game in hand, whose settings the host may change
 * @param {boolean} [options.inRoom]
 */
export function menu({ keysChanged = () => {}, actions, inRoom = false } = {}) {
  let latest = null, card = null;
  const button = h('button', {
    testid: 'menu', type: 'button', class: 'icon-button plain', 'aria-label': t('menu.title'), title: t('menu.title'), on: { click: open },
  }, icon('sliders'));

  function open() {
    if (document.querySelector('dialog[open]')) return;
    const changesRoom = Boolean(actions && latest && isHost(latest) && latest.phase !== 'podium');
    card = changesRoom ? settingsCard(actions, { inGame: true }) : null;
    const dialog = h('dialog', { testid: 'menu-dialog', class: 'card dialog menu', 'aria-label': t('menu.title') },
      card && section(t('menu.room'), true, card.element, h('p', { class: 'quiet', text: t('settings.next_turn') })),
      section(t('menu.you'), !changesRoom, ...preferences()),
      section(t('menu.how'), !changesRoom, ...['guess', 'draw', 'artist', 'close_guess'].map((name) => h('p', { text: t(`menu.${name}`) }))),
      section(t('menu.keys'), false, ...keyList(keysChanged)),
      pageLinks({ inRoom }),
      actions && h('button', { testid: 'menu-leave', type: 'button', on: { click: () => actions.leave() } }, icon('leave'), t('bar.leave')),
      h('button', { type: 'button', class: 'primary', text: t('menu.close'), on: { click: () => dialog.close() } }));
    dialog.addEventListener('close', () => {
      dialog.remove();
      card = null;
    });
    document.body.append(dialog);
    card?.update(latest);
    dialog.showModal();
  }

  return {
    button,
    open,
    /** @param {import('../state/room_state.js').RoomState} state */
    update(state) {
      latest = state;
      card?.update(state);
    },
  };
}

function section(title, isOpen, ...children) {
  return h('details', { class: 'more', open: isOpen }, h('summary', { text: title }), h('div', { class: 'menu-part' }, ...children));
}

/** The page is loaded again for another language: a seat in a room is kept meanwhile. */
function preferences() {
  const languages = select('interface-language', LANGUAGES, language(), (code) => {
    memory.interfaceLanguage = code;
    location.reload();
  });
  const themes = select('theme', Object.fromEntries(THEMES.map((name) => [name, t(`menu.themes.${name}`)])), memory.theme, (name) => {
    memory.theme = name;
    applyTheme();
  });
  const volume = h('input', {
    testid: 'volume', type: 'range', min: 0, max: 1, step: 0.05, value: String(memory.volume),
    on: { change: () => {
      memory.volume = Number(volume.value);
      play('guessed');
    } },
  });
  return [row(languages, t('menu.language')), row(themes, t('menu.theme')), row(volume, t('menu.volume'))];
}

function select(testid, names, chosen, onChoose) {
  const element = h('select', { testid, on: { change: () => onChoose(element.value) } },
    ...Object.entries(names).map(([value, text]) => h('option', { value, text })));
  element.value = chosen;
  return element;
}

function row(control, label) {
  return h('div', { class: 'setting' }, h('label', { htmlFor: control.id, text: label }), control);
}

function keyList(keysChanged) {
  const said = h('p', { testid: 'keys-said', class: 'quiet', role: 'status' });
  const caps = ACTIONS.map((action) => {
    const cap = h('button', { testid: `key-${action}`, type: 'button', class: 'key', on: { click: () => listen(action, cap) } });
    return { action, cap };
  });
  function show() {
    for (const { action, cap } of caps) {
      cap.textContent = keyName(keyOf(action));
      cap.setAttribute('aria-label', t('menu.change', { action: actionName(action), key: keyName(keyOf(action)) }));
    }
    keysChanged();
  }
  function listen(action, cap) {
    cap.textContent = '…';
    setText(said, t('menu.press'));
    const take = (event) => {
      if (['Shift', 'Control', 'Alt', 'AltGraph', 'Meta'].includes(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
      let holder;
      if (event.key.length === 1) holder = bind(action, event.key);
      setText(said, holder ? t('menu.taken', { key: keyName(event.key), action: actionName(holder) }) : '');
      stop();
    };
    const stop = () => {
      cap.removeEventListener('keydown', take);
      cap.removeEventListener('blur', stop);
      show();
    };
    cap.addEventListener('keydown', take);
    cap.addEventListener('blur', stop);
  }
  show();
  const usual = h('button', { testid: 'usual-keys', type: 'button', class: 'plain', text: t('menu.usual'), on: { click: () => {
    unbindAll();
    show();
  } } });
  return [
    h('p', { class: 'quiet', text: t('menu.keys_text') }), said,
    h('ul', { class: 'keys' }, ...caps.map(({ action, cap }) => h('li', {}, h('span', { text: actionName(action) }), cap))), usual,
  ];
}
