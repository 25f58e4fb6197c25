/**
 * Paints operations onto a canvas of any resolution. `scale` is device pixels per logical pixel.
 */

import { CANVAS_HEIGHT, CANVAS_WIDTH } from '../limits.js';
import { polylineOf } from './paths.js';

const CELLS = CANVAS_WIDTH * CANVAS_HEIGHT;
const OUTSIDE = 0, INSIDE = 1, NEAR_EDGE = 2;
const place = new Uint8Array(CELLS);
const neighbour = new Uint32Array(CELLS);

export function paintPaper(context) {
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
}

/**
 * Paints a stroke or a curve, or the part of a curve that has grown.
 * @param {number[]} [tail]  points after its end
 * @returns {[number, number]} where its tip is, in logical pixels
 */
export function paintLine(context, scale, operation, fraction = 1, tail = []) {
  const line = tail.length ? [...polylineOf(operation, fraction), ...tail] : polylineOf(operation, fraction);
  const { red, green, blue, alpha } = operation.color;
  const color = `rgb(${red} ${green} ${blue} / ${alpha / 255})`;
  context.save();
  context.scale(scale, scale);
  context.beginPath();
  if (line.length === 2) {
    context.arc(line[0], line[1], operation.width / 2, 0, 2 * Math.PI);
    context.fillStyle = color;
    context.fill();
  } else {
    context.moveTo(line[0], line[1]);
    for (let at = 2; at < line.length; at += 2) context.lineTo(line[at], line[at + 1]);
    Object.assign(context, { strokeStyle: color, lineWidth: operation.width, lineCap: 'round', lineJoin: 'round' });
    context.stroke();
  }
  context.restore();
  return [line.at(-2), line.at(-1)];
}

/**
 * Paints a fill. The region is whole logical pixels, but the lines around it are smooth: a pixel near the edge is part line
 * and part old ground, so we work out how much of it is line and swap only the ground. Edges stay as smooth as they were.
 * @param {import('./logical_raster.js').Region} region
 */
export function paintFill(context, scale, region, color) {
  mark(region);
  const { box, target } = region;
  const left = Math.floor(box.left * scale), top = Math.floor(box.top * scale);
  const width = Math.min(context.canvas.width, Math.ceil((box.right + 1) * scale)) - left;
  const height = Math.min(context.canvas.height, Math.ceil((box.bottom + 1) * scale)) - top;
  const image = pixelsOf(context, left, top, width, height);
  const { data } = image, ground = channels(target), paint = [color.red, color.green, color.blue];
  for (let y = 0; y < height; y++) {
    const row = Math.min(CANVAS_HEIGHT - 1, Math.floor((top + y + 0.5) / scale)) * CANVAS_WIDTH;
    for (let x = 0; x < width; x++) {
      const cell = row + Math.min(CANVAS_WIDTH - 1, Math.floor((left + x + 0.5) / scale));
      if (place[cell] === OUTSIDE) continue;
      const at = 4 * (y * width + x);
      if (place[cell] === NEAR_EDGE) {
        swapGround(data, at, ground, channels(neighbour[cell]), paint);
      } else {
        [data[at], data[at + 1], data[at + 2]] = paint;
      }
    }
  }
  context.putImageData(image, left, top);
}

/** A canvas in the processor's memory. Read from one that lies in the GPU's, pixels make browsers warn in the console. */
const reader = document.createElement('canvas').getContext('2d', { willReadFrequently: true });

/** A part of a canvas. @returns {ImageData} */
export function pixelsOf({ canvas }, left, top, width, height) {
  Object.assign(reader.canvas, { width, height });
  reader.drawImage(canvas, -left, -top);
  return reader.getImageData(0, 0, width, height);
}

/** Marks each logical pixel as outside, inside, or near the edge with the colour of the line there. */
function mark({ spans, edge }) {
  place.fill(OUTSIDE);
  for (let at = 0; at < spans.length; at += 3) {
    const row = spans[at] * CANVAS_WIDTH;
    place.fill(INSIDE, row + spans[at + 1], row + spans[at + 2] + 1);
  }
  for (let at = 0; at < edge.length; at += 2) {
    const index = edge[at], column = index % CANVAS_WIDTH;
    for (let down = -1; down <= 1; down++) {
      for (let right = -1; right <= 1; right++) {
        const beside = index + down * CANVAS_WIDTH + right;
        const onCanvas = beside >= 0 && beside < CELLS && column + right >= 0 && column + right < CANVAS_WIDTH;
        if (!onCanvas || place[beside] !== INSIDE) continue;
        place[beside] = NEAR_EDGE;
        neighbour[beside] = edge[at + 1];
      }
    }
  }
  for (let at = 0; at < edge.length; at += 2) {
    place[edge[at]] = NEAR_EDGE;
    neighbour[edge[at]] = edge[at + 1];
  }
}

/** How much of a pixel is line shows in its colour: how far it lies on the way from the ground's to the line's. */
function swapGround(data, at, ground, line, paint) {
  let along = 0, squared = 0;
  for (let channel = 0; channel < 3; channel++) {
    const way = line[channel] - ground[channel];
    along += (data[at + channel] - ground[channel]) * way;
    squared += way * way;
  }
  const share = Math.min(1, Math.max(0, along / squared));
  for (let channel = 0; channel < 3; channel++) {
    data[at + channel] = paint[channel] + share * (line[channel] - paint[channel]);
  }
}

function channels(color) {
  return [color >> 16, (color >> 8) & 255, color & 255];
}
