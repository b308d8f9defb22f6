/** What tests of popups see and do: a popup on a page that has more to it, looked at and answered by hand, key and finger. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Popup, PopupFormat } from '../../core/rules/popup.ts';
import type { PublicRule } from '../../core/visits/wire.ts';
import { config, rule } from './recorder.ts';
import { product, type Stage } from './stage.ts';
import type { Visitor, VisitorOptions } from './visitor.ts';

const DEAF_MS = 500;
const FOLDED: Partial<Record<PopupFormat, string>> = { bar: '.tease .accept', tab: '.pull' };

/** A page that scrolls, with a place for `inline` and something to have the focus. */
export const PLACE = `<button id="before">before</button><div data-linger-inline></div><p id="after">after</p>${'<p>text</p>'.repeat(60)}`;

export interface Shown extends VisitorOptions {
  rule?: Partial<PublicRule>;
  /** What has to come while the popup is still deaf: until it has, the page's clock stands still. */
  until?(visitor: Visitor): Promise<unknown>;
}

/** A visitor before whom a popup of the format has just appeared; long enough for it to listen. */
export async function shownOn(
  stage: Stage,
  format: PopupFormat,
  popup: Partial<Popup> = {},
  { rule: more = {}, until, ...options }: Shown = {},
): Promise<Visitor> {
  stage.shop.pages['/p'] ??= product('Linen throw', 'A1', '129.00', PLACE);
  const rules = [rule({ moment: 'manual', ...more, popup: { format, ...popup } })];
  const { settings } = (stage.shop.config.body ?? {}) as { settings?: object };
  stage.shop.config = config(rules, settings);
  const visitor = await stage.arrive(options);
  await visitor.visit(`${stage.shop.url}/p`);
  await visitor.page.locator('#before').focus();
  await visitor.page.evaluate((stands) => {
    const at = performance.now();
    if (stands) performance.now = () => at;
    (window as unknown as { linger(name: string): void }).linger('open');
  }, Boolean(until));
  await until?.(visitor);
  await listening(visitor);
  return visitor;
}

/** Once it is there, and hears what is meant for it. */
export async function listening(visitor: Visitor): Promise<void> {
  await visitor.popup.locator('#title').waitFor({ state: 'attached' });
  await heard(visitor);
  await still(visitor);
}

/** Moves the page's clock on to where clicks are no longer taken for those that were meant for the page underneath. */
export const heard = ({ page }: Visitor): Promise<void> =>
  page.evaluate((ms) => {
    const now = performance.now.bind(performance);
    performance.now = () => now() + ms;
  }, DEAF_MS);

/** Brings what moves to rest: while a card rises, a box of 44 px is measured as 43.99. */
export const still = ({ popup }: Visitor): Promise<void> =>
  popup.evaluate((host) => {
    for (const animation of host.shadowRoot?.getAnimations() ?? []) animation.finish();
  });

/** Opens what is folded. */
export async function unfold(visitor: Visitor, format: PopupFormat): Promise<void> {
  const fold = FOLDED[format];
  if (!fold) return;
  await visitor.popup.locator(fold).click();
  await still(visitor);
}

export const foldOf = (format: PopupFormat): string | undefined => FOLDED[format];

export const focused = ({ page }: Visitor): Promise<string | undefined> =>
  page.evaluate(() => (document.activeElement?.shadowRoot ?? document).activeElement?.id);

/** Tabs until the element has the focus. */
export async function reach({ page, popup }: Visitor, selector: string): Promise<void> {
  for (let presses = 0; presses < 20; presses++) {
    if (await popup.locator(selector).evaluate((one) => one.matches(':focus'))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${selector}`);
}

export interface Finger {
  tap(selector: string): Promise<void>;
  /** From the middle of the element's upper part, so many px in so many steps. */
  drag(selector: string, by: [x: number, y: number], steps?: number): Promise<void>;
}

export async function fingerOf({ context, page, popup }: Visitor): Promise<Finger> {
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setTouchEmulationEnabled', { enabled: true });
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: { x: number; y: number }): Promise<unknown> =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: at ? [at] : [] });
  const boxOf = async (selector: string) => {
    const box = await popup.locator(selector).boundingBox();
    if (!box) throw new Error(`${selector} is not there`);
    return box;
  };
  return {
    async tap(selector) {
      await popup.locator(selector).scrollIntoViewIfNeeded();
      const { x, y, width, height } = await boxOf(selector);
      await touch('touchStart', { x: x + width / 2, y: y + height / 2 });
      await touch('touchEnd');
    },
    async drag(selector, [right, down], steps = 8) {
      const box = await boxOf(selector);
      const [x, y] = [box.x + box.width / 2, box.y + Math.min(30, box.height / 2)];
      await touch('touchStart', { x, y });
      for (let step = 1; step <= steps; step++)
        await touch('touchMove', { x: x + (right * step) / steps, y: y + (down * step) / steps });
      await touch('touchEnd');
    },
  };
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
export async function violations({ page }: Visitor): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const scope = window as unknown as { axe: { run(on: object): Promise<{ violations: { id: string }[] }> } };
    const found = await scope.axe.run({ include: [['linger-popup']] });
    return found.violations.map(({ id }) => id);
  });
}

/** Texts with less contrast than WCAG's 4.5, measured here: axe leaves mixed colours open. */
export function unreadable({ popup }: Visitor): Promise<string[]> {
  return popup.evaluate((host) => {
    const brush = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const rgba = (colour: string): number[] => {
      if (!brush) return [];
      brush.clearRect(0, 0, 1, 1);
      brush.fillStyle = colour;
      brush.fillRect(0, 0, 1, 1);
      return [...brush.getImageData(0, 0, 1, 1).data];
    };
    const luminance = (colour: number[]): number => {
      const [red = 0, green = 0, blue = 0] = colour.map((one) => {
        const share = one / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const ground = (one: Element): number[] => {
      const own = rgba(getComputedStyle(one).backgroundColor);
      return own[3] === 255 || !one.parentElement ? own : ground(one.parentElement);
    };
    return [...(host.shadowRoot?.querySelectorAll(':not(.aside)') ?? [])]
      .filter((one) => [...one.childNodes].some((node) => node instanceof Text && node.data.trim()))
      .filter((one) => {
        const [dark = 0, light = 0] = [luminance(rgba(getComputedStyle(one).color)), luminance(ground(one))].sort();
        return (light + 0.05) / (dark + 0.05) < 4.45;
      })
      .map((one) => one.className || one.localName);
  });
}
