import { describe, expect, test } from 'vitest';
import { onlyTells, type PopupFormat } from '../../core/rules/popup.ts';
import type { PublicRule } from '../../core/visits/wire.ts';
import { fingerOf, focused, PLACE, reach, shownOn, unfold, unreadable, violations } from './popup-view.ts';
import { config, taken } from './recorder.ts';
import { product, push, useStage } from './stage.ts';
import type { Visitor } from './visitor.ts';

const stage = useStage();
const FORMATS = ['modal', 'sheet', 'slide', 'bar', 'tab', 'inline'] as const;
const told = (type: string) => stage.shop.events().filter((event) => event.type === type);

describe('fields', () => {
  const fields = { name: 'required', birthday: 'optional', phone: 'required' } as const;
  const type = async ({ popup }: Visitor, typed: Record<string, string>): Promise<void> => {
    for (const [name, text] of Object.entries(typed)) {
      const input = popup.locator(`[name=${name}]`);
      if (name === 'month') await input.selectOption(text);
      else await input.fill(text);
    }
    await popup.locator('form .accept').click();
  };

  test.each(FORMATS)('%s asks for them by keyboard, and axe finds nothing, wrong or right', async (format) => {
    stage.shop.config = config([], { consent: 'both' });
    const visitor = await shownOn(stage, format, { fields });
    const { page, popup } = visitor;
    await unfold(visitor, format);
    expect(await violations(visitor)).toEqual([]);
    await reach(visitor, '#email');
    await page.keyboard.type('anna@example.com');
    await page.keyboard.press('Enter');
    expect(await popup.locator('#name-error').textContent()).toContain('name');
    expect(await focused(visitor)).toBe('name');
    expect([await violations(visitor), await unreadable(visitor)]).toEqual([[], []]);
    await page.keyboard.type('Анна-Мария');
    await page.keyboard.press('Tab');
    await page.keyboard.type('29');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Feb');
    await reach(visitor, '#phone');
    await page.keyboard.type('+7 (912) 345-67-89');
    await reach(visitor, '[name=data]');
    await page.keyboard.press('Space');
    await reach(visitor, 'form .accept');
    await page.keyboard.press('Enter');
    await popup.locator('.done').waitFor();
    expect(stage.shop.claimed[0]).toMatchObject({
      email: 'anna@example.com',
      name: 'Анна-Мария',
      birthday: '02-29',
      phone: '+7 (912) 345-67-89',
      consent: { data: true, marketing: false, text: expect.stringContaining('personal data') },
    });
    expect(visitor.errors).toEqual([]);
  });

  test.each(FORMATS)('keep their size and place in %s on phones', async (format) => {
    const visitor = await shownOn(stage, format, { fields }, { width: 390 });
    await unfold(visitor, format);
    const misplaced = (): Promise<number> =>
      visitor.popup.evaluate((host) => {
        const all = [...(host.shadowRoot?.querySelectorAll('button, .field input, select') ?? [])];
        const boxes = all.map((one) => one.getBoundingClientRect()).filter((box) => box.width > 0);
        return boxes.filter((box) => box.width < 44 || box.height < 44 || box.left < 0 || box.right > innerWidth)
          .length;
      });
    expect(await misplaced()).toBe(0);
    expect(await violations(visitor)).toEqual([]);
    await visitor.page.setViewportSize({ width: 320, height: 800 });
    expect(await misplaced()).toBe(0);
  });

  test('what is wrong is said at its place, and nothing is sent', async () => {
    const visitor = await shownOn(stage, 'modal', { fields });
    const right = { email: 'anna@example.com', name: 'Anna', day: '', month: '', year: '', phone: '89123456789' };
    const wrongs: [string, Partial<typeof right>][] = [
      ['#email-error', { email: 'anna@' }],
      ['#name-error', { name: 'Win http://x.test' }],
      ['#birthday-error', { day: '31', month: '2' }],
      ['#birthday-error', { day: '29', month: '2', year: '2023' }],
      ['#birthday-error', { day: '5' }],
      ['#birthday-error', { day: '1', month: '1', year: '2990' }],
      ['#birthday-error', { year: '1990' }],
      ['#phone-error', { phone: '12-34-56' }],
      ['#phone-error', { phone: '1234567890123456' }],
      ['#phone-error', { phone: '' }],
    ];
    for (const [where, wrong] of wrongs) {
      await type(visitor, { ...right, ...wrong });
      const said = visitor.popup.locator('[role=alert]:not(:empty)');
      const which = JSON.stringify(wrong);
      expect(await said.evaluateAll((all) => all.map(({ id }) => `#${id}`)), which).toEqual([where]);
      const invalid = visitor.popup.locator('[aria-invalid=true]').first();
      expect(`#${await invalid.getAttribute('aria-describedby')}`, which).toBe(where);
      expect(await invalid.evaluate((one) => one.matches(':focus')), which).toBe(true);
    }
    expect(stage.shop.claimed).toEqual([]);
  });

  test('those left empty are not sent, and a whole date is', async () => {
    const visitor = await shownOn(stage, 'modal', { fields: { name: 'optional', birthday: 'optional' } });
    await type(visitor, { email: 'anna@example.com', day: '7', month: '3', year: '1990' });
    await visitor.popup.locator('.done').waitFor();
    expect(stage.shop.claimed[0]).toMatchObject({ birthday: '1990-03-07' });
    expect(stage.shop.claimed[0]).not.toHaveProperty('name');
    expect(await visitor.popup.locator('#phone').count()).toBe(0);
  });

  test('browsers know what to fill in', async () => {
    const visitor = await shownOn(stage, 'sheet', { fields });
    const inputs = await visitor.popup
      .locator('input:not([type=checkbox], [name=website]), select')
      .evaluateAll((all) => all.map((one) => [one.getAttribute('autocomplete'), (one as HTMLInputElement).inputMode]));
    expect(inputs).toEqual([
      ['email', 'email'],
      ['given-name', 'text'],
      ['bday-day', 'numeric'],
      ['bday-month', ''],
      ['bday-year', 'numeric'],
      ['tel', 'tel'],
    ]);
  });
});

describe('act', () => {
  /** Where the network's dialog would be opened, and the visitor back from it. */
  const network = async ({ page, context }: Visitor): Promise<() => Promise<string>> => {
    await context.route(/^https:/, (route) =>
      route.fulfill({ contentType: 'text/html', body: '<title>network</title>' }),
    );
    const opened = page.waitForEvent('popup');
    return async () => {
      const dialog = await opened;
      await dialog.waitForURL(/^https:/);
      expect(await dialog.evaluate(() => window.opener)).toBeNull();
      const url = dialog.url();
      await dialog.close();
      return url;
    };
  };
  const back = ({ page }: Visitor) => page.evaluate(() => void dispatchEvent(new Event('focus')));

  test.each(FORMATS)('%s asks for it before the address, and goes on when the visitor is back', async (format) => {
    const visitor = await shownOn(stage, format, { steps: ['act'], act: { act: 'share', network: 'vk' } });
    const { page, popup } = visitor;
    await unfold(visitor, format);
    expect(await violations(visitor)).toEqual([]);
    expect(await popup.locator('#email').count()).toBe(0);
    const dialog = await network(visitor);
    await reach(visitor, '.step .accept');
    await page.keyboard.press('Enter');
    expect(await dialog()).toBe(`https://vk.com/share.php?url=${encodeURIComponent(`${stage.shop.url}/p`)}`);
    expect(await popup.locator('.choice').textContent()).toBe('Done, go on');
    expect(await violations(visitor)).toEqual([]);
    await back(visitor);
    await popup.locator('#email').waitFor();
    expect(await focused(visitor)).toBe('title');
    await expect.poll(() => told('share')).toMatchObject([{ act: 'share', network: 'vk' }]);
    await back(visitor);
    await popup.locator('#email').fill('anna@example.com');
    await popup.locator('form .accept').click();
    await popup.locator('.done').waitFor();
    expect(told('share')).toHaveLength(1);
    expect(visitor.errors).toEqual([]);
  });

  test.each(FORMATS)('%s is done with a finger, and by saying so where a return can’t be noticed', async (format) => {
    const act = { act: 'join', network: 'telegram', url: 'https://t.me/shop' } as const;
    const visitor = await shownOn(stage, format, { steps: ['act'], act }, { width: 390 });
    const { tap } = await fingerOf(visitor);
    await unfold(visitor, format);
    expect(await visitor.popup.locator('.step .accept').textContent()).toBe('Join us on Telegram');
    const dialog = await network(visitor);
    await tap('.step .accept');
    expect(await dialog()).toBe('https://t.me/shop');
    await tap('.choice');
    await visitor.popup.locator('#email').waitFor();
    await expect.poll(() => told('share')).toMatchObject([{ act: 'join', network: 'telegram' }]);
  });

  test('the address of the page goes without what advertising added to it', async () => {
    const visitor = await shownOn(stage, 'modal', { steps: ['act'], act: { act: 'invite', network: 'whatsapp' } });
    await visitor.page.evaluate(() => history.replaceState(null, '', '?size=2&utm_source=vk&yclid=7#top'));
    const dialog = await network(visitor);
    await visitor.popup.locator('.step .accept').click();
    expect(await dialog()).toBe(`https://wa.me/?text=${encodeURIComponent(`${stage.shop.url}/p?size=2`)}`);
  });

  test('a device shares in its own dialog; one that was dismissed has shared nothing', async () => {
    const act = { act: 'share', network: 'any', url: 'https://shop.example/gift' } as const;
    const visitor = await shownOn(stage, 'modal', { steps: ['tease', 'act'], act });
    await visitor.page.evaluate(() => {
      const shared: unknown[] = [];
      Object.assign(window, { shared });
      Object.defineProperty(Navigator.prototype, 'share', {
        configurable: true,
        value: (what: unknown) =>
          shared.push(what) === 1 ? Promise.reject(new DOMException('', 'AbortError')) : Promise.resolve(),
      });
    });
    await visitor.popup.locator('.step .accept').click();
    expect(await visitor.popup.locator('.step .accept').textContent()).toBe('Share the link');
    await visitor.popup.locator('.step .accept').click();
    await visitor.popup.locator('.choice').waitFor();
    expect(told('share')).toEqual([]);
    await visitor.popup.locator('.step .accept').click();
    await visitor.popup.locator('#email').waitFor();
    await expect.poll(() => told('share')).toMatchObject([{ act: 'share', network: 'any' }]);
    expect(await visitor.page.evaluate(() => (window as unknown as { shared: unknown }).shared)).toMatchObject([
      { url: act.url },
      { url: act.url },
    ]);
  });

  test('where there is no such dialog, the link is copied', async () => {
    const visitor = await shownOn(stage, 'modal', { steps: ['act'], act: { act: 'share', network: 'any' } });
    await visitor.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const button = visitor.popup.locator('.step .accept');
    expect(await button.textContent()).toBe('Copy the link');
    await button.click();
    await visitor.popup.locator('#email').waitFor();
    expect(await visitor.page.evaluate(() => navigator.clipboard.readText())).toBe(`${stage.shop.url}/p`);
  });

  test('declining it is a refusal, and closing after it too', async () => {
    const popup = { steps: ['act'], act: { act: 'share', network: 'x' } } as const;
    const visitor = await shownOn(stage, 'slide', { ...popup, steps: ['act'] });
    await visitor.popup.locator('.decline').click();
    await expect.poll(() => told('offer_declined')).toHaveLength(1);
    expect(told('share')).toEqual([]);
  });
});

describe('progress', () => {
  const rule = (kind: 'shipping' | 'percent'): Partial<PublicRule> => ({
    offer: kind === 'shipping' ? { kind, minOrder: 200 } : { kind, value: 10, minOrder: 200 },
  });
  const cart = ({ page }: Visitor, price: number): Promise<void> =>
    page.evaluate(
      ([value]) => {
        const scope = window as unknown as { dataLayer?: unknown[] };
        scope.dataLayer ??= [];
        const items = value ? [{ item_id: 'A1', item_name: 'Linen throw', price: value, quantity: 1 }] : [];
        scope.dataLayer.push({ event: 'view_cart', ecommerce: { currency: 'USD', value, items } });
      },
      [price],
    );
  const line = ({ popup }: Visitor) => popup.locator('h2').textContent();
  const bar = ({ popup }: Visitor) =>
    popup.locator('.full progress, .inline progress').evaluate((one) => {
      const { value, max } = one as HTMLProgressElement;
      return [value, max];
    });

  test.each(['bar', 'inline'] as const)(
    '%s tells what free delivery lacks, live, and asks for nothing',
    async (format) => {
      const visitor = await shownOn(stage, format, { steps: ['progress'] }, { rule: rule('shipping') });
      expect(await visitor.popup.locator('form, .decline, .tease:visible').count()).toBe(0);
      expect(await line(visitor)).toBe('$200 to free delivery');
      await cart(visitor, 129);
      await expect.poll(() => line(visitor)).toBe('$71 to free delivery');
      expect(await bar(visitor)).toEqual([129, 200]);
      await expect
        .poll(() => visitor.popup.locator('[role=status]').first().textContent())
        .toBe('$71 to free delivery');
      expect([await violations(visitor), await unreadable(visitor)]).toEqual([[], []]);
      await cart(visitor, 250);
      await expect.poll(() => line(visitor)).toBe('Free delivery is yours');
      expect(await bar(visitor)).toEqual([200, 200]);
      expect(await violations(visitor)).toEqual([]);
      expect(await focused(visitor)).toBe('before');
      if (format === 'bar') {
        await visitor.popup.locator('.close').click();
        await expect.poll(() => told('offer_declined')).toHaveLength(1);
        expect(await visitor.popup.count()).toBe(0);
      }
      expect(visitor.errors).toEqual([]);
    },
  );

  test('is said in Russian', async () => {
    stage.shop.pages['/p'] = product('Плед', 'A1', '129.00', PLACE).replace('lang="en"', 'lang="ru"');
    const visitor = await shownOn(stage, 'inline', { steps: ['progress'] }, { rule: rule('shipping') });
    expect(await line(visitor)).toBe('Ещё 200\u00a0$ до бесплатной доставки');
  });

  test.each(['bar', 'inline'] as const)(
    '%s tells it beside an offer that has a code, and asks for the address',
    async (format) => {
      stage.shop.pages['/p'] = product('Linen throw', 'A1', '129.00', PLACE + push('add_to_cart', 'A1', 'Linen throw'));
      stage.shop.claims = taken();
      const visitor = await shownOn(stage, format, { steps: ['progress'] }, { rule: rule('percent'), width: 390 });
      await expect.poll(() => visitor.popup.locator('.progress:visible .name').textContent()).toBe('$71 to 10% off');
      expect(await violations(visitor)).toEqual([]);
      const { tap } = await fingerOf(visitor);
      if (format === 'bar') await tap('.tease .accept');
      await tap('#email');
      await expect.poll(() => focused(visitor)).toBe('email');
      await visitor.page.keyboard.type('anna@example.com');
      await visitor.page.keyboard.press('Enter');
      await visitor.popup.locator('.done').waitFor();
    },
  );

  test('a cart that nobody can value is not guessed at', async () => {
    stage.shop.pages['/p'] = product(
      'Linen throw',
      'A1',
      '129.00',
      `${PLACE}<script>(window.dataLayer = window.dataLayer || []).push({ event: 'add_to_cart', ecommerce: { currency: 'EUR', items: [{ item_id: 'B', item_name: 'B', price: 5 }] } })</script>`,
    );
    const visitor = await shownOn(stage, 'inline', { steps: ['progress'] }, { rule: rule('shipping') });
    expect(await visitor.popup.locator('h2').textContent()).toBe('Free delivery on your order');
    expect(await visitor.popup.locator('.text').textContent()).toBe('For orders from $200.');
    expect(await visitor.popup.locator('progress').count()).toBe(0);
  });

  test.each<[boolean, Parameters<typeof onlyTells>[0]]>([
    [true, { offer: { kind: 'shipping' }, popup: { format: 'bar', steps: ['progress'] } }],
    [true, { offer: { kind: 'none' }, popup: { format: 'inline', steps: ['progress', 'reason'] } }],
    [false, { offer: { kind: 'percent' }, popup: { format: 'bar', steps: ['progress'] } }],
    [false, { offer: { kind: 'shipping' }, popup: { format: 'bar', steps: ['progress', 'tease'] } }],
    [
      false,
      { offer: { kind: 'shipping' }, popup: { format: 'bar', steps: ['progress'], fields: { name: 'optional' } } },
    ],
    [false, { offer: { kind: 'shipping' }, popup: { format: 'bar' } }],
  ])('only tells: %s of %j', (expected, popup) => {
    expect(onlyTells(popup)).toBe(expected);
  });
});

describe('the parts', () => {
  test.each<[PopupFormat, object, string[]]>([
    ['sheet', {}, []],
    ['tab', {}, ['more-en']],
    ['modal', { fields: { name: 'optional' } }, ['more-en', 'fields']],
    ['modal', { steps: ['act'], act: { act: 'share', network: 'vk' } }, ['more-en', 'act']],
    ['inline', { steps: ['reason'] }, ['more-en', 'steps']],
    ['sheet', { reviews: 'items' }, ['more-en', 'opinions']],
  ])('of %s %j are the only ones fetched', async (format, popup, wanted) => {
    await shownOn(stage, format, popup);
    const fetched = stage.shop.requests.map(
      (request) => /\/(more-\w\w|fields|steps|act|progress|opinions|swipe)-\w+\.js/.exec(request)?.[1],
    );
    expect(fetched.filter(Boolean).sort()).toEqual([...wanted].sort());
  });
});
