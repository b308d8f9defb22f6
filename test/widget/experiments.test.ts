/** What a page does for a rule's experiment: tells whom an offer was kept from, as reliably as whom it was shown to. */

import { describe, expect, test } from 'vitest';
import { config, rule, summary } from './recorder.ts';
import { product, useStage } from './stage.ts';

const stage = useStage();
const { arrive } = stage;
const HELD = rule().id;
const OTHER = '5a4d1c52-7f5e-4a43-9d5f-6f1f5be0a002';

const offers = (): unknown[] =>
  stage.shop.events().flatMap((event) => ('rule' in event ? [[event.type, event.rule, event.variant]] : []));

describe('a visitor held out', () => {
  test('is told of once, when the offer would have been shown, and not again while whoever saw it has quiet', async () => {
    stage.shop.pages['/p'] = product('Linen throw', 'A1');
    stage.shop.visits = summary({ arms: { [HELD]: 'holdout' } });
    const visitor = await arrive();
    await visitor.visit(`${stage.shop.url}/p`);
    expect(offers()).toEqual([]);
    await visitor.leave();
    await expect.poll(offers).toEqual([['offer_withheld', HELD, 'holdout']]);
    await visitor.leave();
    await visitor.visit(`${stage.shop.url}/p?again`);
    await visitor.leave();
    await visitor.page.goto('about:blank');
    await expect.poll(() => stage.shop.events().filter(({ type }) => type === 'exit_intent').length).toBeGreaterThan(1);
    expect(offers()).toEqual([['offer_withheld', HELD, 'holdout']]);
    expect(visitor.errors).toEqual([]);
  });

  test('is not told of where nobody would have been shown anything', async () => {
    stage.shop.pages['/p'] = product('Linen throw', 'A1');
    stage.shop.visits = summary({ arms: { [HELD]: 'holdout' }, refusedAt: new Date().toISOString() });
    const visitor = await arrive();
    await visitor.visit(`${stage.shop.url}/p`);
    await visitor.leave();
    await visitor.page.goto('about:blank');
    await expect.poll(() => stage.shop.events().map(({ type }) => type)).toContain('exit_intent');
    expect(offers()).toEqual([]);
  });

  test('is spoken to by the next rule, and counts for both', async () => {
    stage.shop.pages['/p'] = product('Linen throw', 'A1');
    stage.shop.config = config([rule({ priority: 2 }), rule({ id: OTHER })]);
    stage.shop.visits = summary({ arms: { [HELD]: 'holdout', [OTHER]: null } });
    const visitor = await arrive();
    await visitor.visit(`${stage.shop.url}/p`);
    await visitor.leave();
    await visitor.popup.locator('dialog[open]').waitFor();
    await expect.poll(() => offers().length).toBe(2);
    expect(offers()).toEqual(
      expect.arrayContaining([
        ['offer_withheld', HELD, 'holdout'],
        ['offer_shown', OTHER, null],
      ]),
    );
  });
});

describe('a rule of two moments', () => {
  const two = rule({
    variants: [
      { key: 'leaving', weight: 1 },
      { key: 'reading', weight: 1, moment: 'scroll' },
    ],
  });
  const LONG = '<div style="height: 5000px"></div>';

  test('counts who waits for the other moment as eligible, and speaks at that one', async () => {
    stage.shop.pages['/p'] = product('Linen throw', 'A1', '129.00', LONG);
    stage.shop.config = config([two]);
    stage.shop.visits = summary({ arms: { [HELD]: 'reading' } });
    const visitor = await arrive();
    await visitor.visit(`${stage.shop.url}/p`);
    await visitor.leave();
    await expect.poll(offers).toEqual([['offer_withheld', HELD, 'reading']]);
    expect(await visitor.popup.count()).toBe(0);
    await visitor.page.evaluate(() => scrollTo(0, 4_500));
    await visitor.popup.locator('dialog[open]').waitFor();
    await expect.poll(offers).toEqual([
      ['offer_withheld', HELD, 'reading'],
      ['offer_shown', HELD, 'reading'],
    ]);
  });

  test('opens at once for the shop’s own call, whichever moment was drawn', async () => {
    stage.shop.pages['/p'] = product('Linen throw', 'A1');
    stage.shop.config = config([two]);
    stage.shop.visits = summary({ arms: { [HELD]: 'reading' } });
    const visitor = await arrive();
    await visitor.visit(`${stage.shop.url}/p`);
    await visitor.page.evaluate(
      (id) => (window as unknown as { linger: (...call: unknown[]) => void }).linger('open', id),
      HELD,
    );
    await visitor.popup.locator('dialog[open]').waitFor();
    await expect.poll(offers).toEqual([['offer_shown', HELD, 'reading']]);
  });
});
