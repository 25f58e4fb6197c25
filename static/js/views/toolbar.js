/** The drawer's tools. */

import { COLORS, SIZES, colorFromHex } from '../canvas/palette.js';
import { h, setText } from '../dom.js';
import { icon } from '../icons.js';
import { MAX_WIDTH, MIN_WIDTH } from '../limits.js';

const TOOLS = [['brush', 'Brush', 'B'], ['eraser', 'Eraser', 'E'], ['line', 'Straight line', 'L'], ['fill', 'Fill', 'F'], ['dropper', 'Take a colour from the drawing', 'I']];

/**
 * @param {{undo(): void, redo(): void, clear(): void, changed(): void}} actions  `changed`: another tool, colour or size was picked
 */
export function toolbar(actions) {
  /** What the hand holds; the drawer's hand reads it at each stroke. */
  const tools = { tool: 'brush', color: colorFromHex(COLORS[0][1]), hex: COLORS[0][1], width: SIZES[1] };
  const toolButtons = TOOLS.map(([name, label, key]) => button(`tool-${name}`, label, key, icon(name), () => pick({ tool: name })));
  const undo = button('undo', 'Undo', 'U', icon('undo'), () => actions.undo());
  const redo = button('redo', 'Redo', 'R', icon('redo'), () => actions.redo());
  const clear = button('clear', 'Clear', 'C', icon('clear'), () => actions.clear());
  const sizeButtons = SIZES.map((size, index) => {
    const dot = h('span', { class: 'size-dot', style: `--dot: ${5 + 5 * index}px` });
    return button('', `Size ${index + 1}`, String(index + 1), dot, () => pick({ width: size }));
  });
  const slider = h('input', {
    testid: 'brush-width', type: 'range', min: MIN_WIDTH, max: MAX_WIDTH, 'aria-label': 'Brush width', on: { input: () => pick({ width: Number(slider.value) }) },
  });
  const width = h('output', { class: 'brush-width' });
  const colorButtons = COLORS.map(([name, hex]) =>
    h('button', { type: 'button', class: 'color', 'aria-label': name, title: name, style: `--color: ${hex}`, on: { click: () => pickColor(hex) } }));
  const own = h('input', { testid: 'own-colour', type: 'color', class: 'color own', 'aria-label': 'A colour of your own', title: 'A colour of your own', value: '#8a3fd1', on: { input: () => pickColor(own.value) } });

  function pick(change) {
    Object.assign(tools, change);
    TOOLS.forEach(([name], index) => press(toolButtons[index], name === tools.tool));
    SIZES.forEach((size, index) => press(sizeButtons[index], size === tools.width));
    COLORS.forEach(([, hex], index) => press(colorButtons[index], hex === tools.hex));
    press(own, !COLORS.some(([, hex]) => hex === tools.hex));
    slider.value = String(tools.width);
    setText(width, `${tools.width} px`);
    actions.changed();
  }

  /** Picking a colour means to paint with it. */
  function pickColor(hex) {
    if (!COLORS.some(([, known]) => known === hex)) own.value = hex;
    pick({ hex, color: colorFromHex(hex), tool: ['eraser', 'dropper'].includes(tools.tool) ? 'brush' : tools.tool });
  }

  const keys = new Map([
    ...TOOLS.map(([, , key], index) => [key.toLowerCase(), toolButtons[index]]),
    ['u', undo], ['r', redo], ['c', clear],
    ...sizeButtons.map((each, index) => [String(index + 1), each]),
  ]);
  const element = h('div', { testid: 'toolbar', class: 'toolbar', role: 'toolbar', 'aria-label': 'Drawing tools' },
    group('tools', 'Tools', [...toolButtons, undo, redo, clear]),
    group('colors', 'Colours', [...colorButtons, own]),
    group('sizes', 'Brush sizes', [...sizeButtons, h('span', { class: 'slider' }, slider, width)]));
  return {
    element,
    tools,
    pickColor,
    start: () => pick({}),
    /** Presses the button that a key stands for. @returns {boolean} whether there is one */
    pressKey(key) {
      if (key === '[' || key === ']') {
        pick({ width: Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, tools.width + (key === '[' ? -2 : 2))) });
        return true;
      }
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
