/** Draws a popup in a shadow tree of its own, opens it in the shop's page, and takes it away again without a trace. */

import { render } from 'preact';
import type { OpenPopup, Opinion, PopupOptions } from '../bridge.ts';
import { guarded, ignore } from '../guard.ts';
import { consentOf } from './consent.tsx';
import type { Format } from './format.ts';
import { css as full } from './full.css';
import { onKeyboard } from './keyboard.ts';
import { css } from './look.css';
import type { FieldProblem, Parts } from './parts.ts';
import { applyTheme } from './theme.ts';
import { isOpen, type Stage, type View } from './view.ts';

/** Clicks that come sooner were meant for the page underneath. */
const DEAF_MS = 500;
const COPIED_MS = 2_000;

/** How often a countdown is drawn, and the cart looked at. */
const SECOND_MS = 1_000;

type Problem = FieldProblem | 'invalidEmail' | 'consentNeeded' | 'failed' | 'offline';

/** Throws where nothing could be drawn. */
export function drawAs(format: Format, options: PopupOptions, parts: Partial<Parts> = {}): OpenPopup {
  const host = document.createElement('linger-popup');
  // Open: a page that means harm could open a closed one as well, and a shop's own tests and readers must see inside.
  const root = host.attachShadow({ mode: 'open' });
  const look = new CSSStyleSheet();
  look.replaceSync(css + (FULL ? full + (parts.css ?? '') : '') + format.css);
  root.adoptedStyleSheets = [look];
  if (FULL) applyTheme(host, options.rule.popup.theme);

  let openedAt = 0;
  let focusedBefore: Element | null = null;
  const words = options.wordsOf(options);
  const broken = new Set<string>();
  const { rule } = options;
  const social = FULL && rule.popup.act;
  // Who waits for an item is offered nothing that the steps lead to.
  const steps = (FULL && !options.waitFor && rule.popup.steps) || [];
  const asking: Stage = { phase: 'asking', busy: false, error: null };
  const next: Stage = FULL && social && steps.includes('act') ? { phase: 'acting', gone: false } : asking;
  const tells = FULL && steps.includes('progress');
  let stage: Stage = next;
  if (FULL && tells && parts.onlyTells?.(rule)) stage = { phase: 'telling' };
  else if (FULL && steps.includes('tease') && !format.teases) stage = { phase: 'teasing' };
  let ticking: ReturnType<typeof setInterval> | undefined;
  let cart: number | null = null;
  let opinions: readonly Opinion[] = [];
  let stopLifting: (() => void) | undefined;

  function draw(next: Stage): void {
    stage = next;
    if (FULL && tells) cart = options.cartValue?.() ?? null;
    render(format.frame(view), root);
  }

  const isDeaf = (): boolean => performance.now() - openedAt < DEAF_MS;

  /** Only what a person does, after having had time to see it. */
  const meant = (act: (event: Event) => void): ((event: Event) => void) =>
    guarded((event: Event) => {
      if (!event.isTrusted || isDeaf()) return event.preventDefault();
      act(event);
    });

  const isRefused = (): boolean => isOpen(stage) && !('busy' in stage && stage.busy);

  /** Whoever says no in so many words may be asked why. */
  function decline(): void {
    if (FULL && steps.includes('reason') && isRefused()) {
      settle({ phase: 'parting' });
      options.declined();
    } else close();
  }

  /** Closing is a refusal as long as the question stands; a claim that is under way has answered it. */
  function close(): void {
    const refused = isRefused();
    // Who was elsewhere in the page all along stays there.
    const inside = root.activeElement || root.querySelector('dialog');
    root.querySelector('dialog')?.close();
    host.remove();
    clearInterval(ticking);
    if (FULL) stopLifting?.();
    if (inside && focusedBefore instanceof HTMLElement) focusedBefore.focus({ preventScroll: true });
    if (refused) options.declined();
  }

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    if (stage.phase !== 'asking' || stage.busy) return;
    const fields = new FormData(event.target as HTMLFormElement);
    const email = String(fields.get('email')).trim();
    const consent = consentOf(view, (name) => fields.has(name));
    const filled = FULL && rule.popup.fields ? parts.readFields?.(view, fields) : undefined;
    if (!/^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(email)) return complain('invalidEmail', 'email');
    if (filled && 'problem' in filled) return complain(filled.problem, filled.field);
    if (!consent.data) return complain('consentNeeded', 'data');
    draw({ phase: 'asking', busy: true, error: null });
    const filledMs = Math.round(performance.now() - openedAt);
    const form = { email, ...filled?.given, consent, hp: String(fields.get('website')), filledMs };
    const outcome = await (options.waitFor ? options.join(form) : options.claim(form));
    if (!host.isConnected) return;
    switch (outcome.kind) {
      case 'taken':
        return settle({ phase: 'done', email, answer: outcome.answer, copied: false });
      case 'gone':
        return settle({ phase: 'gone' });
      case 'invalid':
        return complain('invalidEmail', 'email');
      case 'failed':
        return complain(navigator.onLine ? 'failed' : 'offline', 'email');
    }
  }

  function complain(error: Problem, field: string): void {
    draw({ phase: 'asking', busy: false, error });
    root.querySelector<HTMLElement>(`[name=${field}]`)?.focus();
  }

  function settle(next: Stage): void {
    draw(next);
    root.querySelector('h2')?.focus();
    if (next.phase === 'done' && next.answer.expiresAt) tick();
  }

  function tick(): void {
    clearInterval(ticking);
    ticking = setInterval(() => draw(stage), SECOND_MS);
  }

  /** From the network back to the question. */
  function performed(): void {
    if (!social || stage.phase !== 'acting') return;
    options.acted?.(social.act, social.network);
    settle(asking);
  }

  async function copy(): Promise<void> {
    if (stage.phase !== 'done' || !stage.answer.code) return;
    const done = stage;
    try {
      await navigator.clipboard.writeText(stage.answer.code);
    } catch {
      // No permission, or no clipboard: the code is selected, so that one key copies it.
      const code = root.querySelector('output');
      if (code) getSelection()?.selectAllChildren(code);
      return;
    }
    if (!host.isConnected) return;
    draw({ ...done, copied: true });
    setTimeout(() => host.isConnected && draw({ ...done, copied: false }), COPIED_MS);
  }

  const view: View = {
    options,
    words,
    get stage() {
      return stage;
    },
    broken,
    parts,
    get cart() {
      return cart;
    },
    get opinions() {
      return opinions;
    },
    act: {
      // The browser calls every submit its own, that of a script's click too: the click itself tells.
      press: meant(ignore),
      submit: (event) => {
        event.preventDefault();
        meant((trusted) => void submit(trusted).catch(() => complain('failed', 'email')))(event);
      },
      go: meant(() => settle(next)),
      perform: meant(() => {
        if (FULL && social)
          parts.perform?.(social, {
            gone: () => host.isConnected && stage.phase === 'acting' && draw({ phase: 'acting', gone: true }),
            back: () => host.isConnected && performed(),
          });
      }),
      performed: meant(performed),
      decline: meant(decline),
      reason: (why) =>
        meant(() => {
          options.reason?.(why);
          close();
        }),
      close: meant(close),
      copy: meant(() => void copy()),
      lose: (image) => {
        broken.add(image);
        draw(stage);
      },
    },
  };

  // The page's shortcuts and focus traps have no say in what is typed here.
  for (const type of ['keydown', 'keypress', 'keyup', 'focusin']) {
    root.addEventListener(type, (event) => event.stopPropagation());
  }
  draw(stage);
  // A page may break Preact: what was not drawn was not shown, and is not told as such.
  if (!root.firstElementChild) throw new Error('nothing was drawn');
  if (FULL)
    options
      .opinions?.()
      .then((found) => {
        // What comes while somebody reads would move what they are about to touch.
        if (openedAt && !(host.isConnected && isDeaf())) return;
        opinions = found;
        draw(stage);
      })
      .catch(ignore);
  const open = (): (() => void) => {
    openedAt = performance.now();
    focusedBefore = document.activeElement;
    if (FULL) stopLifting = onKeyboard((hidden) => host.style.setProperty('--linger-keyboard', `${hidden}px`));
    if (FULL && tells) tick();
    host.hidden = false;
    return format.show({ host, root, parts, draw: () => draw(stage), close, meant });
  };
  const lay = (there: boolean): void => {
    if (openedAt || !format.over) return;
    host.hidden = true;
    if (there) document.documentElement.append(host);
    else host.remove();
  };
  return Object.assign(open, { lay });
}
