/** Leaving, where there is no pointer to follow: coming back from elsewhere, or sitting still. Traps no history, blocks no scroll. */

import type { ExitSignal } from '../../core/visits/event.ts';
import { guarded } from '../guard.ts';
import { DEAF_MS } from './acts.ts';

const AWAY_MS = 5_000;
const STILL_MS = 25_000;
/** A fast way up is no leaving by itself; for this long it halves what the other two take. */
const WEIGHT_LASTS_MS = 30_000;
const FAST_MS = 500;

export interface Rest {
  moment: 'return' | 'idle';
  /** What makes it a leaving on a touch screen; null where nothing but the weight of a fast way up was missing. */
  signal: ExitSignal;
  touch: boolean;
  /** Whether it lasted long enough without the weight. */
  full: boolean;
}

/** Reports each return and each rest once; who listens asks for the cart. Returns what is to be told of whatever the visitor does. */
export function onRest(report: (rest: Rest) => void, { now = Date.now } = {}): (event: Event) => void {
  /** Whether it is a touch screen: as the last pointer said, or the screen itself where nobody has asked before. */
  let pointed: boolean | undefined;
  let actedAt = now();
  /** Whoever is away when this begins has just gone. */
  let hiddenAt: number | null = document.visibilityState === 'hidden' ? actedAt : null;
  let upAt = Number.NEGATIVE_INFINITY;
  /** Where the present way up began. */
  let high = { y: 0, at: actedAt };
  let climbing = false;
  /** How much of this rest has been reported. */
  let told = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const isTouch = (): boolean =>
    (pointed ??= guarded(() => matchMedia('(hover: none) and (pointer: coarse)').matches)() ?? false);

  const weighted = (): boolean => isTouch() && now() - upAt < WEIGHT_LASTS_MS;

  const watch = guarded((): void => {
    clearTimeout(timer);
    if (hiddenAt !== null || told > 1) return;
    const still = now() - actedAt;
    if (still >= STILL_MS) tell(2, 'idle', true);
    else if (still >= STILL_MS / 2 && told < 1 && weighted()) tell(1, 'idle', false);
    if (told < 2) timer = setTimeout(watch, Math.max(50, (still < STILL_MS / 2 ? STILL_MS / 2 : STILL_MS) - still));
  });

  function tell(much: number, moment: Rest['moment'], full: boolean): void {
    told = much;
    report({ moment, signal: full ? moment : 'scroll', touch: isTouch(), full });
  }

  const stirred = guarded((event: Event): void => {
    if (event instanceof PointerEvent && event.pointerType) pointed = event.pointerType === 'touch';
    // A pointer has other ways out, and asking where the page is may make the browser lay it out.
    if (!climbing && event.type !== 'keydown' && isTouch()) climb();
    // What is heard once a second may have gone on for as long.
    acted(now() + (/move|scroll|wheel/.test(event.type) ? DEAF_MS : 0));
  });

  function acted(at: number): void {
    // A timer that finds nothing to tell waits on by itself; only a rest that was told must be begun anew.
    actedAt = at;
    if (!told) return;
    told = 0;
    watch();
  }

  /** From now on each step of the way counts. */
  function climb(): void {
    climbing = true;
    const scrolled = guarded(({ target }: Event): void => {
      if (target !== document) return;
      const at = now();
      if (scrollY >= high.y || at - high.at > FAST_MS) high = { y: scrollY, at };
      else if (high.y - scrollY > innerHeight * 0.75) upAt = at;
      acted(at);
    });
    addEventListener('scroll', scrolled, { passive: true, capture: true });
  }

  const turned = guarded((): void => {
    const at = now();
    if (document.visibilityState === 'hidden') hiddenAt ??= at;
    else if (hiddenAt !== null) {
      const away = at - hiddenAt;
      hiddenAt = null;
      actedAt = at;
      told = 0;
      if (away >= AWAY_MS) report({ moment: 'return', signal: 'return', touch: isTouch(), full: true });
      else if (away >= AWAY_MS / 2 && weighted())
        report({ moment: 'return', signal: 'scroll', touch: true, full: false });
      watch();
    }
  });

  document.addEventListener('visibilitychange', turned);
  watch();
  return stirred;
}
