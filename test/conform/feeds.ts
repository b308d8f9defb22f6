/** Catalogues as shops' platforms write them, uploaded as they are, and what the report and the catalogue say then. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createShop } from '../../api/actions/shops/create-shop.ts';
import { createApp } from '../../api/app.ts';
import { productKey } from '../../api/feeds/feed-address.ts';
import { differ, type Sample, type Verdict } from './sample.ts';
import { withDeps } from './with-deps.ts';

type Text = string | null;

export interface FeedExpected {
  encoding?: string;
  offers?: number;
  items?: number;
  first: OfferExpected;
  last: OfferExpected;
}

/** As the file has it; the names are YML's and Google's. */
interface OfferExpected {
  id: string;
  available?: Text;
  availability?: Text;
  name?: Text;
  title: Text;
  vendor?: Text;
  model?: Text;
  price: string;
  sale_price?: Text;
  oldprice?: Text;
  currencyId?: Text;
  url?: Text;
  link?: Text;
  picture?: Text;
  image_link?: Text;
  item_group_id?: Text;
}

export async function conformFeeds(root: string, samples: Sample<FeedExpected>[]): Promise<Verdict[]> {
  if (samples.length === 0) return [];
  return withDeps(async (deps) => {
    const app = createApp({ deps, peer: () => null, widgetFile: async () => null });
    const verdicts: Verdict[] = [];
    for (const { name, expected } of samples) {
      // A shop of its own for each: ids are no more than numbers in some.
      const { secretKey } = await createShop(deps, SHOP);
      const call = async (path: string, init: RequestInit = {}) =>
        (await app.request(path, { ...init, headers: { authorization: `Bearer ${secretKey}` } })).json();
      const body = new Uint8Array(readFileSync(join(root, name)));
      const report = await call('/v1/feeds/import', { method: 'POST', body });
      const problems = [
        ...differ('encoding', (expected.encoding ?? 'utf-8').replace('cp1251', 'windows-1251'), report.encoding),
        ...differ('offers', expected.offers ?? expected.items, report.offers),
        ...differ('without a verdict', 0, report.offers - report.accepted - report.rejected?.length),
      ];
      for (const one of [expected.first, expected.last]) {
        const { data } = await call(`/v1/products?id=${encodeURIComponent(one.id)}`);
        problems.push(...judge(one, data?.[0]));
      }
      verdicts.push({ name, problems });
    }
    return verdicts;
  });
}

const SHOP = {
  name: 'Shop',
  origins: ['https://shop.example'],
  currency: 'EUR',
  locale: 'en',
  timezone: 'Europe/Berlin',
  sender: { name: 'Shop', email: 'hello@shop.example' },
  postalAddress: '1 Example Street',
};

function judge(expected: OfferExpected, got: Record<string, unknown> | undefined): string[] {
  if (!got) return [`${expected.id}: is not in the catalogue`];
  const price = amount(expected.price);
  const old = expected.oldprice ? amount(expected.oldprice) : null;
  const says = expected.available ?? expected.availability ?? '';
  const currency = /[A-Z]{3}$/.exec(expected.price)?.[0] ?? expected.currencyId;
  const title = expected.name ?? expected.title ?? expected.model;
  return [
    ...differ('title', unescaped(title ?? ''), got.title),
    ...differ('price', expected.sale_price ? amount(expected.sale_price) : price, got.price),
    ...differ('oldPrice', expected.sale_price ? price : old !== null && old > price ? old : null, got.oldPrice),
    ...differ('currency', currency === 'RUR' ? 'RUB' : currency, got.currency),
    ...differ('url', productKey(unescaped(expected.url ?? expected.link ?? '')), productKey(String(got.url))),
    ...differ('image', new URL(unescaped(expected.picture ?? expected.image_link ?? '')).href, got.image),
    ...differ('available', /^(true|in.stock|[1-9]\d*)$/.test(says), got.available),
    ...('vendor' in expected ? differ('brand', expected.vendor?.trim() ?? null, got.brand) : []),
    ...('item_group_id' in expected ? differ('group', expected.item_group_id, got.group) : []),
  ].map((problem) => `${expected.id} ${problem}`);
}

const amount = (text: string): number => Number((/[\d.,]+/.exec(text)?.[0] ?? '').replace(',', '.'));

const unescaped = (text: string): string =>
  text
    .trim()
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
