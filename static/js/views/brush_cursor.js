/** A ring that follows the mouse over the canvas and shows how wide, and in which colour, the next stroke will be. */

import { CANVAS_WIDTH } from '../limits.js';
import { h } from '../dom.js';

/** @param {HTMLCanvasElement} canvas */
export function brushCursor(canvas) {
  const ring = h('div', { class: 'brush-cursor', hidden: true });
  let isOn = false, tools = null;

  canvas.addEventListener('pointermove', (event) => {
    // A finger covers what it draws: a ring below it helps nobody.
    ring.hidden = !isOn || event.pointerType === 'touch' || tools.tool === 'fill';
    const box = canvas.getBoundingClientRect();
    const size = (tools?.width ?? 0) * (box.width / CANVAS_WIDTH);
    ring.style.setProperty('--size', `${size}px`);
    ring.style.transform = `translate(${event.clientX - box.left - size / 2}px, ${event.clientY - box.top - size / 2}px)`;
  });
  canvas.addEventListener('pointerleave', () => { ring.hidden = true; });

  return {
    element: ring,
    /** @param {boolean} on @param {{tool: string, hex: string, width: number}} held */
    update(on, held) {
      isOn = on;
      tools = held;
      if (!on) ring.hidden = true;
      canvas.dataset.tool = on ? held.tool : '';
      ring.style.setProperty('--color', held.tool === 'eraser' ? '#ffffff' : held.hex);
    },
  };
}
