/** What visitors do with pointer and finger, which of it is a leaving, and whether anything may be shown for it. */

import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { ExitSignal } from '../../core/visits/event.ts';
import type { PublicRule } from '../../core/visits/wire.ts';
import type { TimedVisitor } from '../support/timed-visitor.ts';

export interface ExitCase {
  name: string;
  touch?: boolean;
  /** Something is in the cart. */
  cart?: boolean;
  /** More of the page, at its end. */
  more?: string;
  path?: string;
  arm?: string;
  rule?: Partial<PublicRule>;
  act(visitor: TimedVisitor): Promise<void>;
  signals: ExitSignal[];
  shown: boolean;
}

const CONFIRMED_MS = 351;
/** No longer: a popup that the clock overtakes on its way would rightly be too late. */
const RESTED_MS = 25_001;

const inside = (page: Page): Promise<void> => page.mouse.move(300, 300);
const out = (page: Page): Promise<void> => page.mouse.move(300, -5);

async function leave({ page, pass }: TimedVisitor): Promise<void> {
  await inside(page);
  await out(page);
  await pass(CONFIRMED_MS);
}

const drawn = ({ shown }: TimedVisitor): Promise<void> => expect.poll(shown).toBe(true);

async function leaveBy({ page, pass }: TimedVisitor, x: number, y: number): Promise<void> {
  await inside(page);
  await page.mouse.move(x, y);
  await pass(2_000);
}

/** From far down to the top, one stretch of the way each `every` ms. */
async function climb({ scrollTo, pass }: TimedVisitor, every: number): Promise<void> {
  for (const y of [3_000, 2_600, 2_200, 1_800, 1_400, 1_000]) {
    await scrollTo(y);
    await pass(every);
  }
}

const MODAL = '<div role="dialog" aria-modal="true" style="position:fixed;inset:20%;background:#fff">Size guide</div>';
const DRAWER = MODAL.replace('inset:20%', 'top:0;left:-500px;width:300px;height:100%');
const BANNER =
  '<div class="cookie-notice" style="position:fixed;bottom:0;left:0;right:0;height:90px">We use cookies <button>OK</button></div>';
const REMINDER = BANNER.replace('left:0;right:0;height:90px', 'left:0;width:48px;height:48px');
const HEADER = '<header style="position:fixed;top:0;left:0;right:0;height:60px;background:#eee">Menu</header>';

export const exitCases: ExitCase[] = [
  { name: 'out through the top and gone', act: leave, signals: ['pointer'], shown: true },
  {
    name: 'along a sticky header',
    more: HEADER,
    async act({ page, pass }) {
      await inside(page);
      for (const x of [100, 400, 800, 300]) await page.mouse.move(x, 1);
      await pass(2_000);
    },
    signals: [],
    shown: false,
  },
  {
    name: 'overshooting the header, back within 350 ms',
    more: HEADER,
    async act({ page, pass }) {
      await inside(page);
      await out(page);
      await pass(300);
      await page.mouse.move(300, 20);
      await pass(2_000);
    },
    signals: [],
    shown: false,
  },
  { name: 'out by the left edge', act: (visitor) => leaveBy(visitor, -5, 300), signals: [], shown: false },
  { name: 'out by the right edge', act: (visitor) => leaveBy(visitor, 1_290, 300), signals: [], shown: false },
  { name: 'out by the bottom', act: (visitor) => leaveBy(visitor, 300, 810), signals: [], shown: false },
  {
    name: 'into an open select that hangs out of the window',
    more: '<select><option>S<option>M</select>',
    async act(visitor) {
      await visitor.page.focus('select');
      await leave(visitor);
    },
    signals: [],
    shown: false,
  },
  {
    name: 'dragging something out with the button held',
    async act({ page, pass }) {
      await inside(page);
      await page.mouse.down();
      await out(page);
      await pass(2_000);
    },
    signals: [],
    shown: false,
  },
  {
    name: 'up to the address bar while a field has the focus',
    async act(visitor) {
      await visitor.page.focus('input');
      await leave(visitor);
    },
    signals: [],
    shown: false,
  },
  {
    name: 'out through the top after the field was left',
    async act(visitor) {
      await visitor.page.focus('input');
      await visitor.page.evaluate(() => (document.activeElement as HTMLElement).blur());
      await leave(visitor);
    },
    signals: ['pointer'],
    shown: true,
  },
  {
    name: 'the window loses the focus',
    async act({ page, pass }) {
      await inside(page);
      await page.evaluate(() => window.dispatchEvent(new Event('blur')));
      await pass(2_000);
    },
    signals: [],
    shown: false,
  },
  {
    name: 'fast up with the wheel',
    async act(visitor) {
      await inside(visitor.page);
      await climb(visitor, 50);
      await visitor.pass(2_000);
    },
    signals: [],
    shown: false,
  },
  {
    name: 'another tab for a minute, with a pointer',
    async act({ page, away }) {
      await inside(page);
      await away(60_000);
    },
    signals: [],
    shown: false,
  },
  {
    name: 'half a minute of reading with a cart, with a pointer',
    cart: true,
    async act({ page, pass }) {
      await inside(page);
      await pass(30_000);
    },
    signals: [],
    shown: false,
  },
  {
    name: 'twice out: one popup a page, both told',
    async act(visitor) {
      await leave(visitor);
      await drawn(visitor);
      await inside(visitor.page);
      await visitor.page.keyboard.press('Escape');
      await leave(visitor);
    },
    signals: ['pointer', 'pointer'],
    shown: false,
  },
  { name: 'out over the shop’s own dialog', more: MODAL, act: leave, signals: ['pointer'], shown: false },
  { name: 'out beside a drawer that is shut', more: DRAWER, act: leave, signals: ['pointer'], shown: true },
  { name: 'out over a cookie banner', more: BANNER, act: leave, signals: ['pointer'], shown: false },
  { name: 'out beside the button that brings it back', more: REMINDER, act: leave, signals: ['pointer'], shown: true },
  { name: 'out of the checkout', path: '/checkout', act: leave, signals: ['pointer'], shown: false },
  { name: 'out of the thank-you page', path: '/order-received/7', act: leave, signals: ['pointer'], shown: false },
  {
    name: 'held out: told at the same moment, never shown',
    arm: 'holdout',
    act: leave,
    signals: ['pointer'],
    shown: false,
  },

  { name: 'away for 4 s', touch: true, act: ({ away }) => away(4_000), signals: [], shown: false },
  { name: 'away for 6 s', touch: true, act: ({ away }) => away(6_000), signals: ['return'], shown: true },
  {
    name: 'away for 6 s, held out',
    touch: true,
    arm: 'holdout',
    act: ({ away }) => away(6_000),
    signals: ['return'],
    shown: false,
  },
  {
    name: 'away for 6 s in the middle of a form',
    touch: true,
    async act({ page, away }) {
      await page.focus('input');
      await away(6_000);
    },
    signals: ['return'],
    shown: false,
  },
  { name: 'still for 26 s without a cart', touch: true, act: still(26_000), signals: [], shown: false },
  { name: 'still for 20 s with a cart', touch: true, cart: true, act: still(20_000), signals: [], shown: false },
  {
    name: 'still for 25 s with a cart',
    touch: true,
    cart: true,
    act: still(RESTED_MS),
    signals: ['idle'],
    shown: true,
  },
  {
    name: 'still for ten minutes: told once',
    touch: true,
    cart: true,
    async act(visitor) {
      await visitor.pass(RESTED_MS);
      await drawn(visitor);
      await visitor.pass(575_000);
    },
    signals: ['idle'],
    shown: true,
  },
  {
    name: 'fast up, and on with reading',
    touch: true,
    cart: true,
    async act(visitor) {
      await climb(visitor, 50);
      await visitor.pass(10_000);
    },
    signals: [],
    shown: false,
  },
  {
    name: 'fast up, then away for 3 s',
    touch: true,
    async act(visitor) {
      await climb(visitor, 50);
      await visitor.away(3_000);
    },
    signals: ['scroll'],
    shown: true,
  },
  {
    name: 'slowly up, then away for 3 s',
    touch: true,
    async act(visitor) {
      await climb(visitor, 600);
      await visitor.away(3_000);
    },
    signals: [],
    shown: false,
  },
  {
    name: 'fast up, then still for 13 s with a cart',
    touch: true,
    cart: true,
    async act(visitor) {
      await climb(visitor, 50);
      await visitor.pass(13_000);
    },
    signals: ['scroll'],
    shown: true,
  },

  {
    name: 'a rule for resting, with a pointer',
    rule: { moment: 'idle' },
    act: still(RESTED_MS),
    signals: [],
    shown: true,
  },
  { name: 'a rule for resting, too early', rule: { moment: 'idle' }, act: still(20_000), signals: [], shown: false },
  {
    name: 'a rule for returning, with a pointer',
    rule: { moment: 'return' },
    act: ({ away }) => away(6_000),
    signals: [],
    shown: true,
  },
  {
    name: 'a rule for returning hears no leaving',
    rule: { moment: 'return' },
    act: leave,
    signals: ['pointer'],
    shown: false,
  },
  {
    name: 'a rule for reading on',
    rule: { moment: 'scroll' },
    act: ({ scrollTo }) => scrollTo(3_000),
    signals: [],
    shown: true,
  },
  {
    name: 'a rule for reading on, hardly begun',
    rule: { moment: 'scroll' },
    act: ({ scrollTo }) => scrollTo(300),
    signals: [],
    shown: false,
  },
  {
    name: 'a rule for 20 s of looking',
    rule: { moment: 'time', when: ['seconds', '>=', 20] },
    async act({ pass, shown }) {
      await pass(28_000);
      // The first look may find the popup still on its way.
      const later = async (): Promise<boolean> => {
        await pass(5_000);
        return shown();
      };
      await expect.poll(later).toBe(true);
    },
    signals: [],
    shown: true,
  },
  {
    name: 'a rule for 20 s of looking, sooner',
    rule: { moment: 'time', when: ['seconds', '>=', 20] },
    act: still(10_000),
    signals: [],
    shown: false,
  },
  {
    name: 'a button of the shop’s that opens the offer',
    rule: { moment: 'manual' },
    more: '<button data-linger-open><b>My discount</b></button>',
    act: ({ page }) => page.click('[data-linger-open] b'),
    signals: [],
    shown: true,
  },
];

function still(ms: number): (visitor: TimedVisitor) => Promise<void> {
  return ({ pass }) => pass(ms);
}
