/** The drawer's tools. */

import { COLORS, QUICK_COLORS, SIZES, colorFromHex } from '../canvas/palette.js';
import { h, setText } from '../dom.js';
import { t } from '../i18n.js';
import { icon } from '../icons.js';
import { actionOf, keyName, keyOf } from '../keys.js';
import { INK_WIDTH, MAX_WIDTH, MIN_WIDTH } from '../limits.js';

/** @type {import('../canvas/drawer_hand.js').Tool[]} */
const TOOLS = ['brush', 'eraser', 'line', 'fill', 'dropper'];

/** What an action of the toolbar is called. @param {string} action  see keys.js */
export function actionName(action) {
  const [kind, which] = action.split('_');
  if (kind === 'size') return t('tools.size', { n: Number(which) });
  return kind === 'colour' ? t(`colours.${which}`) : t(`tools.${action}`);
}

/**
 * @param {{undo(): void, redo(): void, clear(): void, help(): void, changed(): void}} actions  `changed`: another tool, colour or size was
 *   picked
 */
export function toolbar(actions) {
  /** What the hand holds; the drawer's hand reads it at each stroke. @type {import('../canvas/drawer_hand.js').Tools & {hex: string}} */
  const tools = { tool: 'brush', color: colorFromHex(COLORS[0][1]), hex: COLORS[0][1], width: SIZES[1], splits: true };
  const toolButtons = TOOLS.map((name) => button(name, `tool-${name}`, icon(name), () => pick({ tool: name })));
  /** @type {('undo' | 'redo' | 'clear')[]} */
  const deedNames = ['undo', 'redo', 'clear'];
  const deeds = deedNames.map((name) => button(name, name, icon(name), () => actions[name]()));
  const sizeButtons = SIZES.map((size, index) => {
    const dot = h('span', { class: 'size-dot', style: `--dot: ${5 + 5 * index}px` });
    return button(`size_${index + 1}`, '', dot, () => pick({ width: size }));
  });
  const slider = h('input', {
    testid: 'brush-width', type: 'range', min: MIN_WIDTH, max: MAX_WIDTH, 'aria-label': t('tools.width'), on: { input: () => pick({ width: Number(slider.value) }) },
  });
  const width = h('output', { class: 'brush-width' });
  const colorButtons = COLORS.map(([name, hex]) => {
    const label = t(`colours.${name}`);
    return h('button', { type: 'button', class: 'color', 'aria-label': label, title: label, style: `--color: ${hex}`, on: { click: () => pickColor(hex) } });
  });
  const own = h('input', { testid: 'own-colour', type: 'color', class: 'color own', 'aria-label': t('tools.own'), title: t('tools.own'), value: '#8a3fd1', on: { input: () => pickColor(own.value) } });

  function pick(change) {
    Object.assign(tools, change);
    TOOLS.forEach((name, index) => press(toolButtons[index], name === tools.tool));
    SIZES.forEach((size, index) => press(sizeButtons[index], size === tools.width));
    COLORS.forEach(([, hex], index) => press(colorButtons[index], hex === tools.hex));
    own.classList.toggle('is-picked', !COLORS.some(([, hex]) => hex === tools.hex));
    slider.value = String(tools.width);
    setText(width, `${tools.width} px`);
    actions.changed();
  }

  /** Picking a colour means to paint with it. */
  function pickColor(hex) {
    if (!COLORS.some(([, known]) => known === hex)) own.value = hex;
    pick({ hex, color: colorFromHex(hex), tool: ['eraser', 'dropper'].includes(tools.tool) ? 'brush' : tools.tool });
  }

  /** With so many strokes one has to make do, where that is limited; 0: with any number. */
  let most = 0;
  const left = h('p', { testid: 'strokes-left', class: 'strokes-left', role: 'status', hidden: true });

  function tellLeft(drawn) {
    if (most) setText(left, t('tools.strokes_left', { n: Math.max(0, most - drawn) }));
  }

  /** Whether a key's action is one that the turn allows. @param {string} action */
  function isOpen(action) {
    if (!most || action === 'help') return true;
    return !element.classList.contains('is-plain') && /^(size|colour|thinner|thicker)/.test(action);
  }

  const resize = (by) => pick({ width: Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, tools.width + by)) });
  const keyed = [...toolButtons, ...deeds, ...sizeButtons];
  const deedOf = {
    ...Object.fromEntries(keyed.map((each) => [each.dataset.action, () => each.click()])),
    ...Object.fromEntries(QUICK_COLORS.map((name) => [`colour_${name}`, () => pickColor(COLORS.find(([known]) => known === name)[1])])),
    thinner: () => resize(-2), thicker: () => resize(2), help: () => actions.help(),
  };
  const element = h('div', { testid: 'toolbar', class: 'toolbar', role: 'toolbar', 'aria-label': t('tools.title') },
    left,
    group('tools', t('tools.tools'), [...toolButtons, ...deeds]),
    group('colors', t('tools.colours'), [...colorButtons, own]),
    group('sizes', t('tools.sizes'), [...sizeButtons, h('span', { class: 'slider' }, slider, width)]));
  return {
    element,
    tools,
    pickColor,
    /**
     * Leaves only what a turn allows: with few strokes no other tools, in an imitation no other ink than the artist's.
     * @param {number} strokes @param {boolean} plain @param {number} drawn
     */
    limit(strokes, plain, drawn) {
      if (most !== strokes || element.classList.contains('is-plain') !== (plain && strokes > 0)) {
        most = strokes;
        tools.splits = !strokes;
        left.hidden = !strokes;
        element.classList.toggle('is-limited', strokes > 0);
        element.classList.toggle('is-plain', plain && strokes > 0);
        if (strokes) pick({ tool: 'brush', ...(plain && { hex: COLORS[0][1], color: colorFromHex(COLORS[0][1]), width: INK_WIDTH }) });
      }
      tellLeft(drawn);
    },
    tellLeft,
    /** Whether one more stroke may be drawn beside so many. @param {number} drawn */
    takesStroke(drawn) {
      if (most && drawn >= most) return false;
      tellLeft(drawn + 1);
      return true;
    },
    /** Says the keys anew: the player has chosen others. */
    relabel: () => keyed.forEach(label),
    start: () => pick({}),
    /** Does what a key stands for. @returns {boolean} whether it stands for anything */
    pressKey(key) {
      const action = actionOf(key);
      if (action && isOpen(action)) deedOf[action]();
      return Boolean(action);
    },
  };
}

function button(action, testid, picture, click) {
  return label(h('button', { testid, type: 'button', class: 'tool', 'data-action': action, on: { click } }, picture));
}

function label(button) {
  const { action } = button.dataset, name = actionName(action), key = keyName(keyOf(action));
  button.setAttribute('aria-label', name);
  button.setAttribute('aria-keyshortcuts', key);
  button.title = `${name} (${key})`;
  return button;
}

function group(name, label, buttons) {
  return h('div', { class: `toolbar-group ${name}`, role: 'group', 'aria-label': label }, ...buttons);
}

function press(button, isPressed) {
  button.setAttribute('aria-pressed', String(isPressed));
}
