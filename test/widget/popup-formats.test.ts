import { describe, expect, test } from 'vitest';
import { POPUP_FORMATS, type Popup, type PopupFormat } from '../../core/rules/popup.ts';
import { numbers } from '../../widget/popup/numbers.ts';
import { remaining } from '../../widget/popup/words.ts';
import { fingerOf, focused, foldOf, PLACE, reach, shownOn, unfold, unreadable, violations } from './popup-view.ts';
import { config, rule, summary, taken } from './recorder.ts';
import { product, useStage } from './stage.ts';
import type { Visitor, VisitorOptions } from './visitor.ts';

const stage = useStage();
const BESIDE = POPUP_FORMATS.filter((format) => format !== 'modal' && format !== 'sheet');
const CODE = { status: 'sent', code: 'BACK-7KQ2M-9FX4TR' } as const;

const shown = (format: PopupFormat, popup: Partial<Popup> = {}, options: VisitorOptions = {}): Promise<Visitor> =>
  shownOn(stage, format, popup, options);

const told = (): string[] => stage.shop.events().map(({ type }) => type);
const insideFocus = ({ page }: Visitor): Promise<boolean> =>
  page.evaluate(() => document.activeElement?.localName === 'linger-popup');

const boundsOf = ({ popup }: Visitor) =>
  popup.evaluate((host) => {
    const all = [...(host.shadowRoot?.querySelectorAll('button, .field input, .box label') ?? [])];
    const boxes = all.map((one) => one.getBoundingClientRect()).filter(({ width: wide }) => wide > 0);
    const card = host.shadowRoot?.querySelector('dialog, section')?.getBoundingClientRect();
    return {
      small: boxes.filter((box) => box.width < 44 || box.height < 44).length,
      wide: boxes.filter((box) => box.left < 0 || box.right > innerWidth).length,
      full: card && card.height >= innerHeight,
      scrolls: document.documentElement.scrollWidth > innerWidth,
    };
  });

describe.each(POPUP_FORMATS)('%s', (format) => {
  test('is accessible, and in its bounds at every width', async () => {
    stage.shop.config = config([], { consent: 'both', privacyUrl: 'https://shop.example/privacy' });
    const visitor = await shown(format);
    expect(await violations(visitor)).toEqual([]);
    const fits = async (): Promise<void> => {
      for (const width of [1280, 390, 320]) {
        await visitor.page.setViewportSize({ width, height: 800 });
        expect(await boundsOf(visitor), `at ${width} px`).toEqual({ small: 0, wide: 0, full: false, scrolls: false });
      }
    };
    await fits();
    await unfold(visitor, format);
    await fits();
    // Narrow: there the cards take another shape.
    expect(await violations(visitor)).toEqual([]);
    expect(visitor.errors).toEqual([]);
  });

  test('is answered with the keyboard alone', async () => {
    stage.shop.claims = taken(CODE);
    const visitor = await shown(format);
    const { page, popup } = visitor;
    const fold = foldOf(format);
    if (fold) {
      await reach(visitor, fold);
      await page.keyboard.press('Enter');
    }
    await reach(visitor, '#email');
    await page.keyboard.type('anna@example.com');
    await page.keyboard.press('Enter');
    await popup.locator('output').waitFor();
    expect(await focused(visitor)).toBe('title');
    await page.keyboard.press('Escape');
    if (format === 'tab') {
      expect(await popup.locator('.pull').textContent()).toBe('Your code');
      await page.keyboard.press('Escape');
    }
    await expect.poll(() => popup.count()).toBe(0);
    expect(await focused(visitor)).toBe('before');
    expect(told()).not.toContain('offer_declined');
    expect(visitor.errors).toEqual([]);
  });

  test('is answered with a finger, and declined with one', async () => {
    const visitor = await shown(format, {}, { width: 390 });
    const { tap } = await fingerOf(visitor);
    const fold = foldOf(format);
    if (fold) await tap(fold);
    await tap('#email');
    await expect.poll(() => focused(visitor)).toBe('email');
    await visitor.page.keyboard.type('anna@');
    await tap('form .accept');
    await expect.poll(() => visitor.popup.locator('[role=alert]').textContent()).toContain('check the address');
    await tap('.decline');
    await expect.poll(() => visitor.popup.count()).toBe(0);
    await expect.poll(told).toContain('offer_declined');
  });

  test('stands still for who wants no motion, and has edges without colours', async () => {
    const visitor = await shown(format);
    await visitor.page.emulateMedia({ reducedMotion: 'reduce', forcedColors: 'active' });
    const looks = await visitor.popup.evaluate((host) =>
      [...(host.shadowRoot?.querySelectorAll('dialog, section, .tab') ?? [])].map((one) => {
        const { animationName, borderTopStyle } = getComputedStyle(one);
        return [animationName, borderTopStyle];
      }),
    );
    expect(new Set(looks.flat())).toEqual(new Set(['none', 'solid']));
  });
});

describe.each(BESIDE)('%s leaves the page its own', (format) => {
  test('takes no focus, shifts nothing but its own box, and lets the page scroll and be used', async () => {
    stage.shop.pages['/p'] = product('Linen throw', 'A1', '129.00', PLACE);
    const where = ({ page }: Visitor) =>
      page.evaluate(() =>
        ['h1', '#before', '#after'].map((one) => document.querySelector(one)?.getBoundingClientRect().top),
      );
    const bystander = await stage.arrive();
    await bystander.visit(`${stage.shop.url}/p`);
    const before = await where(bystander);
    const visitor = await shown(format);
    expect(await focused(visitor)).toBe('before');
    const after = await where(visitor);
    expect(after.slice(0, 2)).toEqual(before.slice(0, 2));
    if (format !== 'inline') expect(after).toEqual(before);
    await expect.poll(() => visitor.popup.locator('[role=status]').first().textContent()).toContain('10% off');
    await visitor.page.keyboard.press('Escape');
    expect(await visitor.popup.count()).toBe(1);
    await visitor.page.locator('#before').click();
    await visitor.page.mouse.wheel(0, 200);
    await expect.poll(() => visitor.page.evaluate(() => scrollY)).toBeGreaterThan(0);
    await unfold(visitor, format);
    await visitor.popup.locator('.decline').click();
    await expect.poll(() => visitor.popup.count()).toBe(0);
    await visitor.page.evaluate(() => scrollTo(0, 0));
    expect(await where(visitor)).toEqual(before);
  });

  test('Escape inside it is a refusal', async () => {
    const visitor = await shown(format);
    await visitor.popup.locator('button').first().focus();
    await expect.poll(() => insideFocus(visitor)).toBe(true);
    await visitor.page.keyboard.press('Escape');
    await expect.poll(() => visitor.popup.count()).toBe(0);
    expect(await focused(visitor)).toBe('before');
    await expect.poll(told).toContain('offer_declined');
  });
});

describe('tab', () => {
  test('comes back when its slide is closed, with what was typed, and has refused nothing', async () => {
    const visitor = await shown('tab');
    await unfold(visitor, 'tab');
    await visitor.popup.locator('#email').fill('anna@');
    await visitor.popup.locator('.slide .close').click();
    expect(await visitor.popup.locator('.slide').isVisible()).toBe(false);
    expect(told()).not.toContain('offer_declined');
    await unfold(visitor, 'tab');
    expect(await visitor.popup.locator('#email').inputValue()).toBe('anna@');
    await visitor.popup.locator('.slide .close').click();
    await visitor.popup.locator('.tab .close').click();
    await expect.poll(() => visitor.popup.count()).toBe(0);
    await expect.poll(told).toContain('offer_declined');
  });

  test('keeps the code at hand', async () => {
    stage.shop.claims = taken(CODE);
    const visitor = await shown('tab');
    await unfold(visitor, 'tab');
    await visitor.popup.locator('#email').fill('anna@example.com');
    await visitor.popup.locator('form .accept').click();
    await visitor.popup.locator('.done .accept').click();
    expect(await visitor.popup.locator('.pull').textContent()).toBe('Your code');
    await unfold(visitor, 'tab');
    expect(await visitor.popup.locator('output').textContent()).toBe(CODE.code);
  });
});

describe('inline', () => {
  test('gives way to another rule where the page keeps no place for it', async () => {
    const other = '5a4d1c52-7f5e-4a43-9d5f-6f1f5be0a002';
    stage.shop.config = config([
      rule({ priority: 5, popup: { format: 'inline' } }),
      rule({ id: other, popup: { format: 'modal' } }),
    ]);
    stage.shop.visits = summary({ arms: { [rule().id]: null, [other]: null } });
    stage.shop.pages['/p'] = product('Linen throw', 'A1');
    const visitor = await stage.arrive();
    await visitor.visit(`${stage.shop.url}/p`);
    await visitor.leave();
    await visitor.popup.locator('dialog[open]').waitFor();
    expect(stage.shop.events().find(({ type }) => type === 'offer_shown')).toMatchObject({ rule: other });
  });
});

describe('the chunk', () => {
  test.each<[PopupFormat, RegExp, RegExp]>([
    ['modal', /\/popup-/, /\/formats-/],
    ['sheet', /\/formats-/, /\/popup-/],
    ['bar', /\/formats-/, /\/popup-/],
  ])('of %s is the only one that is fetched', async (format, wanted, other) => {
    await shown(format);
    expect(stage.shop.requests.some((request) => wanted.test(request))).toBe(true);
    expect(stage.shop.requests.some((request) => other.test(request))).toBe(false);
  });
});

describe('theme', () => {
  test('colours that nobody could read give way, and so does a picture that is no address', async () => {
    const theme = {
      accent: '#fefefe',
      background: '#ffffff',
      text: '#eeeeee',
      logo: 'javascript:alert(1)',
      picture: 'data:text/html,x',
    };
    stage.shop.config = config([], { consent: 'both' });
    const visitor = await shown('modal', { theme });
    expect([await violations(visitor), await unreadable(visitor)]).toEqual([[], []]);
    expect(await visitor.popup.locator('.logo').count()).toBe(0);
    expect(await visitor.popup.locator('img').getAttribute('src')).toMatch(/\/a\.svg$/);
    await visitor.popup.locator('.accept').click();
    expect([await violations(visitor), await unreadable(visitor)]).toEqual([[], []]);
  });

  test.each([
    ['#1d2430', '#e0b15a'],
    ['#777777', '#777777'],
    ['#f5d90a', '#f5d90a'],
  ])('everything can be read on %s', async (background, accent) => {
    stage.shop.config = config([], { consent: 'both' });
    stage.shop.claims = taken(CODE);
    const visitor = await shown('slide', { theme: { background, accent, text: '#888888' } });
    await visitor.popup.locator('form .accept').click();
    expect([await violations(visitor), await unreadable(visitor)]).toEqual([[], []]);
    await visitor.popup.locator('#email').fill('anna@example.com');
    await visitor.popup.locator('[type=checkbox]').first().check();
    await visitor.popup.locator('form .accept').click();
    await visitor.popup.locator('output').waitFor();
    expect([await violations(visitor), await unreadable(visitor)]).toEqual([[], []]);
  });

  test('takes the shop’s side, edge, letters, logo and picture', async () => {
    const logo = `${stage.shop.url}/a.svg?logo`;
    const slide = await shown('slide', { theme: { side: 'left', font: 'serif', logo } });
    expect((await slide.popup.locator('section').boundingBox())?.x).toBeLessThan(40);
    expect(await slide.popup.locator('h2').evaluate((one) => getComputedStyle(one).fontFamily)).toContain('Georgia');
    expect(await slide.popup.locator('.logo').getAttribute('alt')).toBe('Maple & Linen');
    const bar = await shown('bar', { theme: { edge: 'top' } });
    expect((await bar.popup.locator('section').boundingBox())?.y).toBe(0);
    const modal = await shown('modal', { theme: { picture: `${stage.shop.url}/a.svg?shop` } });
    expect(await modal.popup.locator('.beside img').getAttribute('src')).toContain('?shop');
  });
});

describe('words', () => {
  test('a language that runs from right to left turns the popup around, and writes its own numbers and money', async () => {
    stage.shop.pages['/p'] = product('שמיכה', 'A1', '129.00', PLACE).replace('lang="en"', 'lang="he"');
    const visitor = await shown('slide', { texts: { he: { title: '{discount} הנחה', decline: 'לא, תודה' } } });
    const card = visitor.popup.locator('section');
    expect([await card.getAttribute('dir'), await card.getAttribute('lang')]).toEqual(['rtl', 'he']);
    expect((await card.boundingBox())?.x).toBeLessThan(40);
    expect(await visitor.popup.locator('h2').textContent()).toBe('10% הנחה');
    expect(await visitor.popup.locator('strong').textContent()).toMatch(/116\.10.*\$/);
  });

  test('counts down to the server’s own end of the offer, and no further', async () => {
    const visitor = await shown('modal');
    await visitor.popup.locator('#email').fill('anna@example.com');
    stage.shop.claims = taken({ ...CODE, expiresAt: new Date(Date.now() + 4_000).toISOString() });
    await visitor.popup.locator('.accept').click();
    const left = visitor.popup.locator('[role=timer]');
    expect(await left.textContent()).toMatch(/^Time left: 00:00:0[1-3]$/);
    await expect.poll(() => left.count(), { timeout: 8_000 }).toBe(0);
    expect(await visitor.popup.locator('output').textContent()).toBe(CODE.code);
  });
});

test.each<[number, string, string]>([
  [6 * 86_400_000 + 9 * 3_600_000 + 1_000, 'en', '6 days 9 hours'],
  [86_400_000 + 3_600_000, 'ru', '1 день 1 час'],
  [86_399_000, 'ru', '23:59:59'],
  [999, 'en', ''],
  [-1, 'en', ''],
])('%i ms before the end, %s readers see "%s"', (ms, locale, expected) => {
  const end = Date.parse('2027-01-15T12:00:00Z');
  const counted = (count: number, unit: string): string => numbers.count(count, unit, locale);
  expect(remaining('2027-01-15T12:00:00Z', end - ms, counted)).toBe(expected);
  expect(remaining(undefined, end, counted)).toBe('');
});

describe('steps', () => {
  test.each(['modal', 'sheet', 'slide', 'inline'] as const)('%s teases before it asks', async (format) => {
    const visitor = await shown(format, { steps: ['tease'] });
    expect(await violations(visitor)).toEqual([]);
    expect(await visitor.popup.locator('#email').count()).toBe(0);
    await visitor.popup.locator('.accept').click();
    expect(await focused(visitor)).toBe('title');
    await visitor.popup.locator('#email').fill('anna@example.com');
    await visitor.popup.locator('form .accept').click();
    await visitor.popup.locator('.done').waitFor();
    expect(stage.shop.claimed).toHaveLength(1);
  });

  test.each(POPUP_FORMATS)('%s asks why, once the no has been taken, and tells the answer', async (format) => {
    const visitor = await shown(format, { steps: ['tease', 'reason'] });
    await unfold(visitor, format);
    await visitor.popup.locator('.decline').click();
    await expect.poll(told).toContain('offer_declined');
    expect(await violations(visitor)).toEqual([]);
    await visitor.popup.locator('.choice').first().click();
    await expect.poll(() => visitor.popup.count()).toBe(0);
    const asked = () => stage.shop.events().filter(({ type }) => type === 'custom');
    await expect.poll(asked).toMatchObject([{ name: 'leaving_reason', data: { rule: rule().id, reason: 'price' } }]);
    expect(told().filter((type) => type === 'offer_declined')).toHaveLength(1);
  });

  test('nobody has to say why, and the cross asks nothing', async () => {
    const visitor = await shown('modal', { steps: ['reason'] });
    await visitor.popup.locator('.close').click();
    await expect.poll(() => visitor.popup.count()).toBe(0);
    const another = await shown('modal', { steps: ['reason'] });
    await another.popup.locator('.decline').click();
    await another.page.keyboard.press('Escape');
    await expect.poll(() => another.popup.count()).toBe(0);
    await expect.poll(() => told().filter((type) => type === 'offer_declined')).toHaveLength(2);
    expect(told()).not.toContain('custom');
  });
});

test('what is typed into a popup is nothing to the page', async () => {
  const shortcuts = `<script>window.heard = []; for (const type of ['keydown', 'keyup', 'focusin'])
    document.addEventListener(type, () => window.heard.push(type));</script>`;
  stage.shop.pages['/p'] = product('Linen throw', 'A1', '129.00', PLACE + shortcuts);
  const visitor = await shown('slide');
  const heard = () => visitor.page.evaluate(() => (window as unknown as { heard: string[] }).heard.length);
  const before = await heard();
  await visitor.popup.locator('#email').focus();
  await visitor.page.keyboard.type('anna');
  expect(await heard()).toBe(before);
});
