/** A card that a finger can throw out of the window: it follows the finger, and comes back where it was not meant. */

import { guarded } from '../guard.ts';

export { css } from './swipe.css';

/** Sooner than this a touch may yet become a scroll, or a tap. */
const SLOP_PX = 8;
/** A third of the card, or a flick. */
const SHARE = 0.33;
const FLICK_PX_PER_MS = 0.5;

export type Towards = 'down' | 'left' | 'right';

/**
 * Touches and not pointers: where there is something to scroll, browsers take a pointer away as soon as it moves, and the
 * first move must tell whether the card goes or its words scroll.
 */
export function onSwipe(card: HTMLElement, towards: Towards, thrown: (event: Event) => void): void {
  const sign = towards === 'left' ? -1 : 1;
  let start: { x: number; y: number; at: number } | null = null;
  let swiping = false;
  let along = 0;

  const move = (to: string): void => {
    card.style.translate = to;
  };

  function began({ touches, target, timeStamp }: TouchEvent): void {
    const [touch, another] = touches;
    const typed = target instanceof Element && target.closest('input, select, output');
    // Zoomed in, a finger moves the page.
    const free = touch && !another && !typed && (window.visualViewport?.scale ?? 1) === 1;
    start = free ? { x: touch.clientX, y: touch.clientY, at: timeStamp } : null;
    swiping = false;
    along = 0;
    card.style.transition = '';
  }

  function moved(event: TouchEvent): void {
    const [touch] = event.touches;
    if (!start || !touch) return;
    const [x, y] = [(touch.clientX - start.x) * sign, touch.clientY - start.y];
    const [way, across] = towards === 'down' ? [y, x] : [x, y];
    if (!swiping) {
      if (Math.hypot(x, y) < SLOP_PX) return;
      swiping = way > Math.abs(across) && event.cancelable && (towards !== 'down' || card.scrollTop <= 0);
      if (!swiping) {
        start = null;
        return;
      }
    }
    event.preventDefault();
    along = Math.max(0, way);
    move(towards === 'down' ? `0 ${along}px` : `${along * sign}px`);
  }

  function ended(event: TouchEvent): void {
    if (!start || !swiping) return;
    const size = towards === 'down' ? card.offsetHeight : card.offsetWidth;
    const flick = along / (event.timeStamp - start.at) > FLICK_PX_PER_MS;
    start = null;
    if (event.type === 'touchend' && (along > size * SHARE || (flick && along > SLOP_PX * 3))) thrown(event);
    // Whatever became of it: a card that stays, or is unfolded again, stands where it stood.
    if (!matchMedia('(prefers-reduced-motion: reduce)').matches) card.style.transition = 'translate 0.2s ease-out';
    move('');
  }

  card.addEventListener('touchstart', guarded(began), { passive: true });
  card.addEventListener('touchmove', guarded(moved), { passive: false });
  card.addEventListener('touchend', guarded(ended));
  card.addEventListener('touchcancel', guarded(ended));
}
