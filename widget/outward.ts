/** Tells the page what we did: DOM events for the shop's own script, and the analytics that it has. Says nothing of anyone's address. */

import { guarded, ignore } from './guard.ts';

const TOLD = ['shown', 'accepted', 'declined'] as const;
export type Told = (typeof TOLD)[number];

declare global {
  interface Window {
    gtag?: unknown;
    ym?: unknown;
  }
}

export interface News {
  what: Told;
  rule: string;
  variant: string | null;
}

/** `outward`: not only the shop's own script, the analytics too. */
export function announce({ what, rule, variant }: News, outward = false): void {
  const name = `linger_${what}`;
  for (const tell of outward ? [toPage, toGoogle, toYandex] : [toPage]) guarded(tell)();

  function toPage(): void {
    const detail = Object.freeze({ rule, variant });
    document.dispatchEvent(new CustomEvent(`linger:${what}`, { detail }));
  }

  function toGoogle(): void {
    const { gtag, dataLayer } = window;
    // gtag puts its call into the same array: both ways would count everything twice.
    if (isFunction(gtag)) gtag('event', name, { linger_rule: rule, linger_variant: variant });
    else if (Array.isArray(dataLayer)) dataLayer.push({ event: name, linger_rule: rule, linger_variant: variant });
  }

  function toYandex(): void {
    const { ym } = window;
    if (!isFunction(ym)) return;
    for (const id of counters(ym)) ym(id, 'reachGoal', name, { rule, variant }, ignore);
  }
}

/** `linger('on', (what, {rule, variant}) => …)`: what the DOM events tell, for who would rather be called. */
export function onNews(tell: unknown): void {
  if (!isFunction(tell)) return;
  for (const what of TOLD)
    document.addEventListener(
      `linger:${what}`,
      guarded((event: Event) => tell(what, (event as CustomEvent).detail)),
    );
}

type Call = (...input: unknown[]) => unknown;

const isFunction = (value: unknown): value is Call => typeof value === 'function';

/** Metrica names a global after each counter once it runs; before that its calls wait in `ym.a`. */
function counters(ym: Call): string[] {
  const running = Object.keys(window).flatMap((name) => /^yaCounter(\d+)$/.exec(name)?.[1] ?? []);
  const { a: waiting } = ym as { a?: ArrayLike<unknown>[] };
  const begun = [...(waiting ?? [])].flatMap((call) => (call[1] === 'init' ? [String(call[0])] : []));
  return [...new Set([...running, ...begun])];
}
