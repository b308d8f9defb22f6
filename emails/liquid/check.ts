/** Looks for names that nothing will ever stand under, before a template is used: an output of nothing is noticed by readers first. */

import type { Template, Token } from 'liquidjs/dist/liquid.browser.mjs';
import { type Complaint, MOST_COMPLAINTS, meant } from './complaint.ts';
import { type Group, isGroup, isList, namesIn, type Shape } from './shape.ts';

const LOOP: Group = {
  index: 'number',
  index0: 'number',
  rindex: 'number',
  rindex0: 'number',
  first: 'yes-or-no',
  last: 'yes-or-no',
  length: 'number',
};

export interface Checked {
  complaints: Complaint[];
  /** Names that there are not: each is told of once. */
  missing: Set<string>;
  /** The first words of what it speaks of, such as `code`. */
  speaksOf: Set<string>;
  /** The parts that it places. */
  parts: { name: string; line: number; column: number }[];
}

export function check(templates: readonly Template[], known: Group): Checked {
  const checked: Checked = { complaints: [], missing: new Set(), speaksOf: new Set(), parts: [] };
  walk(templates, { known, names: new Map() }, checked);
  return checked;
}

interface Scope {
  known: Group;
  /** What was given a name on the way, by `assign` and `for`. */
  names: Map<string, Shape>;
}

/** Of the engine's own tags, what its types don't tell. */
interface AnyTemplate extends Template {
  name?: string;
  variable?: string;
  collection?: object;
  value?: object;
}

function walk(templates: readonly AnyTemplate[], scope: Scope, checked: Checked): void {
  for (const template of templates) {
    const { name } = template.token;
    if (name === 'part') {
      const [line, column] = template.token.getPosition();
      checked.parts.push({
        name: /[a-z-]+/.exec(template.token.getText().replace(/^\{%-?\s*part/, ''))?.[0] ?? '',
        line,
        column,
      });
      continue;
    }
    const found = [...(template.arguments?.() ?? [])].map((argument) => shapeOf(argument, scope, checked));
    for (const { content } of template.localScope?.() ?? []) scope.names.set(content, found[0] ?? 'text');
    const children = template.children?.(false, true).next().value as Template[] | undefined;
    if (children) walk(children, name === 'for' ? inLoop(template, found[0], scope, checked) : scope, checked);
  }
}

function inLoop({ token, variable = '' }: AnyTemplate, over: Shape | undefined, scope: Scope, checked: Checked): Scope {
  if (over !== undefined && !isList(over)) complain(checked, token, `${variable} can’t go through what is no list`);
  const inner: Shape = over !== undefined && isList(over) ? over[0] : 'text';
  return { known: scope.known, names: new Map([...scope.names, [variable, inner], ['forloop', LOOP]]) };
}

/** As the engine's parser leaves them: told apart by what they have. */
interface Node extends Partial<Token> {
  initial?: { postfix: Node[] };
  filters?: { name: string; args?: (Node | [string, Node])[] }[];
  lhs?: Node;
  rhs?: Node;
  props?: Node[];
  content?: unknown;
  number?: unknown;
}

function shapeOf(node: Node, scope: Scope, checked: Checked): Shape | undefined {
  if (node.props) return pathOf(node, scope, checked);
  if (node.lhs && node.rhs) {
    shapeOf(node.lhs, scope, checked);
    shapeOf(node.rhs, scope, checked);
    return ['number'];
  }
  if (!node.initial) return 'text';
  const parts = node.initial.postfix.map((part) => shapeOf(part, scope, checked));
  const args = (node.filters ?? []).flatMap(({ args = [] }) => args);
  for (const arg of args) shapeOf(Array.isArray(arg) ? arg[1] : arg, scope, checked);
  const filters = (node.filters ?? []).map(({ name }) => name).filter((name) => name !== 'default');
  const [shape] = parts;
  if (parts.length > 1) return 'yes-or-no';
  return filters.reduce<Shape | undefined>(
    (before, name) =>
      (name === 'first' || name === 'last') && before && isList(before) ? before[0] : filtered(name, before),
    shape,
  );
}

/** The filter that escapes whatever is put out has no name of ours. */
const filtered = (name: string, before: Shape | undefined): Shape | undefined =>
  /^[a-z_]+$/.test(name) ? (name === 'slice' ? before : 'text') : before;

/** The shape under a path such as `items[0].title`; complains of what isn't there, and gives undefined. */
function pathOf(node: Node, scope: Scope, checked: Checked): Shape | undefined {
  const props = node.props ?? [];
  const path = props.map((prop) => nameOf(prop, scope, checked));
  const [root] = path;
  if (typeof root !== 'string') return undefined;
  const own = scope.names.get(root);
  let shape: Shape | undefined = own ?? (Object.hasOwn(scope.known, root) ? scope.known[root] : undefined);
  if (own === undefined && shape !== undefined) checked.speaksOf.add(root);
  let said = root;
  let among: Shape = scope.known;
  for (const [step, part] of path.entries()) {
    if (step > 0) {
      among = shape ?? among;
      shape = shape === undefined ? undefined : inside(shape, part);
      said += typeof part === 'string' ? `.${part}` : `[${part ?? '…'}]`;
    }
    if (shape === undefined) {
      if (!checked.missing.has(said)) complain(checked, node as Token, missing(said, { path, step, among, scope }));
      checked.missing.add(said);
      return undefined;
    }
  }
  return shape;
}

/** A name, a place in a list, or null where it is known only when the letter is written. */
function nameOf(prop: Node, scope: Scope, checked: Checked): string | number | null {
  if (prop.props) {
    shapeOf(prop, scope, checked);
    return null;
  }
  if (typeof prop.content === 'string' || typeof prop.content === 'number') return prop.content;
  return null;
}

function inside(shape: Shape, part: string | number | null): Shape | undefined {
  if (isList(shape)) {
    if (part === 'size') return 'number';
    return typeof part === 'number' || part === null || part === 'first' || part === 'last' ? shape[0] : undefined;
  }
  if (isGroup(shape)) return typeof part === 'string' && Object.hasOwn(shape, part) ? shape[part] : undefined;
  return part === 'size' && shape === 'text' ? 'number' : undefined;
}

interface Missing {
  path: readonly (string | number | null)[];
  step: number;
  among: Shape;
  scope: Scope;
}

function missing(said: string, { path, step, among, scope }: Missing): string {
  const near = step === 0 ? nearRoot(path, scope) : nearInside(said, path[step] ?? null, among);
  return `unknown variable ${said.slice(0, 80)}${near ? `, did you mean ${near}?` : ''}`;
}

/** A root that there is not may be one that there is, or a whole name without its beginning: `first_name`. */
function nearRoot([root]: Missing['path'], { known, names }: Scope): string | null {
  if (typeof root !== 'string') return null;
  const near = meant(root, [...Object.keys(known), ...names.keys()]);
  const whole = namesIn(known).find(({ name }) => !name.includes('[]') && name.endsWith(`.${root}`))?.name;
  return whole ?? near;
}

function nearInside(said: string, part: string | number | null, among: Shape): string | null {
  if (typeof part !== 'string' || !isGroup(among)) return null;
  const near = meant(part, Object.keys(among));
  return near && `${said.slice(0, -part.length)}${near}`;
}

function complain(checked: Checked, token: Pick<Token, 'getPosition'>, message: string): void {
  if (checked.complaints.length >= MOST_COMPLAINTS) return;
  const [line, column] = token.getPosition();
  checked.complaints.push({ message, line, column });
}
