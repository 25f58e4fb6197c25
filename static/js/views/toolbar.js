/** The drawer's tools. */

import { COLORS, SIZES, colorFromHex } from '../canvas/palette.js';
import { h } from '../dom.js';
import { icon } from '../icons.js';

const TOOLS = [['brush', 'Brush', 'B'], ['eraser', 'Eraser', 'E'], ['fill', 'Fill', 'F']];

/**
 * @param {{undo(): void, clear(): void, changed(): void}} actions  `changed`: another tool, colour or size was picked
 */
export function toolbar(actions) {
  /** What the hand holds; the drawer's hand reads it at each stroke. */
  const tools = { tool: 'brush', color: colorFromHex(COLORS[0][1]), hex: COLORS[0][1], width: SIZES[1] };
  const toolButtons = TOOLS.map(([name, label, key]) =>
    button(`tool-${name}`, label, key, icon(name), () => pick({ tool: name })));
  const undo = button('undo', 'Undo', 'U', icon('undo'), () => actions.undo());
  const clear = button('clear', 'Clear', 'C', icon('clear'), () => actions.clear());
  const sizeButtons = SIZES.map((size, index) => {
    const dot = h('span', { class: 'size-dot', style: `--dot: ${5 + 5 * index}px` });
    return button('', `Size ${index + 1}`, String(index + 1), dot, () => pick({ width: size }));
  });
  const colorButtons = COLORS.map(([name, hex]) =>
    h('button', {
      type: 'button', class: 'color', 'aria-label': name, title: name, style: `--color: ${hex}`,
      // Picking a colour means to paint with it.
      on: { click: () => pick({ hex, color: colorFromHex(hex), tool: tools.tool === 'eraser' ? 'brush' : tools.tool }) },
    }));

  function pick(change) {
    Object.assign(tools, change);
    TOOLS.forEach(([name], index) => press(toolButtons[index], name === tools.tool));
    SIZES.forEach((size, index) => press(sizeButtons[index], size === tools.width));
    COLORS.forEach(([, hex], index) => press(colorButtons[index], hex === tools.hex));
    actions.changed();
  }

  const keys = new Map([
    ...TOOLS.map(([, , key], index) => [key.toLowerCase(), toolButtons[index]]),
    ['u', undo], ['c', clear],
    ...sizeButtons.map((each, index) => [String(index + 1), each]),
  ]);
  const element = h('div', { testid: 'toolbar', class: 'toolbar', role: 'toolbar', 'aria-label': 'Drawing tools' },
    group('tools', 'Tools', [...toolButtons, undo, clear]),
    group('colors', 'Colours', colorButtons),
    group('sizes', 'Brush sizes', sizeButtons));
  return {
    element,
    tools,
    start: () => pick({}),
    /** Presses the button that a key stands for. @returns {boolean} whether there is one */
    pressKey(key) {
      keys.get(key.toLowerCase())?.click();
      return keys.has(key.toLowerCase());
    },
  };
}

function button(testid, label, key, picture, click) {
  return h('button', { testid, type: 'button', class: 'tool', 'aria-label': label, 'aria-keyshortcuts': key, title: `${label} (${key})`, on: { click } }, picture);
}

function group(name, label, buttons) {
  return h('div', { class: `toolbar-group ${name}`, role: 'group', 'aria-label': label }, ...buttons);
}

function press(button, isPressed) {
  button.setAttribute('aria-pressed', String(isPressed));
}
