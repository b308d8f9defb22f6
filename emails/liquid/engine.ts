/**
 * Liquid for texts that shops write: no files, no markup past the escaping, and a bound on everything that a text can make the server
 * do. What it costs is counted in steps and characters, never in time: the same text is refused everywhere, or nowhere.
 */

import { Context, type Emitter, Liquid, type Template, toValueSync } from 'liquidjs/dist/liquid.browser.mjs';
import { type Complaint, meant } from './complaint.ts';

/** Characters of a template. */
export const LONGEST_TEMPLATE = 40_000;
/** Characters that all texts of a letter may come to. */
export const LONGEST_RESULT = 120_000;
/** Tags and outputs that are carried out for a letter, each round of a loop anew. */
const MOST_STEPS = 10_000;
/** Characters and list places that filters and ranges may handle for a letter. */
const MOST_MEMORY = 500_000;
/** Tags within tags. */
const DEEPEST = 20;
/** Characters of the templates that are kept parsed: what they are parsed into takes many times as much. */
const MOST_KEPT = 300_000;

const TAGS = ['#', 'assign', 'break', 'case', 'comment', 'continue', 'for', 'if', 'part', 'unless'];
/** What belongs to those tags and is none by itself. */
const INNER = ['else', 'elsif', 'when', 'endif', 'endunless', 'endcase', 'endfor', 'endcomment'];
const FILTERS = [
  ...[
    'append',
    'capitalize',
    'default',
    'downcase',
    'escape',
    'prepend',
    'remove',
    'remove_first',
    'replace',
    'replace_first',
  ],
  ...['slice', 'strip', 'truncate', 'truncatewords', 'upcase', 'url_encode'],
  ...['abs', 'at_least', 'at_most', 'ceil', 'divided_by', 'floor', 'minus', 'modulo', 'plus', 'round', 'times'],
  ...['first', 'join', 'last', 'size'],
];

/** `html`: whatever is put in is escaped. `text`: it is plain text, escaped by whoever puts it into a letter. */
export type Syntax = 'text' | 'html';

/** The element that stands for a part of the letter until the markup is cleaned. */
export const PART_ELEMENT = 'linger-part';

const engines: Record<Syntax, Liquid> = { text: engineFor('text'), html: engineFor('html') };

function engineFor(syntax: Syntax): Liquid {
  const engine = new Liquid({
    ...(syntax === 'html' ? { outputEscape: 'escape' } : {}),
    ownPropertyOnly: true,
    strictFilters: true,
    dynamicPartials: false,
    cache: false,
    templates: {},
  });
  engine.registerTag('part', {
    parse({ args }) {
      const [, name] = /^\s*"?([a-z-]+)"?\s*$/.exec(args) ?? [];
      if (!name) throw new Error('part takes one name, as in {% part coupon %}');
      this.name = name;
    },
    render(_context, emitter) {
      if (syntax === 'html') emitter.write(`<${PART_ELEMENT} name="${this.name}"></${PART_ELEMENT}>`);
    },
  });
  for (const name of Object.keys(engine.tags)) if (!TAGS.includes(name)) delete engine.tags[name];
  for (const name of Object.keys(engine.filters)) if (!FILTERS.includes(name)) delete engine.filters[name];
  return engine;
}

export type Parsed = { templates: readonly Template[] } | { complaint: Complaint };

const kept = new Map<string, Parsed>();
let keptLength = 0;

export function parse(source: string, syntax: Syntax): Parsed {
  const key = `${syntax} ${source}`;
  const known = kept.get(key);
  if (known) return known;
  const parsed = parseAnew(source, syntax);
  if (keptLength + key.length > MOST_KEPT) {
    kept.clear();
    keptLength = 0;
  }
  kept.set(key, parsed);
  keptLength += key.length;
  return parsed;
}

function parseAnew(source: string, syntax: Syntax): Parsed {
  const refused = (message: string): Parsed => ({ complaint: { message, line: 1, column: 1 } });
  if (source.length > LONGEST_TEMPLATE) return refused(`must be at most ${LONGEST_TEMPLATE} characters`);
  const deep = tooDeep(source);
  if (deep !== null)
    return { complaint: { message: `more than ${DEEPEST} tags within each other`, ...placeAt(source, deep) } };
  try {
    return { templates: engines[syntax].parse(source) };
  } catch (error) {
    return { complaint: complaintOf(error) };
  }
}

/** Where tags first stand too deep within each other; null where they don't. Counted before anything walks down them. */
function tooDeep(source: string): number | null {
  let depth = 0;
  for (const { 1: name = '', index } of source.matchAll(/\{%-?\s*(\w+)/g)) {
    if (/^(if|unless|case|for|comment)$/.test(name)) depth += 1;
    else if (/^end/.test(name)) depth -= 1;
    if (depth > DEEPEST) return index;
  }
  return null;
}

export function placeAt(source: string, at: number): { line: number; column: number } {
  const before = source.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

interface Thrown {
  message?: string;
  originalError?: { message?: string };
  token?: { getPosition(): [number, number]; getText(): string };
}

/** In words for people: those of the parser are for programmers. */
function complaintOf(error: unknown): Complaint {
  const { message = '', originalError, token } = error as Thrown;
  const [line, column] = token?.getPosition() ?? [1, 1];
  const said = (originalError?.message ?? message).replace(/, line:\d+, col:\d+[\s\S]*$/, '');
  const near = (token?.getText() ?? '').replace(/\s+/g, ' ').slice(0, 60);
  return { message: explained(said, near), line, column };
}

function explained(said: string, near: string): string {
  const [, tag] = /^tag "(.*?)" not found/s.exec(said) ?? [];
  if (tag !== undefined)
    return INNER.includes(tag) ? `${near} stands where nothing was begun` : unknown('tag', tag, TAGS);
  const [, filter] = /undefined filter: (.*)/s.exec(said) ?? [];
  if (filter !== undefined) return unknown('filter', filter, FILTERS);
  if (/not closed/.test(said)) return `${near} is not closed`;
  if (/^part takes/.test(said)) return said;
  return near ? `${near} is not understood` : 'is not understood';
}

function unknown(kind: string, name: string, names: readonly string[]): string {
  const near = meant(name, names);
  return `unknown ${kind} "${name.slice(0, 40)}"${near ? `, did you mean "${near}"?` : ''}`;
}

/** Why a text could not be written out. */
class RenderError extends Error {
  override name = 'RenderError';
}

/** What the texts of one letter have taken so far. */
export interface Spent {
  steps: number;
  memory: number;
  characters: number;
}

export const nothingSpent = (): Spent => ({ steps: 0, memory: 0, characters: 0 });

/** Throws a RenderError where it would take or make too much. */
export function rendered(templates: readonly Template[], syntax: Syntax, data: object, spent: Spent): string {
  const engine = engines[syntax];
  const limits = {
    renderLimit: {
      use() {},
      check() {
        spent.steps += 1;
        if (spent.steps > MOST_STEPS) throw new RenderError(`it takes more than ${MOST_STEPS} steps`);
      },
    },
    memoryLimit: {
      use(count: number) {
        spent.memory += Number.isFinite(count) ? Math.max(0, count) : Number.POSITIVE_INFINITY;
        if (spent.memory > MOST_MEMORY) throw new RenderError('it handles too much text');
      },
      check() {},
    },
  };
  const emitter: Emitter = {
    buffer: '',
    write(text) {
      const said = text === null || text === undefined ? '' : String(text);
      spent.characters += said.length;
      if (spent.characters > LONGEST_RESULT)
        throw new RenderError(`it comes to more than ${LONGEST_RESULT} characters`);
      this.buffer += said;
    },
  };
  const context = new Context(data, engine.options, { sync: true }, { ...limits, liquid: engine });
  try {
    toValueSync(engine.renderer.renderTemplates([...templates], context, emitter));
  } catch (error) {
    const { originalError, message = '' } = error as Thrown;
    throw new RenderError((originalError?.message ?? message).replace(/, line:\d+, col:\d+[\s\S]*$/, '').slice(0, 300));
  }
  return emitter.buffer;
}
