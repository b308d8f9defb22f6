/**
 * Makes a shop's markup fit to stand in a letter. It is read tag by tag and written anew from what is allowed, each tag closed where it
 * stands: whatever comes in, what comes out stays inside the cell that it is put into, runs nothing and fetches only pictures.
 */

import { written } from '../html.ts';
import { PART_ELEMENT } from '../liquid/engine.ts';
import { ALLOWED_ELEMENTS, HIDDEN_ELEMENTS, VOID_ELEMENTS } from './allowed.ts';
import { decoded } from './entities.ts';
import { type KeptOptions, keptAttributes } from './kept-attributes.ts';
import { isBlock, isCell, openElements } from './open-elements.ts';
import { readMarkup, type Tag } from './read-markup.ts';
import { textWriter } from './text-writer.ts';

export interface PlacedPart {
  /** Markup of ours, trusted. */
  html: string;
  text: string;
}

export interface CleanOptions extends Pick<KeptOptions, 'link'> {
  /** A part of the letter by its name; null where it has nothing to show. */
  part(name: string): PlacedPart | null;
}

export interface CleanMarkup {
  html: string;
  text: string;
  /** What was left out, in words. */
  dropped: string[];
}

/** Blocks with room around them. */
const APART = new Set(['blockquote', 'h1', 'h2', 'h3', 'hr', 'ol', 'p', 'table', 'ul']);

export function cleanMarkup(markup: string, { part, link }: CleanOptions): CleanMarkup {
  const text = textWriter();
  const dropped = new Set<string>();
  const drop = (what: string): void => void dropped.add(what);
  let html = '';

  const breakAt = (name: string): void => {
    if (isBlock(name)) text.line(APART.has(name) ? 1 : 0);
  };
  /** With each stands where it leads, and where its words begin. */
  const open = openElements<{ href: string | undefined; mark: number }>((name, { href, mark }) => {
    html += `</${name}>`;
    if (href) sayWhere(href, text.since(mark), text.words);
    if (isCell(name)) text.words(' ');
    breakAt(name);
  });

  const place = (name: string): void => {
    const placed = open.makeRoom('table') ? part(name) : null;
    html += placed?.html ?? '';
    text.block(placed?.text ?? '');
  };
  const begin = (tag: Tag): void => {
    const { name, attributes } = tag;
    if (name === PART_ELEMENT) place(attributes.get('name') ?? '');
    else if (!ALLOWED_ELEMENTS.has(name)) drop(`<${name.slice(0, 40)}>`);
    else if (!open.makeRoom(name)) drop(`<${name}> out of its place`);
    else {
      const kept = keptAttributes(tag, { link, drop });
      if (!kept) return;
      breakAt(name);
      if (name === 'br') text.line(0);
      if (name === 'li') text.words('* ');
      if (name === 'img') text.words(kept.alt ?? '');
      html += `<${name}${Object.entries(kept)
        .map(([key, value]) => ` ${key}="${written(value)}"`)
        .join('')}>`;
      if (!VOID_ELEMENTS.has(name)) open.push(name, { href: kept.href, mark: text.mark() });
    }
  };
  const say = (raw: string): void => {
    const said = decoded(raw);
    if (open.betweenCells()) {
      if (said.trim()) drop('text between the cells of a table');
      return;
    }
    html += written(said).replaceAll('\u00a0', '&nbsp;');
    text.words(said);
  };

  readMarkup(markup, HIDDEN_ELEMENTS, { begin, end: open.close, say, drop });
  open.closeAll();
  return { html, text: text.text(), dropped: [...dropped] };
}

/** A link's address behind its words, unless they are the address. */
function sayWhere(href: string, label: string, words: (text: string) => void): void {
  const target = href.replace(/^(mailto|tel):/, '');
  if (label !== target) words(label ? ` (${target})` : target);
}
