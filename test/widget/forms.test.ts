import { expect, test } from 'vitest';
import { product, useStage } from './stage.ts';

const stage = useStage();

const form = (more: string, attributes = 'action="/thanks"'): string =>
  product(
    'Linen throw',
    'A1',
    '129',
    `<form id="news" data-linger-form="subscribe" ${attributes}>
      <input name="your-name" autocomplete="name"><input name="email" type="email"><input name="phone" type="tel">
      <input type="password" name="password" value="secret">${more}<button id="send">Send</button></form>`,
  );
const BOX = (value: string, text: string): string =>
  `<label><input type="checkbox" id="${value}" data-linger-consent="${value}"> ${text}</label>`;

async function fill(html: string, ticked: string[] = [], chunk: Promise<void> = Promise.resolve()) {
  const { shop } = stage;
  shop.pages['/p'] = html;
  shop.pages['/thanks'] = '<!doctype html><title>Thanks</title>';
  const visitor = await stage.arrive();
  await visitor.page.route(/\/forms-\w+\.js$/, (route) => chunk.then(() => route.continue()));
  await visitor.visit(`${shop.url}/p`);
  await visitor.page.fill('[name=your-name]', 'Anna');
  await visitor.page.fill('[name=email]', 'anna@example.com');
  await visitor.page.fill('[name=phone]', '+7 900 000-00-00');
  for (const id of ticked) await visitor.page.check(`#${id}`);
  return visitor;
}
const everything = (): string => JSON.stringify([stage.shop.batches, stage.shop.formed]);
const forms = () => stage.shop.events().filter(({ type }) => type === 'form');

test('a form that goes to another page delivers what was consented to', async () => {
  const visitor = await fill(form(BOX('data', 'Process my data') + BOX('marketing', 'Send me letters')), [
    'data',
    'marketing',
  ]);
  await visitor.page.click('#send');
  await visitor.page.waitForURL('**/thanks*');
  await expect
    .poll(() => stage.shop.formed)
    .toMatchObject([
      {
        shop: 'pk_test',
        kind: 'subscribe',
        email: 'anna@example.com',
        name: 'Anna',
        phone: '+7 900 000-00-00',
        item: { id: 'A1', title: 'Linen throw' },
        consent: { data: true, marketing: true, text: 'Process my data Send me letters' },
        locale: 'en',
      },
    ]);
  const [sent] = stage.shop.formed;
  expect(sent?.filledMs).toBeGreaterThan(0);
  expect([sent?.visitor, sent?.visit]).toEqual([stage.shop.batches[0]?.visitor, stage.shop.batches[0]?.visit]);
  await expect.poll(forms).toMatchObject([{ kind: 'subscribe', item: { id: 'A1' } }]);
  expect(everything()).not.toContain('secret');
});

test('a form says what it is about by its marks: a material to download is no product of the page', async () => {
  const visitor = await fill(
    form(
      BOX('data', 'Send me the guide'),
      'action="/thanks" data-linger-item="/guides/linen.pdf?utm_source=x" data-linger-title="How to care for linen"><input type="hidden" name="item" value="B2"',
    ),
    ['data'],
  );
  await visitor.page.click('#send');
  await visitor.page.waitForURL('**/thanks*');
  const item = { title: 'How to care for linen', url: `${stage.shop.url}/guides/linen.pdf`, price: null };
  await expect.poll(() => stage.shop.formed).toMatchObject([{ kind: 'subscribe', item }]);
  await expect.poll(forms).toMatchObject([{ kind: 'subscribe', item }]);
});

test.each([
  ['without a box', form(''), [] as string[]],
  ['with its box unticked', form(BOX('both', 'Letters, please')), []],
  ['with letters alone', form(BOX('marketing', 'Letters') + BOX('data', 'Data')), ['marketing']],
])('a form %s tells that it was sent, and not by whom', async (_which, html, ticked) => {
  const visitor = await fill(html, ticked);
  await visitor.page.click('#send');
  await visitor.page.waitForURL('**/thanks*');
  await expect.poll(forms).toMatchObject([{ kind: 'subscribe' }]);
  expect(everything()).not.toContain('anna');
});

test('one box may stand for both; what a machine has filled in goes along', async () => {
  const visitor = await fill(
    form(
      `${BOX('both', 'Letters, please')}<input data-linger-hp name="website" value="spam">`,
      'onsubmit="event.preventDefault()"',
    ),
    ['both'],
  );
  await visitor.page.click('#send');
  await expect
    .poll(() => stage.shop.formed)
    .toMatchObject([{ consent: { data: true, marketing: true, text: 'Letters, please' }, hp: 'spam' }]);
});

test('a form that is emptied before anyone can read it delivers what was typed', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const html = form(BOX('data', 'Process my data')).replace(
    '</form>',
    `</form><script>
      news.addEventListener('submit', (event) => { event.preventDefault(); news.reset(); news.dataset.sent = ''; });
    </script>`,
  );
  const { page } = await fill(html, ['data'], promise);
  await page.click('#send');
  await page.waitForSelector('#news[data-sent]');
  expect(await page.inputValue('[name=email]')).toBe('');
  resolve();
  await expect
    .poll(() => stage.shop.formed)
    .toMatchObject([
      { kind: 'subscribe', email: 'anna@example.com', name: 'Anna', consent: { data: true, text: 'Process my data' } },
    ]);
  await page.goto('about:blank');
  await expect.poll(forms).toHaveLength(1);
});

test('an address that was typed and not sent stays where it is', async () => {
  const visitor = await fill(form(BOX('both', 'Letters, please')), ['both']);
  // Nothing comes: there is no sign to wait for, only time in which it would have come.
  await visitor.page.waitForTimeout(500);
  await visitor.page.goto('about:blank');
  await visitor.page.waitForTimeout(500);
  expect(everything()).not.toContain('anna');
  expect(forms()).toEqual([]);
});

test('the shop’s own script may send one, with a consent', async () => {
  const visitor = await fill(form(''));
  await visitor.page.evaluate(() => {
    const { linger } = window as unknown as { linger: (...call: unknown[]) => void };
    linger('form', {
      kind: 'waitlist',
      email: 'anna@example.com',
      item: { id: 'M1', title: 'Mug', price: 5, currency: 'EUR' },
      consent: { data: true, marketing: false, text: 'Tell me' },
    });
    linger('form', { kind: 'download', email: 'anna@example.com' });
    linger('form', 'generate_lead');
  });
  await expect
    .poll(() => stage.shop.formed)
    .toMatchObject([
      {
        kind: 'waitlist',
        email: 'anna@example.com',
        item: { id: 'M1', title: 'Mug', price: 5 },
        consent: { data: true, marketing: false, text: 'Tell me' },
      },
    ]);
  await visitor.page.goto('about:blank');
  await expect
    .poll(() =>
      forms()
        .map((event) => (event.type === 'form' ? [event.kind, event.item?.id] : []))
        .sort(),
    )
    .toEqual([
      ['download', 'A1'],
      ['generate_lead', 'A1'],
      ['waitlist', 'M1'],
    ]);
  expect(stage.shop.formed).toHaveLength(1);
  expect(visitor.errors).toEqual([]);
});
