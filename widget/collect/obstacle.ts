/** What stands on the page already and must not be talked over: a dialog of the shop's own, or the question about cookies. */

export type Obstacle = 'popup' | 'modal' | 'consent';

const MODALS = 'dialog[open],[aria-modal="true"]';
/** No vendor's list is ever complete; all of them say in an id or a class what they are. */
const BANNERS = ['cookie', 'consent', 'gdpr', 'onetrust-banner', 'didomi', 'cc-window', 'cmpbox']
  .map((word) => `[id*="${word}" i],[class*="${word}" i]`)
  .join(',');
/** What is smaller is the button that brings the banner back. */
const LEAST = { width: 200, height: 40 };

/** What calls itself a banner in the page, in sight or not: this search of the whole page is what takes time. */
export const banners = (): Element[] => [...document.querySelectorAll(BANNERS)];

/** `among`: where to look for banners. */
export function inTheWay(among = banners()): Obstacle | null {
  if (document.querySelector('linger-popup:not([hidden])')) return 'popup';
  if ([...document.querySelectorAll(MODALS)].some(inSight)) return 'modal';
  return among.some((element) => floats(element) && inSight(element)) ? 'consent' : null;
}

const floats = (element: Element): boolean => {
  const { width, height } = element.getBoundingClientRect();
  return (
    width >= LEAST.width &&
    height >= LEAST.height &&
    (element.matches('dialog') || /fixed|sticky/.test(getComputedStyle(element).position))
  );
};

/** Drawers that are shut are often only moved aside, or see-through. */
function inSight(element: Element): boolean {
  const { left, right, top, bottom, width, height } = element.getBoundingClientRect();
  const within = width > 0 && height > 0 && right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
  const { visibility, opacity, display } = getComputedStyle(element);
  return within && visibility === 'visible' && Number(opacity) > 0 && display !== 'none';
}
