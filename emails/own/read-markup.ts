/** Reads markup tag by tag, as forgiving as a browser. Knows nothing of what is allowed. Takes time in proportion to its length. */

import { decoded } from './entities.ts';

export interface Tag {
  /** In lower case, as the attributes' names are. */
  name: string;
  /** Decoded; of two with one name the first. */
  attributes: ReadonlyMap<string, string>;
}

export interface MarkupReader {
  begin(tag: Tag): void;
  end(name: string): void;
  /** Text as it is written, with its character references. */
  say(raw: string): void;
  drop(what: string): void;
}

const NAME = /[a-z][a-z0-9:-]*/iy;
const BLANK = /[\s/]+/y;
const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/y;

/** `hidden`: elements that go together with all that is in them. */
export function readMarkup(markup: string, hidden: ReadonlySet<string>, reader: MarkupReader): void {
  const lower = markup.toLowerCase();
  let at = 0;
  while (at < markup.length) {
    const next = markup.indexOf('<', at);
    if (next < 0) {
      reader.say(markup.slice(at));
      return;
    }
    if (next > at) reader.say(markup.slice(at, next));
    at = next;
    if (markup.startsWith('<!--', at)) {
      at = after(markup, '-->', at + 4);
    } else if (/[!?]/.test(markup[at + 1] ?? '')) {
      at = after(markup, '>', at);
    } else if (markup[at + 1] === '/' && nameAt(markup, at + 2)) {
      const name = nameAt(markup, at + 2);
      reader.end(name.toLowerCase());
      at = after(markup, '>', at + 2 + name.length);
    } else if (nameAt(markup, at + 1)) {
      const { tag, end } = tagAt(markup, at + 1);
      at = end;
      if (hidden.has(tag.name)) {
        reader.drop(`<${tag.name}>`);
        at = after(lower, `</${tag.name}`, at);
        if (at < markup.length) at = after(markup, '>', at);
      } else reader.begin(tag);
    } else {
      reader.say('<');
      at += 1;
    }
  }
}

/** Behind the next such text, or the end. */
function after(markup: string, what: string, from: number): number {
  const found = markup.indexOf(what, from);
  return found < 0 ? markup.length : found + what.length;
}

function nameAt(markup: string, at: number): string {
  NAME.lastIndex = at;
  return NAME.exec(markup)?.[0] ?? '';
}

function tagAt(markup: string, at: number): { tag: Tag; end: number } {
  const name = nameAt(markup, at);
  const attributes = new Map<string, string>();
  let end = at + name.length;
  while (end < markup.length && markup[end] !== '>') {
    BLANK.lastIndex = end;
    end += BLANK.exec(markup)?.[0].length ?? 0;
    ATTRIBUTE.lastIndex = end;
    const [all = '', key = '', double, single, bare] = ATTRIBUTE.exec(markup) ?? [];
    if (!all) {
      if (markup[end] === '>' || markup[end] === '<') break;
      // A stray quote or equals sign is passed by.
      end += 1;
      continue;
    }
    end += all.length;
    const known = key.toLowerCase();
    if (!attributes.has(known)) attributes.set(known, decoded(double ?? single ?? bare ?? ''));
  }
  return { tag: { name: name.toLowerCase(), attributes }, end: markup[end] === '>' ? end + 1 : end };
}
