/** Drawings that the home page's sketch pad draws by itself. Paths are SVG's M, L and C on the 800 x 600 canvas. */

import { colorFromHex } from './canvas/palette.js';

const INK = '#1b1f3b', BLUE = '#2743d2', RED = '#d33a2c', YELLOW = '#f5c518', GREEN = '#1e7d4f', ORANGE = '#ee7f22', PINK = '#ec6f9c';

const DOODLES = [
  ['umbrella', [
    [RED, 13, 'M150 335C170 130 630 130 650 335'],
    [RED, 13, 'M150 335C185 285 245 285 275 335C310 285 370 285 400 335C430 285 490 285 525 335C555 285 615 285 650 335'],
    [RED, 9, 'M400 182C330 222 285 270 275 332'],
    [RED, 9, 'M400 182C470 222 515 270 525 332'],
    [INK, 11, 'M400 182L400 142'],
    [INK, 13, 'M400 336C401 390 400 440 400 486C400 546 318 546 322 484'],
    [BLUE, 9, 'M120 400C112 418 108 430 104 444'], [BLUE, 9, 'M206 440C198 458 194 470 190 484'],
    [BLUE, 9, 'M560 420C552 438 548 450 544 464'], [BLUE, 9, 'M652 396C644 414 640 426 636 440'],
    [BLUE, 9, 'M602 498C594 516 590 528 586 542'],
  ]],
  ['cat', [
    [INK, 12, 'M250 335C232 195 568 195 550 335C545 465 255 465 250 335'],
    [INK, 12, 'M266 270C256 215 256 165 268 126C306 152 338 182 356 226'],
    [INK, 12, 'M534 270C544 215 544 165 532 126C494 152 462 182 444 226'],
    [ORANGE, 13, 'M400 236C399 254 399 264 400 278'], [ORANGE, 13, 'M364 244C366 258 368 264 371 274'], [ORANGE, 13, 'M436 244C434 258 432 264 429 274'],
    [INK, 25, 'M335 316C335 322 335 326 335 332'], [INK, 25, 'M465 316C465 322 465 326 465 332'],
    [PINK, 13, 'M387 358C395 355 405 355 413 358C408 372 392 372 387 358'],
    [INK, 8, 'M400 370C398 400 362 404 350 386'], [INK, 8, 'M400 370C402 400 438 404 450 386'],
    [INK, 6, 'M296 362C250 352 200 346 160 348'], [INK, 6, 'M298 384C250 392 206 404 172 422'],
    [INK, 6, 'M504 362C550 352 600 346 640 348'], [INK, 6, 'M502 384C550 392 594 404 628 422'],
  ]],
  ['sailing boat', [
    [INK, 13, 'M186 420C300 436 500 436 614 420C594 474 566 508 524 510C440 514 360 514 282 510C236 504 206 470 186 420'],
    [INK, 11, 'M396 426C394 320 393 220 394 104'],
    [RED, 12, 'M414 130C504 210 550 300 562 384C510 396 460 396 414 390C410 300 410 220 414 130'],
    [BLUE, 12, 'M374 160C330 236 282 320 244 386C290 396 336 396 374 390C371 310 371 236 374 160'],
    [YELLOW, 15, 'M610 150C610 104 684 104 684 150C684 196 610 196 610 150'],
    [BLUE, 10, 'M80 552C120 526 152 526 190 552C228 578 262 578 300 552C338 526 372 526 410 552C448 578 482 578 520 552C558 526 592 526 630 552C660 572 690 574 716 558'],
  ]],
  ['cactus', [
    [GREEN, 14, 'M344 428C334 300 330 205 345 160C362 104 438 104 455 160C470 205 466 300 456 428'],
    [GREEN, 14, 'M338 340C280 345 226 330 224 262C224 226 274 224 276 260C278 288 300 294 337 291'],
    [GREEN, 14, 'M462 300C524 302 572 285 572 218C572 182 524 182 522 216C521 244 504 252 464 251'],
    [GREEN, 7, 'M380 190L380 214'], [GREEN, 7, 'M420 230L420 254'], [GREEN, 7, 'M382 290L382 314'], [GREEN, 7, 'M422 350L422 374'],
    [PINK, 14, 'M400 112C372 98 372 66 392 74C396 50 412 50 412 76C434 68 430 100 400 112'],
    [ORANGE, 14, 'M296 434C360 428 440 428 504 434'],
    [ORANGE, 14, 'M314 438C322 482 330 520 342 552C380 558 420 558 458 552C470 520 478 482 486 438'],
  ]],
  ['cup of tea', [
    [BLUE, 13, 'M230 270C262 238 538 238 570 270C540 304 260 304 230 270'],
    [BLUE, 13, 'M230 274C236 390 256 456 304 486C356 510 444 510 496 486C544 456 564 390 570 274'],
    [BLUE, 13, 'M566 312C660 284 668 408 540 424'],
    [INK, 11, 'M176 500C246 566 554 566 624 500'],
    [ORANGE, 9, 'M290 276C350 288 450 288 510 276'],
    [INK, 8, 'M330 214C306 184 352 164 330 130'], [INK, 8, 'M400 206C376 172 424 146 400 104'], [INK, 8, 'M470 214C446 184 492 164 470 130'],
  ]],
  ['goldfish', [
    [ORANGE, 14, 'M170 310C240 176 430 176 530 300C430 436 240 440 170 310'],
    [ORANGE, 14, 'M526 300C570 248 620 214 668 210C640 270 640 336 672 396C620 390 566 354 526 300'],
    [ORANGE, 10, 'M320 208C352 160 400 146 440 160C436 186 432 204 426 222'],
    [ORANGE, 8, 'M330 324C366 318 390 336 394 366C364 372 340 356 330 324'],
    [INK, 20, 'M252 282L252 286'],
    [RED, 8, 'M178 326C196 340 214 342 230 336'],
    [RED, 7, 'M300 240C326 276 326 340 302 380'],
    [BLUE, 8, 'M120 230C120 208 154 208 154 230C154 252 120 252 120 230'],
    [BLUE, 8, 'M96 150C96 122 140 122 140 150C140 178 96 178 96 150'],
    [BLUE, 7, 'M166 116C166 98 194 98 194 116C194 134 166 134 166 116'],
  ]],
];

/** How fast the pad draws, in logical pixels per millisecond. */
const SPEED = 0.6;

/** @returns {{word: string, curves: import('./ink.js').CurveRecord[]}[]} */
export function doodles() {
  return DOODLES.map(([word, strokes]) => ({ word, curves: strokes.map(toCurve) }));
}

function toCurve([hex, width, path], index) {
  const points = controlPoints(path);
  let reach = 0;
  for (let at = 2; at < points.length; at += 2) reach += Math.hypot(points[at] - points[at - 2], points[at + 1] - points[at - 1]);
  return { op: 'curve', stroke: index + 1, color: colorFromHex(hex), width, milliseconds: 120 + reach / SPEED, points };
}

/** The 3 n + 1 control points of a path; a straight line becomes a cubic with its controls on it. */
function controlPoints(path) {
  const points = [];
  for (const [, command, list] of path.matchAll(/([MLC])([^MLC]*)/g)) {
    const numbers = list.trim().split(/\s+/).map(Number);
    if (command === 'L') {
      const [x, y] = points.slice(-2), [toX, toY] = numbers;
      points.push(x + (toX - x) / 3, y + (toY - y) / 3, x + (2 * (toX - x)) / 3, y + (2 * (toY - y)) / 3);
    }
    points.push(...numbers);
  }
  return points;
}
