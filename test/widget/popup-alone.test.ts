import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Item } from '../../core/catalogue/item.ts';
import type { PopupFormat } from '../../core/rules/popup.ts';
import type { ClaimAnswer, PublicRule } from '../../core/visits/wire.ts';
import type { PopupOptions } from '../../widget/bridge.ts';
import {
  fingerOf,
  focused,
  foldOf,
  listening,
  PLACE,
  reach,
  still,
  unfold,
  unreadable,
  violations,
} from './popup-view.ts';
import { rule } from './recorder.ts';
import { useStage } from './stage.ts';
import type { Visitor, VisitorOptions } from './visitor.ts';

const stage = useStage();
const CODE: ClaimAnswer = { status: 'shown', code: 'BACK-7KQ2M-9FX4TR' };
const CHUNKS: [chunk: 'popup' | 'formats', format: PopupFormat][] = [
  ['popup', 'modal'],
  ['formats', 'modal'],
  ['formats', 'sheet'],
  ['formats', 'slide'],
  ['formats', 'bar'],
  ['formats', 'tab'],
  ['formats', 'inline'],
];

interface Given extends Partial<Pick<PopupOptions, 'waitFor' | 'items' | 'locale'>>, VisitorOptions {
  chunk?: 'popup' | 'formats';
  rule?: PublicRule;
  consent?: PopupOptions['settings']['consent'];
  answer?: ClaimAnswer;
  /** What an address that takes a code begins with. */
  apply?: string;
}

/** A popup without a judge: what it is given here is all that it knows. What it tells comes to `told`. */
async function opened({ chunk = 'popup', answer = { status: 'sent' }, apply, consent = 'none', ...given }: Given) {
  stage.shop.pages['/p'] = `<!doctype html><html lang="en"><title>Shop</title>${PLACE}`;
  const visitor = await stage.arrive(given);
  await visitor.page.goto(`${stage.shop.url}/p`);
  await visitor.page.locator('#before').focus();
  const options = {
    rule: rule(),
    items: [],
    shop: { name: 'Maple & Linen', currency: 'USD', locale: 'en', timezone: 'Europe/Berlin' },
    settings: { consent, privacyUrl: null, memory: 'full', outward: true, waitlist: true },
    locale: 'en',
    waitFor: null,
    ...given,
  };
  await visitor.page.addScriptTag({
    type: 'module',
    content: `
      const options = ${JSON.stringify(options)};
      const [popup, words] = await Promise.all([import('/${built(chunk)}'), import('/${built(`words-${options.locale}`)}')]);
      await popup.prepare?.([options.rule], options.locale);
      window.told = [];
      const answered = (what) => async (form) => (told.push([what, form]), { kind: 'taken', answer: ${JSON.stringify(answer)} });
      const format = (amount, locale, options) => new Intl.NumberFormat(locale, options).format(amount);
      const numbers = {
        money: (amount, currency, locale) => format(amount, locale, { style: 'currency', currency }),
        percent: (value, locale) => format(value / 100, locale, { style: 'percent' }),
        count: (count, unit, locale) => format(count, locale, { style: 'unit', unit, unitDisplay: 'long' }),
      };
      const open = popup.drawPopup({ ...options, numbers, reduced: () => null, wordsOf: words.wordsOf, claim: answered('claim'), join: answered('join'),
        declined: () => told.push(['declined']),
        applyUrl: ${apply ? `(code) => ${JSON.stringify(apply)} + code` : 'undefined'} });
      open()();`,
  });
  await listening(visitor);
  const told = (): Promise<unknown[][]> => visitor.page.evaluate(() => (window as unknown as { told: [] }).told);
  return Object.assign(visitor, { told });
}

function built(chunk: string): string {
  const files = readdirSync(new URL('../../dist/widget/', import.meta.url));
  return files.find((file) => file.startsWith(`${chunk}-`)) ?? '';
}

const item = (changes: Partial<Item> = {}): Item => ({
  id: 'A1-L',
  title: 'Linen throw, large, sand',
  price: 129,
  currency: 'USD',
  url: `${stage.shop.url}/p`,
  image: `${stage.shop.url}/a.svg`,
  available: false,
  ...changes,
});

const ofFormat = (format: PopupFormat, more: Partial<PublicRule> = {}): PublicRule =>
  rule({
    offer: { kind: 'percent', value: 10, minOrder: 50, expiresIn: '7d' },
    popup: format === 'modal' ? { format } : { format, steps: ['tease', 'reason'] },
    ...more,
  });

test.each(CHUNKS)('%s: %s takes an address for what is sold out, and speaks of no offer', async (chunk, format) => {
  const visitor = await opened({
    chunk,
    rule: ofFormat(format),
    waitFor: item(),
    consent: 'both',
    items: [item({ id: 'other' })],
  });
  const { page, popup } = visitor;
  expect(await violations(visitor)).toEqual([]);
  if (foldOf(format)) expect(await popup.locator(foldOf(format) ?? '').textContent()).toBe('Tell me when it’s back');
  await unfold(visitor, format);
  expect(await popup.locator('h2').textContent()).toBe('Sold out for now');
  const words = (await popup.locator('.words').textContent()) ?? '';
  expect(words).not.toMatch(/\d+ ?%|\$|code|order/i);
  if (format !== 'bar') expect(words).toContain('Linen throw, large, sand');
  if (format !== 'bar') expect(await popup.locator('img').first().getAttribute('src')).toContain('/a.svg');
  expect([await violations(visitor), await unreadable(visitor)]).toEqual([[], []]);
  await reach(visitor, '#email');
  await page.keyboard.type('anna@example.com');
  await reach(visitor, '[name=data]');
  await page.keyboard.press('Space');
  await reach(visitor, 'form .accept');
  expect(await popup.locator('form .accept').textContent()).toBe('Tell me when it’s back');
  await page.keyboard.press('Enter');
  await popup.locator('.done').waitFor();
  expect(await focused(visitor)).toBe('title');
  expect(await popup.locator('h2').textContent()).toBe('We’ll let you know');
  expect(await popup.locator('.text').textContent()).toContain('anna@example.com');
  expect(await visitor.told()).toMatchObject([
    ['join', { email: 'anna@example.com', consent: { data: true, marketing: false } }],
  ]);
  expect(await violations(visitor)).toEqual([]);
  expect(visitor.errors).toEqual([]);
});

test.each(CHUNKS)('%s: %s is declined with a finger, and asks nobody why', async (chunk, format) => {
  const visitor = await opened({ chunk, rule: ofFormat(format), waitFor: item({ image: null }), width: 390 });
  const { tap } = await fingerOf(visitor);
  const fold = foldOf(format);
  if (fold) await tap(fold);
  await tap('.decline');
  await expect.poll(() => visitor.popup.count()).toBe(0);
  expect(await visitor.told()).toEqual([['declined']]);
});

test('waiting is spoken of in Russian', async () => {
  const visitor = await opened({ waitFor: item({ title: 'Плед льняной, 150 × 200' }), locale: 'ru' });
  expect(await visitor.popup.locator('h2').textContent()).toBe('Пока нет в наличии');
  expect(await visitor.popup.locator('form .accept').textContent()).toBe('Сообщите, когда появится');
});

test('who waits is asked for what the rule asks for', async () => {
  const popup = { format: 'modal', fields: { name: 'required' } } as const;
  const visitor = await opened({ chunk: 'formats', rule: rule({ popup }), waitFor: item() });
  await visitor.popup.locator('#email').fill('anna@example.com');
  await visitor.popup.locator('#name').fill('Anna');
  await visitor.popup.locator('form .accept').click();
  await expect.poll(visitor.told).toMatchObject([['join', { email: 'anna@example.com', name: 'Anna' }]]);
});

const answeredWithCode = async (given: Given): Promise<Visitor> => {
  const visitor = await opened({ ...given, answer: CODE });
  await visitor.popup.locator('#email').fill('anna@example.com');
  await visitor.popup.locator('form .accept').click();
  await visitor.popup.locator('.done').waitFor();
  return visitor;
};

test.each(['popup', 'formats'] as const)('%s: a code leads to where the shop applies it', async (chunk) => {
  const visitor = await answeredWithCode({ chunk, apply: '/discount/' });
  const link = visitor.popup.locator('a.accept');
  expect(await link.textContent()).toBe('Use it now');
  await still(visitor);
  expect(((await link.boundingBox())?.height ?? 0) >= 44).toBe(true);
  expect([await violations(visitor), await unreadable(visitor)]).toEqual([[], []]);
  expect(await visitor.popup.locator('button.decline').textContent()).toBe('Back to the shop');
  await link.click();
  await expect.poll(() => stage.shop.requests).toContain('GET /discount/BACK-7KQ2M-9FX4TR');
});

test('an address that is none of the web’s leads nowhere, and so does a shop that has no such place', async () => {
  const odd = await answeredWithCode({ apply: 'javascript:window.ran=1//' });
  expect(await odd.popup.locator('a.accept').count()).toBe(0);
  const none = await answeredWithCode({});
  expect(await none.popup.locator('a.accept').count()).toBe(0);
  expect(await none.popup.locator('button.accept').textContent()).toBe('Back to the shop');
});
