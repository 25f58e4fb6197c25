/** What players reported of each other: the drawing, the last lines of chat, and what can be done. */

import { fetchReports, settle } from '../admin_api.js';
import { stills } from '../canvas/still.js';
import { h } from '../dom.js';
import { t } from '../i18n.js';
import { decodeRecords } from '../ink.js';
import { dayOf } from '../numbers.js';
import { askToBan, deed } from './admin_deed.js';
import { askedFor } from './page.js';

const PICTURE_WIDTH = 480;

/**
 * @param {(error: import('../api.js').ApiError) => (Node[] | null)} explain
 * @param {() => void} onBan
 */
export function reportsPart(explain, onBan) {
  const content = askedFor(() => fetchReports(), ({ reports, more }) => {
    const list = h('ul', { testid: 'admin-reports', class: 'admin-reports' });
    let oldest = reports.at(-1)?.id;
    const add = (found) => list.append(...found.map((report) => reportCard(report, onBan)));
    const older = h('button', { type: 'button', text: t('admin.older'), hidden: !more });
    older.addEventListener('click', deed(older, async () => {
      const next = await fetchReports(oldest);
      oldest = next.reports.at(-1)?.id;
      add(next.reports);
      older.hidden = !next.more;
    }));
    add(reports);
    return [reports.length ? list : h('p', { class: 'quiet', text: t('admin.no_reports') }), h('div', { class: 'buttons' }, older)];
  }, explain);
  return { ...content, element: h('section', { class: 'admin-part' }, h('h2', { text: t('admin.reports') }), content.element) };
}

/** @param {import('../admin_api.js').Report} report @param {() => void} onBan */
function reportCard(report, onBan) {
  const done = h('button', { type: 'button', text: t('admin.settle') });
  done.addEventListener('click', deed(done, async () => {
    await settle(report.id);
    card.remove();
  }));
  const banning = h('button', { type: 'button', text: t(report.is_banned ? 'admin.is_banned' : 'admin.ban'), disabled: report.is_banned, on: { click: () =>
    askToBan(report.player_id, report.nickname, () => {
      banning.disabled = true;
      banning.textContent = t('admin.is_banned');
      onBan();
    }) } });
  const card = h('li', { class: 'card admin-report' },
    h('h3', { text: t('admin.reported', { name: report.nickname, by: report.reporter }), dir: 'auto' }),
    h('p', { class: 'quiet', text: [dayOf(report.made, { dateStyle: 'medium' }), t('admin.in_room', { code: report.room })].join(' · ') }),
    report.reason && h('blockquote', { text: report.reason, dir: 'auto' }),
    h('div', { class: 'admin-evidence' }, report.ink && picture(report), report.lines.length > 0 && chat(report)),
    h('div', { class: 'buttons' }, banning, done));
  return card;
}

/** The drawing as it stood. */
function picture({ ink, nickname }) {
  const records = decodeRecords(Uint8Array.from(atob(ink), (letter) => letter.charCodeAt(0)).buffer);
  const [canvas] = stills(records.map((record) => ({ at: 0, record })), [records.length], PICTURE_WIDTH);
  canvas.className = 'admin-picture';
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', t('admin.drawing_of', { name: nickname }));
  return canvas;
}

/** What was said before; the reported player's lines stand out. */
function chat({ lines, player_id }) {
  return h('ol', { class: 'admin-lines' }, ...lines.map((line) => h('li', { class: line.player_id === player_id ? 'is-theirs' : '', dir: 'auto' },
    h('b', { text: line.nickname }), ' ', h('span', { text: line.text }))));
}
