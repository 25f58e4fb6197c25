/** Drawing one's own face: a small sheet, ten colours, undo, and back to the generated one. */

import { h } from '../dom.js';
import { FACE_COLORS, FIELD, decodeFace, encodeFace, fitsTheWire } from '../faces.js';
import { t } from '../i18n.js';
import { faceStroke, facePicture } from './avatar.js';

const LEAST_STEP = 1.5;

/**
 * @param {string} drawn  the face so far, '' for none
 * @param {(face: string) => void} onDone
 */
export function openAvatarEditor(drawn, onDone) {
  const strokes = drawn ? decodeFace(drawn) : [];
  const sheet = facePicture(strokes);
  let color = 0;
  /** The stroke under the pointer. @type {import('../faces.js').FaceStroke | null} */
  let open = null;
  const colors = FACE_COLORS.map((hex, index) =>
    h('button', { type: 'button', class: 'color', 'aria-label': t('face.colour', { n: index + 1 }), style: `--color: ${hex}`, on: { click: () => pick(index) } }));
  const full = h('p', { class: 'quiet', role: 'status', text: t('face.full'), hidden: true });
  const dialog = h('dialog', { testid: 'avatar-editor', class: 'card dialog', 'aria-label': t('face.title') },
    h('h2', { text: t('face.title') }),
    h('div', { class: 'face-sheet', testid: 'face-sheet' }, sheet), full,
    h('div', { class: 'face-colors' }, ...colors),
    h('div', { class: 'buttons' },
      h('button', { type: 'button', text: t('face.undo'), on: { click: () => { strokes.pop(); redraw(); } } }),
      h('button', { type: 'button', text: t('face.start_over'), on: { click: () => { strokes.length = 0; redraw(); } } }),
      h('button', { testid: 'face-done', type: 'button', class: 'primary', text: t('face.done'), on: { click: () => finish(encodeFace(strokes)) } }),
      h('button', { type: 'button', class: 'plain', text: t('face.cancel'), on: { click: () => dialog.close() } })));

  function pick(index) {
    color = index;
    colors.forEach((button, at) => button.setAttribute('aria-pressed', String(at === index)));
  }
  function redraw() {
    sheet.replaceChildren(...strokes.map(faceStroke));
    full.hidden = fitsTheWire([...strokes, { color, points: [[0, 0], [1, 1]] }]);
  }
  /** @returns {[number, number]} */
  function place(event) {
    const box = sheet.getBoundingClientRect();
    const onField = (at) => Math.round((at / box.width) * (FIELD + 4) - 2);
    return [onField(event.clientX - box.left), onField(event.clientY - box.top)];
  }
  function finish(face) {
    onDone(face);
    dialog.close();
  }
  sheet.addEventListener('pointerdown', (event) => {
    if (open || event.button !== 0) return;
    sheet.setPointerCapture(event.pointerId);
    open = { color, points: [place(event)] };
    strokes.push(open);
    if (!fitsTheWire(strokes)) {
      strokes.pop();
      open = null;
    }
    redraw();
  });
  sheet.addEventListener('pointermove', (event) => {
    if (!open) return;
    const [x, y] = place(event), [lastX, lastY] = open.points.at(-1);
    if (Math.hypot(x - lastX, y - lastY) < LEAST_STEP) return;
    open.points.push([x, y]);
    if (!fitsTheWire(strokes)) open.points.pop();
    redraw();
  });
  for (const type of ['pointerup', 'pointercancel']) sheet.addEventListener(type, () => { open = null; });
  dialog.addEventListener('close', () => dialog.remove());
  pick(0);
  document.body.append(dialog);
  dialog.showModal();
}
