/** Valid bodies, mutated at random from a seed: places replaced, dropped, swapped, renamed, or the bytes themselves damaged. */

import { type Random, seeded } from '../support/random.ts';
import type { BodyCase, Json } from './api-bodies.ts';
import { pathsOf, put, without } from './api-mutations.ts';

const NASTY: unknown[] = [
  null,
  true,
  false,
  0,
  -0,
  -1,
  1,
  1.5,
  0.1 + 0.2,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 53,
  2 ** 63,
  1e11,
  1e300,
  5e-324,
  8.64e15,
  -8.64e15,
  '',
  ' ',
  '0',
  'null',
  'NaN',
  '\0',
  'a\0b',
  '\ud800',
  '\udc00x',
  '\u202e',
  '\u2028',
  '💩',
  'ﷺ'.repeat(20),
  'é'.normalize('NFD'),
  '%00',
  '\r\n',
  "'; drop table shop; --",
  '{{x}}',
  '<script>',
  '__proto__',
  'constructor',
  'x'.repeat(300),
  'x'.repeat(9_000),
  '2026-11-22T09:30:00Z',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59-23:00',
  'ann@example.com',
  'a@b.c\r\nBcc: x@y',
  '1d',
  '99999999d',
  '999999w',
  '#0a7',
  'https://shop.example/',
  'javascript:1',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  'en',
  'EUR',
  'XXX',
  'Europe/Moscow',
  '24:00',
  [],
  {},
  [[]],
  [null],
  { toString: 1 },
  { length: 1e9 },
  { toJSON: 'x' },
  [['pages', '>=', 1]],
  { all: [] },
  { not: { not: { not: {} } } },
];

function mutate(random: Random, one: BodyCase): unknown {
  let body: unknown = one.body;
  for (let count = random.int(1, 4); count > 0; count -= 1) {
    const places = pathsOf(body);
    if (places.length === 0) return body;
    const { path, value } = random.pick(places);
    const kind = random.int(0, 9);
    if (kind < 5) body = put(body, path, random.pick(NASTY));
    else if (kind === 5) body = without(body, path);
    else if (kind === 6) body = put(body, path, random.pick(places).value);
    else if (kind === 7)
      body = put(without(body, path), `${path}${random.pick(['2', ' ', '\0', '\ud800', '__proto__'])}`, value);
    else if (kind === 8 && typeof value === 'number')
      body = put(body, path, value * random.pick([-1, 0.5, 1e3, 1e9, 1e-9]));
    else if (kind === 8 && typeof value === 'string')
      body = put(body, path, `${value}${String.fromCharCode(random.int(0, 0xffff))}`);
    else if (Array.isArray(value)) body = put(body, path, [...value, ...value, random.pick(NASTY)]);
    else body = put(body, path, { inner: value, list: [value] });
  }
  return body;
}

/** Endless; the same seed gives the same bodies. */
export function* fuzzCases(
  cases: readonly BodyCase[],
  seed: number,
): Generator<{ one: BodyCase; body: string | Uint8Array }> {
  const random = seeded(seed);
  for (;;) {
    const one = random.pick(cases);
    const text = JSON.stringify(fresh(random, mutate(random, one)));
    if (!random.chance(0.1)) {
      yield { one, body: text };
      continue;
    }
    const bytes = new TextEncoder().encode(text);
    const damaged = random.chance(0.3) ? bytes.slice(0, random.int(0, bytes.length)) : bytes;
    for (let count = random.int(1, 5); count > 0 && damaged.length > 0; count -= 1)
      damaged[random.int(0, damaged.length - 1)] = random.int(0, 255);
    yield { one, body: damaged };
  }
}

/** Another id now and then, so that calls also get through to the tables instead of being repeats. */
function fresh(random: Random, body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body) || random.chance(0.2)) return body;
  const copy: Json = { ...body };
  for (const name of ['id', 'key', 'batch', 'orderId']) {
    if (typeof copy[name] !== 'string') continue;
    const digits = Array.from(random.bytes(16), (byte) => byte.toString(16).padStart(2, '0')).join('');
    copy[name] =
      name === 'batch' ? digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') : `f${digits}`;
  }
  return copy;
}
