/** Reading reviews: their block stays in the middle of the screen for five seconds. */

import { guarded } from '../guard.ts';

const READ_MS = 5_000;
const LOOK_EVERY_MS = 1_000;
const BLOCKS = [
  '[data-linger-reviews]',
  '[itemprop~="review"],[itemtype$="/Review"]',
  '#reviews,#tab-reviews,#product-reviews,#comments .commentlist',
  '.reviews,.product-reviews,.product__reviews,.reviews-list,.review-list',
  '.jdgm-rev-widg,.yotpo-main-widget,.stamped-main-widget,.spr-reviews,.okeReviews-reviews-main',
  '[id*="otzyv" i],[class*="otzyv" i]',
].join(',');

/** Reports once. Blocks that are put in later are found while the visitor scrolls. */
export function onReviewsRead(report: () => void): () => void {
  if (!('IntersectionObserver' in window)) return () => {};
  const seen = new Set<Element>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;

  const observer = new IntersectionObserver(
    guarded((entries: IntersectionObserverEntry[]) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) seen.add(target);
        else seen.delete(target);
      }
      rest();
    }),
    // A block that only peeks in at an edge is not being read.
    { rootMargin: '-25% 0px' },
  );

  const rest = guarded((): void => {
    clearTimeout(timer);
    if (seen.size > 0 && document.visibilityState === 'visible') timer = setTimeout(read, READ_MS);
  });
  const read = guarded((): void => {
    stop();
    report();
  });
  const look = guarded((): void => {
    if (performance.now() - lookedAt < LOOK_EVERY_MS) return;
    lookedAt = performance.now();
    for (const block of document.querySelectorAll(BLOCKS)) observer.observe(block);
  });
  const stop = (): void => {
    clearTimeout(timer);
    observer.disconnect();
    removeEventListener('scroll', look);
    document.removeEventListener('visibilitychange', rest);
  };

  addEventListener('scroll', look, { passive: true });
  document.addEventListener('visibilitychange', rest);
  look();
  return stop;
}
