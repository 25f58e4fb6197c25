/** Small line drawings for buttons and badges, drawn with the current text colour on a 24 x 24 grid. */

import { svg } from './dom.js';

const SHAPES = {
  brush: ['M20 4c-5 2-9 6-11 9l3 3c3-2 7-6 8-12Z', 'M9 13c-4 0-3 5-6 6 3 2 9 1 9-3'],
  eraser: ['M8 19 3.5 14.5c-.7-.7-.7-1.6 0-2.3l8.2-8.2c.7-.7 1.6-.7 2.3 0l5.5 5.5c.7.7.7 1.6 0 2.3L12.5 19Z', 'M8 8l7.5 7.5', 'M7 19.5h13'],
  fill: ['M4 12 11 5l8 8-6.5 6.5c-.8.8-1.7.8-2.5 0L4 13.5Z', 'M8 2l4 4', 'M5 13h13', 'M20.5 16c1 1.6 1.5 2.6 1.5 3.4a1.5 1.5 0 0 1-3 0c0-.8.5-1.8 1.5-3.4Z'],
  undo: ['M8 5 4 9l4 4', 'M4 9h9c9 0 9 11 0 11h-3'],
  redo: ['M16 5l4 4-4 4', 'M20 9h-9c-9 0-9 11 0 11h3'],
  line: ['M5 19 19 5', 'M4 17.5 6.5 20', 'M17.5 4 20 6.5'],
  dropper: ['M14 6l4 4', 'M12 8l4 4-8 8H4v-4Z', 'M15 5c2-3 6 1 4 4l-1 1-4-4Z'],
  clear: ['M4 7h16', 'M9 7V4h6v3', 'M6 7l1 13h10l1-13', 'M10 11v5M14 11v5'],
  crown: ['M3 8l4 4 5-7 5 7 4-4-2 10H5Z'],
  pencil: ['M4 20l1-5L16 4l4 4L9 19Z', 'M13.5 6.5l4 4'],
  tick: ['M4 13l5 5L20 6'],
  leave: ['M14 4H6v16h8', 'M10 12h11', 'M17 8l4 4-4 4'],
  sliders: ['M4 7h8M18 7h2M4 17h3M13 17h7', 'M15 4a3 3 0 1 0 0 6 3 3 0 0 0 0-6Z', 'M10 14a3 3 0 1 0 0 6 3 3 0 0 0 0-6Z'],
  pause: ['M8 5v14', 'M16 5v14'],
  play: ['M7 4l12 8-12 8Z'],
  eye: ['M2 12c5-8 15-8 20 0-5 8-15 8-20 0Z', 'M12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5Z'],
  more: ['M5 12h.01', 'M12 12h.01', 'M19 12h.01'],
  up: ['M7 11v9H4v-9Z', 'M7 11l4-8c2 0 3 1 2.5 3L13 9h6c1.500 0 2.200 1 2 2.500l-1.500 7c-.3 1-1 1.500-2 1.500H7'],
  down: ['M7 13V4H4v9Z', 'M7 13l4 8c2 0 3-1 2.500-3L13 15h6c1.500 0 2.200-1 2-2.500l-1.500-7c-.3-1-1-1.500-2-1.500H7'],
  muted: ['M4 5h16v11h-9l-4 4v-4H4Z', 'M3 3l18 18'],
  restart: ['M5 12a7 7 0 1 0 2-5', 'M4 4v5h5'],
  share: ['M12 15V4', 'M8 7l4-4 4 4', 'M6 11H5v9h14v-9h-1'],
  send: ['M4 12h14', 'M13 6l6 6-6 6'],
};

/** @param {keyof typeof SHAPES} name */
export function icon(name) {
  const paths = SHAPES[name].map((d) => svg('path', { d }));
  return svg('svg', { viewBox: '0 0 24 24', class: `icon icon-${name}`, 'aria-hidden': 'true' }, ...paths);
}
