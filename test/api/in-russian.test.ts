/** What the API says of mistakes, in the language of who reads it. */

import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROBLEMS, type ProblemCode } from '../../api/problem.ts';
import { inRussian } from '../../api/words/in-russian.ts';
import { SENTENCES, TITLES } from '../../api/words/problems-ru.ts';
import { ADMIN_KEY, type Instance, type ShopHandle, startInstance } from '../support/shop.ts';
import { newBrowser } from '../support/visitor.ts';

const RUSSIAN = { 'accept-language': 'ru-RU,ru;q=0.9,en;q=0.8' };
const CYRILLIC = /[а-яё]/i;

let instance: Instance;
let shop: ShopHandle;

beforeAll(async () => {
  instance = await startInstance();
  shop = await instance.openShop();
});
afterAll(() => instance.close());

describe('a shop’s server that reads Russian', () => {
  it('is told in Russian what is wrong, with the same codes and paths', async () => {
    const bad = { name: 'x', moment: 'exit', when: ['pages', '>=', '2'], offer: { kind: 'percent' }, colour: 'green' };
    const english = await shop.call('POST', '/v1/rules', bad);
    const russian = await shop.call('POST', '/v1/rules', bad, RUSSIAN);
    expect([english.status, russian.status]).toEqual([422, 422]);
    expect(russian.headers.get('content-language')).toBe('ru');
    expect(english.headers.get('content-language')).toBeNull();
    const bare = ({ code, type, status, errors }: typeof english.body) => ({
      code,
      type,
      status,
      paths: errors.map(({ path }: { path: string }) => path),
    });
    expect(bare(russian.body)).toEqual(bare(english.body));
    expect(russian.body.title).toBe('В запросе есть ошибки');
    expect(russian.body.errors.map(({ message }: { message: string }) => message)).toEqual([
      'должно быть число',
      'обязательно для percent',
      'Поля с таким именем нет',
    ]);
  });

  it('is told so of what is no mistake in a field, too', async () => {
    const missing = await shop.call('GET', '/v1/rules/0', undefined, RUSSIAN);
    expect([missing.status, missing.body.title]).toEqual([404, 'Здесь ничего нет']);
    const strange = await instance.call('GET', '/v1/shop', undefined, { ...RUSSIAN, authorization: 'Bearer sk_0' });
    expect([strange.status, strange.body.title]).toEqual([401, TITLES.unauthorized]);
    const wrong = await instance.call('POST', '/v1/shops', {}, { ...RUSSIAN, authorization: `Bearer ${ADMIN_KEY}x` });
    expect(wrong.body.detail).toBe('Для этого вызова нужен ключ администратора, ADMIN_KEY.');
  });

  it('reads the same answer again under its Idempotency-Key, in the language it asks in now', async () => {
    const key = { 'idempotency-key': 'k-1' };
    const first = await shop.call('POST', '/v1/rules', { name: 'x' }, key);
    const again = await shop.call('POST', '/v1/rules', { name: 'x' }, { ...key, ...RUSSIAN });
    expect([first.status, again.status]).toEqual([422, 422]);
    expect(again.body.errors.every(({ message }: { message: string }) => CYRILLIC.test(message))).toBe(true);
  });

  it('reads each step of the setup', async () => {
    const { body, headers } = await shop.call('GET', '/v1/setup', undefined, RUSSIAN);
    expect(headers.get('content-language')).toBe('ru');
    for (const { step, title, how } of body.steps)
      expect([step, CYRILLIC.test(title), CYRILLIC.test(how) || /^\w+ \/v1\/\S+ /.test(how)]).toEqual([
        step,
        true,
        true,
      ]);
  });
});

it('pages are told the same in every language, to the byte', async () => {
  const body = { shop: shop.siteKey, visitor: 'x' };
  const [english, russian] = [await shop.page('/v1/visits', body), await shop.page('/v1/visits', body, RUSSIAN)];
  expect([russian.status, russian.text]).toEqual([english.status, english.text]);
  expect((await newBrowser(shop).look()).status).toBe(202);
});

describe('the words', () => {
  it('are there for each problem', () => {
    for (const code of Object.keys(PROBLEMS) as ProblemCode[])
      expect([code, TITLES[code]]).toEqual([code, expect.stringMatching(CYRILLIC)]);
  });

  it('say in Russian what differs, too', () => {
    for (const [english, russian] of SENTENCES) {
      const places = (text: string): string[] => [...new Set(text.match(/\{[a-z]+\}/g))].sort();
      expect([english, places(russian)]).toEqual([english, places(english)]);
    }
  });

  it.each([
    ['must be at most 12 characters', 'не длиннее 12 символов'],
    ['must be at most 12', 'не больше 12'],
    ['is not a known field, did you mean name?', 'Поля с таким именем нет; может быть, name?'],
    ['must be a list of at most 20, each a number', 'список не длиннее 20, в нём каждый раз число'],
    ['there is no flow "a"', 'цепочки «a» нет'],
  ])('%s: %s', (english, russian) => {
    expect(inRussian(english)).toBe(russian);
  });

  it('are there for every sentence that the code has of what must be, and for every detail', () => {
    const files = readdirSync('api', { recursive: true, encoding: 'utf8' }).filter((name) => /\.ts$/.test(name));
    const said = files
      .filter((name) => !name.startsWith('words'))
      .flatMap((name) => [
        ...readFileSync(`api/${name}`, 'utf8').matchAll(
          /'(must [^'\n]*)'|`(must [^`\n]*)`|detail: '([A-Z][^'\n]*)'|detail: `([A-Z][^`\n]*)`/g,
        ),
      ])
      .map(
        ([, plain, filled, told = plain, written = filled]) =>
          told ?? written?.replaceAll(/\$\{compared\}/g, 'at most').replaceAll(/\$\{[^}]*\}/g, '7') ?? '',
      );
    expect(said.length).toBeGreaterThan(100);
    expect(said.filter((sentence) => inRussian(sentence) === null)).toEqual([]);
  });
});
