/** Pages that change without loading: a single-page shop's history and hash, and the browser's own back-forward cache. */

import { isRoute } from '../../core/values/page-key.ts';
import { guarded } from '../guard.ts';
import { pageUrl } from './url.ts';

/** A document that has not changed for this long has been drawn; one that never rests is read all the same. */
const DRAWN_MS = 300;
const LONGEST_MS = 3_000;
/** What shops call the chosen variant. */
const VARIANT = /[?&](?:variant|variation_id|offer_?id|sku_?id)=([^&#]*)/i;

export interface Turns {
  /** The address has changed: what comes now belongs to another page. */
  left(): void;
  /** That page has been drawn. */
  drawn(): void;
  /** The address names another variant of what the page shows. */
  varied(): void;
}

export function onNavigation({ left, drawn, varied }: Turns): void {
  let known = location.href;
  let stopWaiting: (() => void) | undefined;

  const look = guarded((): void => {
    const [before, now] = [known, location.href];
    known = now;
    if (place(now) !== place(before)) turn();
    else if (chosen(now) !== chosen(before)) varied();
  });

  function turn(): void {
    stopWaiting?.();
    left();
    stopWaiting = whenDrawn(guarded(drawn));
  }

  addEventListener('popstate', look);
  addEventListener('hashchange', look);
  addEventListener(
    'pageshow',
    guarded((event: PageTransitionEvent) => event.persisted && turn()),
  );
  if ('navigation' in window && window.navigation) window.navigation.addEventListener('currententrychange', look);
  else wrapHistory(look);
}

/** Where browsers don't tell: the page's own history gets our ear, and keeps its behaviour. */
function wrapHistory(look: () => void): void {
  for (const name of ['pushState', 'replaceState'] as const) {
    const original = history[name];
    guarded(() => {
      history[name] = function (this: History, ...input: Parameters<History['pushState']>) {
        Reflect.apply(original, this, input);
        look();
      };
    })();
  }
}

/** What makes it another page: the path, the query but for advertising's part and the variant, and a hash that is a route. */
function place(href: string): string {
  const hash = href.replace(/^[^#]*/, '');
  return (pageUrl(href, href) ?? href).replace(VARIANT, '').replace('&', '?') + (isRoute(hash) ? hash : '');
}

const chosen = (href: string): string | undefined => VARIANT.exec(href)?.[1];

function whenDrawn(act: () => void): () => void {
  const done = (): void => {
    stop();
    act();
  };
  let rest = setTimeout(done, DRAWN_MS);
  const limit = setTimeout(done, LONGEST_MS);
  const observer = new MutationObserver(() => {
    clearTimeout(rest);
    rest = setTimeout(done, DRAWN_MS);
  });
  observer.observe(document, { childList: true, subtree: true });
  const stop = (): void => {
    clearTimeout(rest);
    clearTimeout(limit);
    observer.disconnect();
  };
  return stop;
}
