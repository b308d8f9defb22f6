import { describe, expect, test } from 'vitest';
import type { PopupFormat } from '../../core/rules/popup.ts';
import { type Finger, fingerOf, shownOn, unfold } from './popup-view.ts';
import { config } from './recorder.ts';
import { useStage } from './stage.ts';
import type { Visitor } from './visitor.ts';

const stage = useStage();
const told = (type: string) => stage.shop.events().filter((event) => event.type === type);

describe('a finger', () => {
  const card: Partial<Record<PopupFormat, string>> = { sheet: 'dialog', slide: '.slide', tab: '.slide' };
  /** Touch devices alone fetch what follows a finger. */
  async function held(format: PopupFormat, popup = {}, settings = {}): Promise<Visitor & Finger> {
    stage.shop.config = config([], settings);
    const visitor = await shownOn(stage, format, popup, { width: 390, touch: true });
    await unfold(visitor, format);
    return { ...visitor, ...(await fingerOf(visitor)) };
  }

  test.each<[PopupFormat, [number, number]]>([
    ['sheet', [0, 400]],
    ['slide', [250, 0]],
  ])('throws a %s away, which is a refusal', async (format, by) => {
    const visitor = await held(format);
    await visitor.drag(card[format] ?? '', by);
    await expect.poll(() => visitor.popup.count()).toBe(0);
    await expect.poll(() => told('offer_declined')).toHaveLength(1);
    expect(await visitor.page.evaluate(() => [scrollX, scrollY])).toEqual([0, 0]);
    expect(visitor.errors).toEqual([]);
  });

  test('throws a slide to the side where it stands', async () => {
    const visitor = await held('slide', { theme: { side: 'left' } });
    await visitor.drag('.slide', [-250, 0]);
    await expect.poll(() => visitor.popup.count()).toBe(0);
  });

  // A drag of its own: the browser may take this one for a scroll, and keep the next touches for it.
  test('throws no slide to the other side', async () => {
    const visitor = await held('slide', { theme: { side: 'left' } });
    await visitor.drag('.slide', [200, 0]);
    expect(await visitor.popup.count()).toBe(1);
    expect(told('offer_declined')).toEqual([]);
  });

  test('folds a tab’s slide, which refuses nothing', async () => {
    const visitor = await held('tab');
    await visitor.drag('.slide', [250, 0]);
    await visitor.popup.locator('.pull').waitFor();
    expect(told('offer_declined')).toEqual([]);
    await unfold(visitor, 'tab');
    expect((await visitor.popup.locator('.slide').boundingBox())?.x).toBeLessThan(30);
  });

  test.each<[PopupFormat, [number, number]]>([
    ['sheet', [0, 60]],
    ['sheet', [200, 0]],
    ['sheet', [0, -120]],
    ['slide', [40, 0]],
    ['slide', [0, -120]],
  ])('lets a %s come back that was moved by %j', async (format, by) => {
    const visitor = await held(format);
    const before = await visitor.popup.locator(card[format] ?? '').boundingBox();
    await visitor.drag(card[format] ?? '', by, 40);
    await expect.poll(() => visitor.popup.locator(card[format] ?? '').boundingBox()).toEqual(before);
    expect(told('offer_declined')).toEqual([]);
  });

  test.each([
    [200, 1],
    [0, 0],
  ])('a long sheet that is scrolled by %i px is there %i times after a drag down', async (scrolled, times) => {
    const fields = { name: 'required', birthday: 'required', phone: 'required' };
    const visitor = await held(
      'sheet',
      { fields, texts: { en: { text: 'Words. '.repeat(120) } } },
      { consent: 'both' },
    );
    const dialog = visitor.popup.locator('dialog');
    await dialog.evaluate((one, top) => one.scrollTo(0, top), scrolled);
    await visitor.drag('dialog', [0, 400]);
    if (times) await expect.poll(() => dialog.evaluate((one) => one.scrollTop)).toBeLessThan(200);
    await expect.poll(() => visitor.popup.count()).toBe(times);
  });

  test('a card follows it, and stands still at once for who wants no motion', async () => {
    const visitor = await held('slide');
    await visitor.page.emulateMedia({ reducedMotion: 'reduce' });
    await visitor.drag('.slide', [30, 0], 30);
    const style = await visitor.popup
      .locator('.slide')
      .evaluate((one: HTMLElement) => [one.style.translate, one.style.transition]);
    expect(style).toEqual(['', '']);
  });

  test('without touch nothing of it is fetched', async () => {
    await shownOn(stage, 'sheet');
    expect(stage.shop.requests.some((request) => /\/swipe-/.test(request))).toBe(false);
    await held('sheet');
    expect(stage.shop.requests.some((request) => /\/swipe-/.test(request))).toBe(true);
  });
});
