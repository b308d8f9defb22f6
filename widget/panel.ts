/** What `?linger=debug` shows a shop's developer: every gate of every rule, every fact a condition asked for, and what holds all of them back. */

import { type ExplainedRule, explain } from '../core/rules/explain.ts';
import { MOMENTS, type Moment } from '../core/rules/rule.ts';
import type { Judge } from './bridge.ts';
import { guarded } from './guard.ts';

const EVERY_MS = 1_000;
const LOOK = `
:host { all: initial; position: fixed; left: 8px; bottom: 8px; z-index: 2147483647; max-width: min(460px, 94vw);
  max-height: 60vh; overflow: auto; background: #14181d; color: #dfe6ee; border-radius: 8px;
  font: 12px/1.5 ui-monospace, Menlo, Consolas, monospace; padding: 10px 12px; box-sizing: border-box; }
h1, h2 { font: inherit; font-weight: 700; margin: 0 0 4px } h2 { margin-top: 8px; overflow-wrap: anywhere }
ul { margin: 0; padding: 0; list-style: none } .open { color: #7fdba0 } .shut { color: #ff9d8a } .unknown { color: #f1ce6b }
button { all: revert; float: right; font: inherit } select { font: inherit }`;

export function openPanel(judge: () => Judge | undefined): void {
  const host = document.createElement('linger-panel');
  const root = host.attachShadow({ mode: 'open' });
  const look = new CSSStyleSheet();
  look.replaceSync(LOOK);
  root.adoptedStyleSheets = [look];
  const moments = element('select', '');
  moments.setAttribute('aria-label', 'moment');
  for (const name of MOMENTS) moments.append(element('option', name));
  const body = element('div', '');
  const close = element('button', 'close');
  root.append(close, element('h1', 'linger: would it speak now?'), moments, body);
  document.documentElement.append(host);

  const draw = guarded(() =>
    body.replaceChildren(...lines(judge()?.ask(moments.value as Moment) ?? null), element('p', visitLine())),
  );
  const timer = setInterval(draw, EVERY_MS);
  close.addEventListener('click', () => {
    clearInterval(timer);
    host.remove();
  });
  moments.addEventListener('change', draw);
  draw();
}

/** The visit's id, with which `GET /v1/explain?visit=` tells the server's side of it. */
function visitLine(): string {
  try {
    const kept = localStorage.getItem('linger') ?? sessionStorage.getItem('linger') ?? '{}';
    return `visit: ${JSON.parse(kept).visit ?? 'not remembered'}`;
  } catch {
    return 'visit: nothing can be remembered here';
  }
}

function lines(asked: ReturnType<Judge['ask']>): Node[] {
  if (!asked)
    return [element('p', 'The rules have not arrived, nothing has happened yet, or nothing may be remembered.')];
  const { decision, rules } = explain(asked.rules, asked.input);
  const verdict = 'show' in decision ? `show ${decision.show}` : `quiet: ${decision.quiet}`;
  return [
    element('div', verdict, 'show' in decision ? 'open' : 'shut'),
    ...(asked.waitFor
      ? [element('div', `stock: ${asked.waitFor.title} is sold out, no discount on it`, 'unknown')]
      : []),
    element('div', asked.held ? `held back: ${asked.held}` : 'nothing holds it back', asked.held ? 'shut' : 'open'),
    ...rules.flatMap(ruleLines),
  ];
}

function ruleLines({ rule, gates, when }: ExplainedRule): Node[] {
  const list = element('ul', '');
  for (const { gate, open, value } of gates) {
    // Of what gates see, numbers are times.
    const saw = typeof value === 'number' ? new Date(value).toISOString() : value;
    const told = saw === null ? gate : `${gate}: ${JSON.stringify(saw)}`;
    list.append(element('li', `${open ? '✓' : '✗'} ${told}`, open ? 'open' : 'shut'));
  }
  for (const { condition, value, verdict } of when) {
    const seen = value === undefined ? '' : `: ${value === null ? 'unknown' : JSON.stringify(value)}`;
    const mark = verdict === null ? '?' : verdict ? '✓' : '✗';
    const look = verdict === null ? 'unknown' : verdict ? 'open' : 'shut';
    list.append(element('li', `  ${mark} ${JSON.stringify(condition)}${seen}`, look));
  }
  return [element('h2', rule), list];
}

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  text: string,
  look = '',
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = look;
  return made;
}
