/** A grid of drawings that is asked for part by part: a button brings the next ones, and so does coming near it. */

import { h } from '../dom.js';
import { t } from '../i18n.js';
import { drawingGrid } from './drawing_card.js';
import { problem } from './page.js';

/** The next ones are asked for when the end of the grid is so near. */
const AHEAD = '600px';

/**
 * @param {import('../drawings_api.js').DrawingsPart} first
 * @param {(after: string) => Promise<import('../drawings_api.js').DrawingsPart>} ask
 * @param {(drawing: import('../drawings_api.js').DrawingCard) => HTMLElement} toCard
 */
export function moreDrawings(first, ask, toCard) {
  const grid = drawingGrid(first.drawings.map(toCard));
  const button = h('button', { testid: 'more', type: 'button', text: t('gallery.more'), on: { click: more } });
  const foot = h('div', { class: 'grid-foot' }, button);
  let next = first.next, isAsking = false;
  // A busy page is told late, of several moments at once: the last one counts.
  const observer = new IntersectionObserver((seen) => seen.at(-1).isIntersecting && more(), { rootMargin: AHEAD });

  function settle() {
    foot.hidden = !next;
    foot.replaceChildren(button);
    // Observed anew it tells where it is now: the part that came may have been a short one.
    observer.disconnect();
    if (next) observer.observe(foot);
  }

  async function more() {
    if (isAsking || !next) return;
    isAsking = true;
    button.disabled = true;
    try {
      const part = await ask(next);
      next = part.next;
      grid.append(...part.drawings.map(toCard));
      settle();
    } catch (error) {
      observer.disconnect();
      foot.replaceChildren(problem(error.message, more));
    }
    isAsking = false;
    button.disabled = false;
  }

  settle();
  return {
    element: h('div', { class: 'more-drawings' }, grid, foot),
    /** Looks again whether the end is near, after it was closed. */
    resume: settle,
    close: () => observer.disconnect(),
  };
}
