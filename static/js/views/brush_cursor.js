/** A ring that follows the mouse over the canvas and shows how wide, and in which colour, the next stroke will be. */

import { CANVAS_WIDTH } from '../limits.js';
import { h } from '../dom.js';

/** @param {HTMLCanvasElement} canvas */
export function brushCursor(canvas) {
  const ring = h('div', { class: 'brush-cursor', hidden: true });
  let isOn = false, tools = null, frame = 0, place = null, shownSize = '';

  canvas.addEventListener('pointermove', (event) => {
    place = event;
    // Styles that change in the middle of an event make the browser lay out the page for whoever asks for a place next.
    frame ||= requestAnimationFrame(follow);
  });
  canvas.addEventListener('pointerleave', () => {
    place = null;
    ring.hidden = true;
  });

  function follow() {
    frame = 0;
    if (!place) return;
    // A finger covers what it draws: a ring below it helps nobody.
    ring.hidden = !isOn || place.pointerType === 'touch' || tools.tool === 'fill';
    if (ring.hidden) return;
    const box = canvas.getBoundingClientRect(), stage = canvas.parentElement.getBoundingClientRect();
    const size = tools.width * (box.width / CANVAS_WIDTH);
    if (shownSize !== `${size}px`) ring.style.setProperty('--size', (shownSize = `${size}px`));
    ring.style.transform = `translate(${place.clientX - stage.left - size / 2}px, ${place.clientY - stage.top - size / 2}px)`;
  }

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
