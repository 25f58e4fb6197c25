/** Light or dark: as the device has it, or as the player wants it. */

import { memory } from './memory.js';

export const THEMES = ['auto', 'light', 'dark'];

const prefersDark = matchMedia('(prefers-color-scheme: dark)');

export function applyTheme() {
  const dark = memory.theme === 'auto' ? prefersDark.matches : memory.theme === 'dark';
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  const paper = getComputedStyle(document.documentElement).getPropertyValue('--paper');
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', paper.trim());
}

prefersDark.addEventListener('change', applyTheme);
