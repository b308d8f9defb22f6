/** Letters in the shop's own words: saved, sent, gone back from, looked at, and never a reason for a letter not to leave. */

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { followLink } from '../../api/actions/readers/follow-link.ts';
import { LETTER_KEYS } from '../../core/flows/flow.ts';
import { DAY, type Sending, startSending } from '../support/sending.ts';
import { newBrowser, TEAPOT } from '../support/visitor.ts';

vi.setConfig({ testTimeout: 60_000 });

let sending: Sending;
let shop: Sending['shop'];
let rule: string;
beforeAll(async () => {
  sending = await startSending();
  shop = sending.shop;
  rule = await shop.addRule({ code: { reveal: 'screen' } });
});
afterAll(() => sending.close());

const put = (body: unknown, key = 'offer') => shop.call('PUT', `/v1/templates/${key}`, body);
const get = async (key = 'offer') => (await shop.call('GET', `/v1/templates/${key}`)).body;
const preview = (body: object, key = 'offer') => shop.call('POST', `/v1/templates/${key}/preview`, body);
const test = (body: object, key = 'offer') => shop.call('POST', `/v1/templates/${key}/test`, body);

let people = 0;
/** The letter with the code, as the provider got it. */
async function claimed(change: object = {}) {
  people += 1;
  const email = `ann${people}@example.com`;
  const browser = newBrowser(shop);
  await browser.look();
  const { status, text } = await browser.claim(rule, { email, name: 'Ann', ...change });
  if (status !== 200) throw new Error(text);
  await sending.instance.tick();
  const letter = sending.postmark.sent().find(({ To }) => To === email);
  if (!letter) throw new Error('no letter');
  return { email, letter: { ...letter, HtmlBody: letter.HtmlBody ?? '', TextBody: letter.TextBody ?? '' } };
}

describe('a letter in the shop’s own words', () => {
  it('is sent by the words in force when it is written, in the reader’s language', async () => {
    const { status, body } = await put({
      en: { subject: 'For {{ contact.first_name }}: {{ offer.benefit }}', body: 'Mine.\n\nUse {{ code }}.' },
    });
    expect([status, body]).toEqual([
      200,
      {
        key: 'offer',
        version: 1,
        template: expect.anything(),
        updatedAt: expect.any(String),
        lastError: null,
        warnings: [],
      },
    ]);
    const { letter } = await claimed();
    expect(letter.Subject).toBe('For Ann: 10% off');
    expect(letter.TextBody).toMatch(/Mine\.\n\nUse [\w-]+\.\n\nYour code: /);
    expect((await claimed({ locale: 'ru' })).letter.Subject).not.toMatch(/^For/);
    await put({ en: { subject: 'Another' } });
    expect((await claimed()).letter.Subject).toBe('Another');
  });

  it('keeps its versions, goes back to any of them, and to the built-in letter', async () => {
    expect((await put({ en: { subject: 'Another' } })).body.version).toBe(2);
    const { body: back } = await shop.call('POST', '/v1/templates/offer/revert', { version: 1 });
    expect([back.version, back.template.en.body]).toEqual([3, 'Mine.\n\nUse {{ code }}.']);
    expect((await shop.call('DELETE', '/v1/templates/offer')).status).toBe(204);
    expect((await shop.call('DELETE', '/v1/templates/offer')).status).toBe(404);
    expect(await get()).toMatchObject({ version: 4, template: null });
    expect((await claimed()).letter.Subject).toBe('Your 10% off at Lamp & Leaf');
    const { data } = (await shop.call('GET', '/v1/templates/offer/versions')).body;
    expect(data.map((one: { version: number; template: unknown }) => [one.version, one.template === null])).toEqual([
      [4, true],
      [3, false],
      [2, false],
      [1, false],
    ]);
    const gone = await shop.call('POST', '/v1/templates/offer/revert', { version: 9 });
    expect([gone.status, gone.body.errors]).toEqual([422, [{ path: 'version', message: 'there is no such version' }]]);
  });

  it('says of every letter whether it was changed, and tells all that is needed to write it', async () => {
    await put({ ru: { body: 'Ваш код: {{ code }}' } }, 'reminder-1');
    const { data } = (await shop.call('GET', '/v1/templates')).body;
    expect(data.map((one: { key: string }) => one.key)).toEqual([...LETTER_KEYS]);
    expect(data.find((one: { key: string }) => one.key === 'reminder-1')).toMatchObject({
      version: 1,
      locales: ['ru'],
    });
    expect(data.find((one: { key: string }) => one.key === 'thanks')).toMatchObject({
      version: null,
      locales: [],
      updatedAt: null,
    });
    const { guide } = await get('order-shipped');
    expect(guide.default.en).toMatchObject({
      subject: expect.stringContaining('1042'),
      blocks: expect.arrayContaining(['order']),
    });
    expect(guide.default.ru.greeting).toBe('Здравствуйте, Анна!');
    expect(guide.variables).toContainEqual({ name: 'order.number', kind: 'text' });
    expect(guide.variables).toContainEqual({ name: 'order.items[].title', kind: 'text' });
    expect(guide.parts).not.toContain('coupon');
    expect((await shop.call('GET', '/v1/templates/nothing')).status).toBe(404);
  });

  it('gives words back that can be put as they are', async () => {
    for (const key of ['offer', 'nps', 'order-placed', 'confirm']) {
      const { guide } = await get(key);
      expect((await preview({ draft: guide.default }, key)).status).toBe(200);
    }
  });

  it('names what is wrong, where it is, and what may have been meant', async () => {
    const { status, body } = await put({
      en: { body: 'Hi {{ contact.frist_name }}' },
      ru: { html: '<p>{% include "x" %}</p>', subject: '{{ code | upcsae }}' },
    });
    expect([status, body.errors]).toEqual([
      422,
      [
        {
          path: 'en.body',
          message: 'unknown variable contact.frist_name, did you mean contact.first_name? (line 1, column 7)',
        },
        { path: 'ru.subject', message: 'unknown filter "upcsae", did you mean "upcase"? (line 1, column 1)' },
        { path: 'ru.html', message: 'unknown tag "include" (line 1, column 4)' },
      ],
    ]);
    for (const [words, path] of [
      [{}, ''],
      [{ en: { html: '<p>a</p>', blocks: ['items'] } }, 'en.blocks'],
      [{ en: { html: '{% for a in (1..99999) %}x{% endfor %}' } }, 'en.html'],
      [{ en: { html: '<script>x</script>' } }, 'en.html'],
      [{ en: { blocks: [{ paragraph: 'a', html: 'b' }] } }, 'en.blocks.0.html'],
      [{ en: { blocks: [{}] } }, 'en.blocks.0'],
      [{ de: { body: 'x' } }, 'de'],
    ] as const) {
      const refused = await put(words);
      expect([words, refused.status, refused.body.errors?.[0]?.path]).toEqual([words, 422, path]);
    }
    expect((await get()).version).toBe(4);
  });

  it('leads its links through the same door as all others, but for those that leave the shop', async () => {
    await put({
      en: {
        html: '<p><a href="https://shop.example/new?a=1">New</a> <a href="https://social.example/shop">Us</a> <a href="{{ button.url }}">Back</a> <a href="{{ unsubscribe.url }}">Out</a></p>{% part coupon %}',
        text: 'See https://shop.example/new?a=1.',
      },
    });
    const { letter } = await claimed();
    const links = [...letter.HtmlBody.matchAll(/href="(https:[^"]+)"[^>]*>(New|Us|Back|Out)</g)].map(
      ([, url = '', name]) => [name, url],
    );
    expect(links.map(([name]) => name)).toEqual(['New', 'Us', 'Back', 'Out']);
    const [fresh, elsewhere, back, out] = links.map(([, url = '']) => url);
    expect(elsewhere).toBe('https://social.example/shop');
    expect(out).toMatch(/^https:\/\/linger\.example\/u\//);
    expect(back).toMatch(/^https:\/\/linger\.example\/c\/[^/]+$/);
    expect(letter.TextBody).toContain(`See ${fresh}.`);
    const token = fresh?.replace('https://linger.example/c/', '') ?? '';
    const goal = await followLink(sending.instance.deps, token, { machine: false, untied: true });
    expect(goal).toBe(
      'https://shop.example/new?a=1&utm_source=linger&utm_medium=email&utm_campaign=discount-reminder&utm_content=offer',
    );
    await shop.call('DELETE', '/v1/templates/offer');
  });

  it('asks for reviews where its words show them', async () => {
    await put({ en: { body: '{% for one in reviews %}{{ one.text }}{% endfor %}-' } });
    expect((await claimed()).letter.TextBody).toMatch(/\n\n-\n\n/);
  });
});

describe('words that fail', () => {
  it('are not sent and hold nothing up: the built-in letter leaves, and the shop is told', async () => {
    await put({ en: { subject: 'Mine' } }, 'offer');
    // As an older release may have left them.
    await sending.instance.db.engine(
      ({ sql }) => sql`update template set words = '{"en": {"subject": "Mine", "body": "{{ gone.name }}"}}'
        where shop_id = ${shop.id} and key = 'offer' and version = (select max(version) from template where shop_id = ${shop.id} and key = 'offer')`,
    );
    const { letter } = await claimed();
    expect([letter.Subject, letter.TextBody.includes('gone')]).toEqual(['Your 10% off at Lamp & Leaf', false]);
    await claimed();
    const message = 'body: unknown variable gone (line 1, column 4)';
    expect((await get()).lastError).toEqual({ message, at: expect.any(String) });
    const told = sending.instance.logs.filter(({ what }) => what === 'template failed');
    expect(told.map(({ level, fields }) => [level, fields.shop, fields.template?.slice(0, 6)])).toEqual([
      ['warn', shop.id, 'offer '],
    ]);
    const { steps } = (await shop.call('GET', '/v1/setup')).body;
    expect(steps.find(({ step }: { step: string }) => step === 'letters')).toMatchObject({
      done: false,
      title: expect.stringContaining('offer'),
      how: expect.stringContaining(message),
    });
    await put({ en: { subject: 'Mine again' } });
    expect((await get()).lastError).toBeNull();
    expect((await claimed()).letter.Subject).toBe('Mine again');
    expect(JSON.stringify((await shop.call('GET', '/v1/setup')).body)).not.toContain('"letters"');
  });

  it('that depend on what a letter is about are found when they are written, and no sooner', async () => {
    const body = `{% if contact.first_name == "Ann" %}{% for a in (1..20000) %}x{% endfor %}{% endif %}{{ code }}`;
    await sending.instance.db.engine(
      ({ sql }) => sql`insert into template (shop_id, key, version, words, created_at)
        select ${shop.id}, 'offer', max(version) + 1, ${sql.json({ en: { body } })}, now() from template where shop_id = ${shop.id} and key = 'offer'`,
    );
    const began = performance.now();
    expect((await claimed()).letter.Subject).toBe('Your 10% off at Lamp & Leaf');
    expect((await claimed({ name: 'Bob' })).letter.TextBody).not.toContain('Here is the code we promised');
    expect(performance.now() - began).toBeLessThan(20_000);
    expect((await get()).lastError.message).toBe('body: it takes more than 10000 steps');
    await shop.call('DELETE', '/v1/templates/offer');
  });
});

describe('a preview', () => {
  it('shows a made-up person’s letter, or a contact’s as it would be now', async () => {
    const made = (await preview({ locale: 'ru' })).body;
    expect(made).toMatchObject({ locale: 'ru', warnings: [] });
    expect(made.text).toContain('SAMPLE-CODE');
    expect(made.bytes).toBe(new TextEncoder().encode(made.html).length);
    const { email, letter } = await claimed();
    const code = /Your code: ([\w-]+)/.exec(letter.TextBody)?.[1] ?? 'none';
    const theirs = (
      await preview({
        contact: email.toUpperCase(),
        draft: { en: { subject: '{{ contact.first_name }} {{ code }}', preheader: '{{ items[0].title }}' } },
      })
    ).body;
    expect([theirs.subject, theirs.preheader]).toEqual([`Ann ${code}`, TEAPOT.title]);
    const nobody = await preview({ contact: 'nobody@example.com' });
    expect([nobody.status, nobody.body.errors]).toEqual([
      422,
      [{ path: 'contact', message: 'there is no such contact' }],
    ]);
  });

  it('saves nothing, and its links do nothing', async () => {
    const before = await get();
    const { html } = (await preview({ draft: { en: { subject: 'Draft' } } })).body;
    const way = /https:\/\/linger\.example(\/u\/[^"]+)/.exec(html)?.[1] ?? '';
    expect((await sending.instance.call('POST', way, 'List-Unsubscribe=One-Click')).status).toBe(404);
    expect(await get()).toEqual(before);
  });

  it.each([
    ['//evil.test/', false],
    ['/\\evil.test/', false],
    ['https://shop.example@evil.test/', false],
    ['https://shop.example%2eevil.test/', false],
    ['javascript:alert(1)', false],
    ['/new', false],
    ['#', false],
    ['https://shop.example/new?a=1&amp;b=2', true],
    ['mailto:ann@shop.example', true],
    ['tel:+49 30 123456', true],
    ['{{ button.url }}', true],
    ['', true],
  ])('a link to %s is taken: %s', async (href, taken) => {
    const html = `<p>Hello</p>\n<a class="x" href="${href}">see</a>`;
    const { status, body } = await preview({ draft: { en: { blocks: ['headline', { html }] } } });
    expect([status, body.errors]).toEqual(
      taken
        ? [200, undefined]
        : [
            422,
            [
              {
                path: 'draft.en.blocks.1.html',
                message: expect.stringMatching(/must lead to .* \(line 2, column 1\)$/),
              },
            ],
          ],
    );
  });

  it('names mistakes of the draft, and warns of what readers won’t see', async () => {
    const wrong = await preview({ draft: { ru: { blocks: ['headline', { html: '{{ x }}' }] } } });
    expect([wrong.status, wrong.body.errors[0].path]).toEqual([422, 'draft.ru.blocks.1.html']);
    const html = `<style>p{}</style><p style="border-radius:9px;position:fixed" onclick="x">${'long '.repeat(7_000)}</p><p>${'x'.repeat(30_000)}</p>{% part items %}`;
    const { warnings } = (await preview({ draft: { en: { html: html.slice(0, 39_900) } } })).body;
    expect(warnings).toEqual(
      expect.arrayContaining([
        'left out: <style>',
        'left out: the attribute onclick',
        'left out: the style position',
        'border-radius: not or only in part drawn by Outlook for Windows (instead: square corners)',
      ]),
    );
    const long = `{% for a in (1..3) %}${'long '.repeat(7_400)}{% endfor %}`;
    expect((await preview({ draft: { en: { html: long } } })).body.warnings[0]).toMatch(
      /KB: Gmail hides what comes after/,
    );
  });

  it('of a flow on a made-up person is in the shop’s own words, too', async () => {
    await put({ en: { subject: 'Own words' } });
    const events = [
      { at: '2026-11-20T18:30:00Z', on: 'offer_accepted', offer: { kind: 'percent', value: 10 }, items: [] },
    ];
    const { body } = await shop.call('POST', '/v1/flows/discount-reminder/simulate', {
      person: { marketing: 'subscribed' },
      events,
    });
    expect(body.letters[0].subject).toBe('Own words');
    await shop.call('DELETE', '/v1/templates/offer');
  });
});

describe('a test letter', () => {
  it('goes to the shop’s own people alone, marked, and is counted nowhere', async () => {
    sending.postmark.clear();
    const before = await sending.letters();
    expect((await test({})).body).toEqual({
      sent: true,
      to: 'hello@shop.example',
      subject: expect.stringMatching(/^\[Test\] /),
      reason: null,
    });
    const { body } = await test({ to: 'Kim@shop.example', locale: 'ru', draft: { ru: { subject: 'Проба\nпера' } } });
    expect(body).toMatchObject({ sent: true, subject: '[Тест] Проба пера' });
    const sent = sending.postmark.sent();
    expect(sent.map(({ Tag, MessageStream }) => [Tag, MessageStream])).toEqual([
      ['test/offer', 'outbound'],
      ['test/offer', 'outbound'],
    ]);
    for (const to of [
      'ann@example.com',
      'hello@shop.example.evil.test',
      'hello@sub.shop.example',
      'a@shop.example, b@x.example',
      'x',
      'hello@shop.example\r\nBcc: v@x.example',
    ]) {
      const { status, body } = await test({ to });
      expect([to, status, body.errors?.[0]?.path]).toEqual([to, 422, 'to']);
    }
    expect(sending.postmark.sent()).toHaveLength(2);
    expect(await sending.letters()).toEqual(before);
    await sending.instance.tick();
    expect(
      (await sending.instance.db.engine(({ sql }) => sql`select from volume where shop_id = ${shop.id}`)).length,
    ).toBe(0);
  });

  it('says what the provider said', async () => {
    sending.postmark.fail([{ answer: 400, message: 'Sender Signature not found' }]);
    const { status, body } = await test({});
    expect([status, body]).toEqual([
      200,
      { sent: false, to: 'hello@shop.example', subject: expect.any(String), reason: expect.any(String) },
    ]);
  });
});

describe('another shop', () => {
  it('sees, changes and is sent nothing of it', async () => {
    await put({ en: { subject: 'Canary' } });
    const other = await sending.instance.openShop({ sending: { dailyCap: null, quietHours: null } });
    expect((await other.call('GET', '/v1/templates/offer')).text).not.toContain('Canary');
    expect((await other.call('POST', '/v1/templates/offer/revert', { version: 1 })).status).toBe(422);
    expect((await other.call('DELETE', '/v1/templates/offer')).status).toBe(404);
    expect((await other.call('POST', '/v1/templates/offer/preview', {})).body.subject).not.toContain('Canary');
    await other.call('PUT', '/v1/templates/offer', { en: { subject: 'Theirs' } });
    expect((await claimed()).letter.Subject).toBe('Canary');
    expect((await get()).template.en.subject).toBe('Canary');
    sending.instance.travel(DAY);
  });
});
