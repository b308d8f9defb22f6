/** Files of contacts as shops have them: whatever the alphabet, nothing is lost, and nothing is taken twice. */

import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Answered, type Instance, type ShopHandle, startInstance } from '../support/shop.ts';

let instance: Instance;
let shop: ShopHandle;
beforeAll(async () => {
  instance = await startInstance();
});
beforeEach(async () => {
  shop = await instance.openShop({ sending: { dailyCap: null, quietHours: null } });
});
afterAll(() => instance.close());

const upload = (file: string | Uint8Array, { type = 'text/csv', query = '' } = {}): Promise<Answered> =>
  shop.call('POST', `/v1/contacts/import${query}`, file, { 'content-type': type });

const all = async (): Promise<Record<string, unknown>[]> =>
  (await shop.call('GET', '/v1/contacts?limit=1000')).body.data.sort(
    (one: { email: string }, other: { email: string }) => (one.email < other.email ? -1 : 1),
  );

const NOTHING = { created: 0, updated: 0, unchanged: 0, rejectedRows: 0, rejected: [], ignored: [], complete: true };

/** Russian as Windows writes it. */
const windows1251 = (text: string): Uint8Array =>
  Uint8Array.from(text, (character) => {
    const code = character.charCodeAt(0);
    if (code < 128) return code;
    return code === 0x401 ? 0xa8 : code === 0x451 ? 0xb8 : code - 0x410 + 0xc0;
  });

const TABLE = [
  'Email,First name,Last name,Shoe size,Phone,Birthday,City,Tags,Date: wedding,Consent,Consent text,Consent date',
  'ann@example.com,Ann,Lee,39,\'+49 30 123456,27.03.1990,"Berlin, Mitte",club; vip,2019-06-14,yes,Write to me.,2026-03-01',
  'bob@example.com,"Bob ""B""",,,,,,,,no,,',
  'cat@example.com,,,,,,,,,,,',
  '',
].join('\r\n');

describe('a table', () => {
  it('is taken whole, and the same again changes nothing', async () => {
    const { status, body } = await upload(TABLE);
    expect([status, body]).toEqual([
      200,
      { ...NOTHING, encoding: 'utf-8', rows: 3, created: 3, ignored: ['Shoe size'] },
    ]);
    const taken = await all();
    expect(taken).toMatchObject([
      {
        email: 'ann@example.com',
        name: 'Ann',
        lastName: 'Lee',
        phone: '+49 30 123456',
        birthday: '1990-03-27',
        dates: { wedding: '2019-06-14' },
        city: 'Berlin, Mitte',
        tags: ['club', 'vip'],
        source: 'import',
        marketing: 'subscribed',
      },
      { email: 'bob@example.com', name: 'Bob "B"', marketing: 'unsubscribed', suppressed: 'unsubscribed' },
      { email: 'cat@example.com', marketing: 'none' },
    ]);
    expect((await upload(TABLE)).body).toMatchObject({ rows: 3, created: 0, updated: 0, unchanged: 3 });
    expect(await all()).toEqual(taken);
    const [words] = await instance.db.engine(
      ({ sql }) =>
        sql<
          { count: number; at: number }[]
        >`select count(*) as count, min(at) as at from consent where shop_id = ${shop.id}`,
    );
    expect([words?.count, new Date(words?.at ?? 0).toISOString()]).toEqual([2, '2026-03-01T00:00:00.000Z']);
  });

  it.each<[name: string, file: (text: string) => Uint8Array, encoding: string, type: string]>([
    ['in the alphabet of Windows, as it says', windows1251, 'windows-1251', 'text/csv; charset=windows-1251'],
    ['in UTF-8 with a mark', (text) => new TextEncoder().encode(`\uFEFF${text}`), 'utf-8', 'text/csv'],
    ['in UTF-16', (text) => new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le')), 'utf-16le', 'text/csv'],
    ['packed', (text) => gzipSync(text), 'utf-8', 'application/gzip'],
  ])('%s, with semicolons and Russian names, is read', async (_name, file, encoding, type) => {
    const text =
      'Почта;Имя;День рождения;Метки;Согласие;Текст согласия\r\nirina@example.com;Ирина;27.03;клуб, Москва;да;Пишите мне\r\n';
    expect((await upload(file(text), { type })).body).toMatchObject({ encoding, rows: 1, created: 1, rejected: [] });
    expect(await all()).toMatchObject([
      { name: 'Ирина', birthday: '03-27', tags: ['клуб', 'Москва'], marketing: 'subscribed' },
    ]);
  });

  it('in the alphabet of Windows is read without its saying so where the shop writes Russian', async () => {
    shop = await instance.openShop({ locale: 'ru' });
    const { body } = await upload(windows1251('Почта\tИмя\nolga@example.com\tОльга\n'), {
      type: 'text/tab-separated-values',
    });
    expect(body).toMatchObject({ encoding: 'windows-1251', created: 1 });
    expect((await all())[0]?.name).toBe('Ольга');
  });

  it('may tell of its mark, begin with empty lines and quote what tabs part', async () => {
    expect((await upload('sep=;\nemail;name\na@example.com;A, B\n')).body).toMatchObject({ created: 1, ignored: [] });
    const { body } = await upload('\r\n\r\nemail\tname\r\n"b@example.com"\t"B b"\r\nbad\t\r\n');
    expect(body).toMatchObject({ created: 1, rejected: [{ line: 5, field: 'email' }] });
    expect((await all()).map(({ name }) => name)).toEqual(['A, B', 'B b']);
  });

  it('tells what is wrong by line and field, and takes the rest', async () => {
    const { body } = await upload(
      [
        'email,name,birthday,phone,consent,consent text',
        'ok@example.com,"on',
        'two lines",,,,',
        'nobody,,,,,',
        ',No address,,,,',
        'late@example.com,,2999-01-01,,,',
        'both@example.com,,31.02.1990,12,,',
        'unsure@example.com,,,,perhaps,Words',
        'silent@example.com,,,,yes,',
        'nul@example.com,a\0b,,,,',
        '',
        'fine@example.com,Fine,,,,',
      ].join('\n'),
    );
    expect(body).toMatchObject({ rows: 9, created: 1, rejectedRows: 8 });
    expect(body.rejected.map(({ line, field }: { line: number; field: string }) => [line, field])).toEqual([
      [2, 'name'],
      [4, 'email'],
      [5, 'email'],
      [6, 'birthday'],
      [7, 'phone'],
      [7, 'birthday'],
      [8, 'consent.marketing'],
      [9, 'consent.text'],
      [10, 'name'],
    ]);
    expect((await all()).map(({ email }) => email)).toEqual(['fine@example.com']);
  });

  it.each([
    ['without addresses', 'Name,City\nAnn,Bern\n', 'one of them email'],
    ['with two columns of one field', 'email,mail\na@example.com,b@example.com\n', 'has two columns for email'],
    ['with consent but no words', 'email,consent\na@example.com,yes\n', 'without the words that were agreed to'],
    ['with nothing in it', '', 'one of them email'],
  ])('%s is refused whole', async (_name, file, message) => {
    const { status, body } = await upload(file);
    expect([status, body.errors[0].path]).toEqual([422, '']);
    expect(body.errors[0].message).toContain(message);
    expect(await all()).toEqual([]);
  });

  it('subscribes nobody without consent, and nobody who said no, were it in an earlier life', async () => {
    await upload('email\nann@example.com\n');
    const { body } = await shop.call('POST', '/v1/contacts', { email: 'gone@example.com' });
    await shop.call('DELETE', `/v1/contacts/${body.id}`);
    await shop.call('POST', '/v1/contacts', { email: 'left@example.com', consent: { marketing: false } });
    await upload('email,consent\ngone@example.com,yes\nleft@example.com,yes\nnew@example.com,yes\n', {
      query: '?consentText=Write%20to%20me',
    });
    expect((await all()).map(({ email, marketing }) => [email, marketing])).toEqual([
      ['ann@example.com', 'none'],
      ['gone@example.com', 'unsubscribed'],
      ['left@example.com', 'unsubscribed'],
      ['new@example.com', 'subscribed'],
    ]);
  });

  it('of thousands comes in pieces, with everybody once', async () => {
    for (const on of ['contact_known', 'subscribed'])
      await shop.call('POST', '/v1/flows', {
        key: on.replace('_', '-'),
        enabled: true,
        purpose: 'transactional',
        entry: { on },
        steps: [{ send: 'nps' }],
      });
    const lines = Array.from({ length: 3_000 }, (_, n) => `p${n}@example.com,Person ${n},${n % 3 ? 'yes' : ''}`);
    // One comes twice, spelled otherwise.
    lines.push('P7@Example.com,Person Seven,yes');
    const bytes = new TextEncoder().encode(`email,name,consent\n${lines.join('\n')}\n`);
    const { body } = await upload(bytes, { query: '?consentText=Yes' });
    expect(body).toMatchObject({ rows: 3_001, created: 3_000, updated: 1, rejectedRows: 0 });
    const [row] = await instance.db.engine(
      ({ sql }) => sql<{ people: number; subscribed: number; words: number; chains: number; seventh: string }[]>`
        select count(*) as people, count(*) filter (where marketing = 'subscribed') as subscribed,
          (select count(*) from consent where shop_id = ${shop.id}) as words,
          (select count(*) from enrollment where shop_id = ${shop.id}) as chains,
          min(name) filter (where email = 'p7@example.com') as seventh
        from contact where shop_id = ${shop.id}`,
    );
    expect(row).toEqual({ people: 3_000, subscribed: 2_000, words: 2_000, chains: 0, seventh: 'Person Seven' });
  }, 60_000);

  it('that Linger has made itself is taken back', async () => {
    await upload(TABLE);
    const before = await all();
    const { text } = await shop.call('GET', '/v1/contacts?format=csv');
    const other = shop;
    shop = await instance.openShop();
    expect((await upload(text, { query: '?consentText=Write%20to%20me.' })).body).toMatchObject({
      rows: 3,
      created: 3,
      rejected: [],
      ignored: ['id', 'suppressed', 'createdAt'],
    });
    const known = ({ name, phone, birthday, dates, city, tags, marketing }: Record<string, unknown>) => ({
      ...{ name, phone, birthday, dates, city, tags, marketing },
    });
    expect((await all()).map(known)).toEqual(before.map(known));
    shop = other;
  });
});

describe('JSON lines', () => {
  it('are taken as they would be one by one', async () => {
    const lines = [
      '{"email": "ann@example.com", "tags": ["a"], "consent": {"marketing": true, "text": "Yes.", "at": "2026-01-01T00:00:00Z"}}',
      '',
      '{"email": "bob@example.com", "colour": "green"}',
      'nonsense',
      '[]',
      '{"email": "cat@example.com", "consent": {"marketing": true}}',
    ];
    const { body } = await upload(lines.join('\n'), { type: 'application/x-ndjson', query: '?consentText=Yes' });
    expect(body).toEqual({
      ...NOTHING,
      encoding: 'utf-8',
      rows: 5,
      created: 2,
      rejectedRows: 3,
      rejected: [
        { line: 3, field: 'colour', reason: 'is not a known field' },
        { line: 4, field: '', reason: 'must be JSON' },
        { line: 5, field: '', reason: 'must be an object' },
      ],
    });
    expect((await all()).map(({ email, marketing }) => [email, marketing])).toEqual([
      ['ann@example.com', 'subscribed'],
      ['cat@example.com', 'subscribed'],
    ]);
  });
});
