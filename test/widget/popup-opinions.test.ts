import { describe, expect, test } from 'vitest';
import { PLACE, shownOn, unfold, unreadable, violations } from './popup-view.ts';
import { product, useStage } from './stage.ts';
import type { Visitor } from './visitor.ts';

const stage = useStage();
const FORMATS = ['modal', 'sheet', 'slide', 'bar', 'tab', 'inline'] as const;

describe('what buyers say', () => {
  const opinion = (text: string, more: object = {}) => ({ stars: 4, text, author: 'Ann', item: { id: 'A1' }, ...more });
  const published = (...data: object[]) => ({ status: 200, body: { count: data.length, average: 4, data } });
  const quotes = ({ popup }: Visitor) => popup.locator('.opinions blockquote').allTextContents();
  const until = ({ popup }: Visitor) => popup.locator('.opinions').waitFor({ state: 'attached' });
  const PATH = '/v1/reviews/published';

  test.each(FORMATS.filter((format) => format !== 'bar'))('%s quotes it in both widths', async (format) => {
    const soft = opinion('Soft as promised');
    const other = opinion('Arrived in two days', { stars: 5, author: '', item: { id: 'B', title: 'Morning mug' } });
    stage.shop.answers[PATH] = published(soft, other);
    const visitor = await shownOn(stage, format, { reviews: 'shop' }, { until });
    await unfold(visitor, format);
    expect(await quotes(visitor)).toEqual(['Soft as promised', 'Arrived in two days']);
    const { popup } = visitor;
    const said = await popup.locator('.opinions p').allTextContents();
    expect(said).toEqual(['★★★★☆Ann', '★★★★★Morning mug']);
    expect(await popup.locator('.stars').first().getAttribute('aria-label')).toBe('4 out of 5');
    expect([await violations(visitor), await unreadable(visitor)]).toEqual([[], []]);
    await visitor.page.setViewportSize({ width: 390, height: 800 });
    expect(await popup.locator('.opinions li:visible').count()).toBe(1);
    expect([await violations(visitor), await unreadable(visitor)]).toEqual([[], []]);
    expect(visitor.errors).toEqual([]);
  });

  test('it is asked for by the things that are shown, and markup in it is text', async () => {
    const long = `<img src=x onerror="window.hurt = 1"> ${'very '.repeat(60)}good`;
    stage.shop.answers[PATH] = published(opinion(long, { author: '<b>Ann</b>' }));
    const visitor = await shownOn(stage, 'modal', { reviews: 'items' }, { until });
    expect((await quotes(visitor))[0]).toMatch(/^<img src=x .* very …$/);
    expect(await visitor.popup.locator('.opinions').locator('img, b').count()).toBe(0);
    const [asked] = stage.shop.asked.filter((path) => path.startsWith(PATH));
    expect(Object.fromEntries(new URL(asked ?? '', stage.shop.url).searchParams)).toEqual({
      shop: 'pk_test',
      items: '["A1"]',
      others: 'false',
      words: 'true',
      limit: '2',
    });
    expect(await visitor.page.evaluate(() => 'hurt' in window)).toBe(false);
  });

  test.each([
    ['comes too late', published(opinion('Late')), true],
    ['fails', { status: 500, body: {} }, false],
    ['makes no sense', { status: 200, body: 'Maintenance' }, false],
    ['holds nothing', published(), false],
  ])('an answer that %s moves nothing', async (_how, answer, late) => {
    let comes = () => {};
    const after = new Promise<void>((resolve) => (comes = resolve));
    stage.shop.answers[PATH] = late ? { ...answer, after } : answer;
    const visitor = await shownOn(stage, 'slide', { reviews: 'items' });
    const before = await visitor.popup.locator('section').boundingBox();
    const answered = late && visitor.page.waitForResponse((response) => response.url().includes(PATH));
    comes();
    await answered;
    await visitor.popup.locator('form .accept').click();
    expect(await visitor.popup.locator('.opinions').count()).toBe(0);
    expect((await visitor.popup.locator('section').boundingBox())?.width).toBe(before?.width);
    expect(visitor.errors.filter((error) => !error.includes('Failed to load resource'))).toEqual([]);
  });

  test('nobody is asked where the rule quotes nobody, nor about what is waited for', async () => {
    await shownOn(stage, 'modal', { reviews: 'none' });
    stage.shop.pages['/p'] = product('Linen throw', 'A1', '129.00', PLACE).replace('InStock', 'OutOfStock');
    const visitor = await shownOn(stage, 'modal', { reviews: 'shop' });
    expect(await visitor.popup.locator('h2').textContent()).toBe('Sold out for now');
    expect(stage.shop.requests.filter((request) => request.includes(PATH))).toEqual([]);
  });
});
