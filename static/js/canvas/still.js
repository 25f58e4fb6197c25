/** Small pictures of a drawing as it stood at some moments. */

import { CANVAS_HEIGHT, CANVAS_WIDTH } from '../limits.js';
import { Drawing, firstVisible } from './drawing.js';
import { FillRegions } from './fill_regions.js';
import { paintFill, paintLine, paintPaper } from './paint.js';

/**
 * @param {import('./replay.js').Step[]} steps
 * @param {number[]} counts  after how many steps each picture is taken, in order
 * @param {number} width  of the pictures, in device pixels
 * @returns {HTMLCanvasElement[]}
 */
export function stills(steps, counts, width) {
  const drawing = new Drawing(), regions = new FillRegions();
  let taken = 0;
  return counts.map((count) => {
    for (; taken < count; taken++) drawing.apply(steps[taken].record);
    const canvas = Object.assign(document.createElement('canvas'), { width, height: Math.round((width * CANVAS_HEIGHT) / CANVAS_WIDTH) });
    paint(canvas.getContext('2d'), drawing.operations, regions);
    return canvas;
  });
}

function paint(context, operations, regions) {
  const scale = context.canvas.width / CANVAS_WIDTH;
  paintPaper(context);
  for (let index = firstVisible(operations); index < operations.length; index++) {
    const operation = operations[index];
    if (operation.kind === 'fill') paintFill(context, scale, regions.regionOf(operations, index), operation.color);
    else paintLine(context, scale, operation);
  }
}
