/** Builds elements without markup in strings: what players type only ever becomes text. */

/**
 * @param {string} tag
 * @param {object} [options]
 *   `on`: listeners by event; `testid`: an id that tests may rely on; `text`: text content; `class`; the rest are
 *   properties of the element where it has them (disabled, value, hidden, ...) and attributes elsewhere
 * @param {...(Node | string | null | false | undefined)} children  what is empty is skipped
 * @returns {any}
 */
export function h(tag, { on = {}, testid, text, class: className, ...rest } = {}, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (testid) {
    element.id = testid;
    element.dataset.testid = testid;
  }
  for (const [name, value] of Object.entries(rest)) {
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  for (const [event, listener] of Object.entries(on)) element.addEventListener(event, listener);
  if (text !== undefined) element.textContent = text;
  element.append(.../** @type {(Node | string)[]} */ (children.filter((child) => child || child === '')));
  return element;
}

/** Sets text only where it changed: a live region would read it again. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 * @param {...SVGElement} children
 */
export function svg(tag, attributes, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}
