/** Draws elements into a tree and changes only what differs, by place: all that a popup needs of Preact, whose types it goes by. */

import type { ComponentChild } from 'preact';

type Props = Record<string, unknown>;

interface Drawn {
  tag: string;
  props: Props;
  children: unknown[];
}

const SVG = 'http://www.w3.org/2000/svg';

/** What JSX is made of. A part is called at once: it has no life of its own. */
export function h(type: string | ((props: Props) => unknown), props: Props | null, ...children: unknown[]): unknown {
  return typeof type === 'string' ? { tag: type, props: props ?? {}, children } : type({ ...props, children });
}

export const Fragment = ({ children }: Props): unknown => children;

/** Makes `parent` show the children, and keeps what is there already: fields keep what was typed into them. */
export function render(children: ComponentChild, parent: ParentNode & Node): void {
  fill(parent, [children]);
}

function fill(parent: Node, children: readonly unknown[]): void {
  let here = parent.firstChild;
  for (const child of children.flat(9)) {
    const made = asNode(child, here);
    if (made === here) here = here.nextSibling;
    else if (here) {
      const { nextSibling } = here;
      parent.replaceChild(made, here);
      here = nextSibling;
    } else parent.appendChild(made);
  }
  while (here) {
    const { nextSibling } = here;
    parent.removeChild(here);
    here = nextSibling;
  }
}

/** The child as a node, `old` itself where it is of the same sort. What is absent keeps its place as an empty text. */
function asNode(child: unknown, old: Node | null): Node {
  if (!isDrawn(child)) {
    const text = typeof child === 'string' || typeof child === 'number' ? `${child}` : '';
    if (!(old instanceof Text)) return document.createTextNode(text);
    if (old.data !== text) old.data = text;
    return old;
  }
  const { tag, props, children } = child;
  const same = old instanceof Element && old.localName === tag ? old : null;
  const element = same ?? (/^(svg|path)$/.test(tag) ? document.createElementNS(SVG, tag) : document.createElement(tag));
  for (const name of Object.keys(props)) setProp(element, name, props[name]);
  fill(element, children);
  return element;
}

const isDrawn = (child: unknown): child is Drawn => typeof child === 'object' && child !== null;

function setProp(element: Element, name: string, value: unknown): void {
  // Places tell children apart here: a key is for whoever checks the source.
  if (name === 'key') return;
  if (name.startsWith('on')) Object.assign(element, { [name.toLowerCase()]: value });
  // `false` is a word in aria-* and `spellcheck`, and absence elsewhere.
  else if (value === undefined || value === null || (value === false && !/^(aria-|spell)/.test(name)))
    element.removeAttribute(name);
  else if (element.getAttribute(name) !== `${value}`) element.setAttribute(name, `${value}`);
}
