/** Saved pages of real shops, and the kind, product and cart that the widget must tell of each. */

import type { Item } from '../../core/catalogue/item.ts';
import { idOfUrl } from '../../core/values/page-key.ts';
import type { EventType, VisitEvent } from '../../core/visits/event.ts';
import { differ, type Sample, sameAddress, type Verdict } from './sample.ts';
import { openSite } from './site.ts';

export interface PageExpected {
  page: string;
  product?: {
    id?: string | null;
    sku?: string;
    title?: string | null;
    price?: number | null;
    currency?: string | null;
    url?: string;
    image?: string;
    image_contains?: string;
    in_stock?: boolean | null;
  };
  cart?: { items: { title?: string; sku?: string; id?: string; qty?: number; price?: number | null }[] };
}

export async function conformPages(samples: Sample<PageExpected>[]): Promise<Verdict[]> {
  const addresses = samples.map(addressOf);
  const site = await openSite([...new Set(addresses.map((address) => new URL(address).hostname))]);
  const verdicts: Verdict[] = [];
  try {
    for (const [index, sample] of samples.entries()) {
      const opened = await site.open(sample.text, addresses[index] ?? '');
      verdicts.push({ name: sample.name, problems: problemsOf(sample.expected, opened.events) });
      await opened.close();
    }
  } finally {
    await site.close();
  }
  return verdicts;
}

/** Where the page says it lives; else a host of its own. */
function addressOf({ name, expected }: Sample<PageExpected>): string {
  const file = name.replace(/^.*\//, '');
  return (
    expected.product?.url ?? `http://${file.replace(/\W+/g, '-').toLowerCase()}.example/${encodeURIComponent(file)}`
  );
}

const one = <Type extends EventType>(events: VisitEvent[], type: Type) =>
  events.filter((event): event is Extract<VisitEvent, { type: Type }> => event.type === type);

function problemsOf({ page, product, cart }: PageExpected, events: VisitEvent[]): string[] {
  const [view] = one(events, 'page_view');
  if (!view) return ['page: nothing was posted'];
  const viewed = one(events, 'view_item').map(({ item }) => item);
  const last = viewed[viewed.length - 1];
  const problems = differ('page', page, view.kind);
  if (!product) problems.push(...viewed.map(({ title }) => `view_item: expected none, got ${JSON.stringify(title)}`));
  else if (!last) problems.push('view_item: expected one, got none');
  else problems.push(...productProblems(product, last));
  if (cart) problems.push(...cartProblems(cart, one(events, 'cart').at(-1)));
  return problems;
}

function productProblems(expected: NonNullable<PageExpected['product']>, item: Item): string[] {
  const { id, sku, title, price, currency, url, image, image_contains: part, in_stock: stock } = expected;
  const picture = image ?? part;
  const problems: string[] = [];
  if (id === null && item.id !== idOfUrl(item.url)) problems.push(...differ('id', idOfUrl(item.url), item.id));
  if (id && ![id, sku].includes(item.id)) problems.push(...differ('id', id, item.id));
  if (title !== undefined) problems.push(...differ('title', title, item.title));
  if (price !== undefined) problems.push(...differ('price', price, item.price));
  if (currency !== undefined) problems.push(...differ('currency', currency, item.currency));
  if (url && !sameAddress(url, item.url)) problems.push(...differ('url', url, item.url));
  if (picture && !item.image?.includes(part ?? new URL(picture).pathname))
    problems.push(...differ('image', picture, item.image));
  if (stock !== undefined) problems.push(...differ('in_stock', stock, item.available ?? null));
  return problems;
}

function cartProblems(
  expected: NonNullable<PageExpected['cart']>,
  got: Extract<VisitEvent, { type: 'cart' }> | undefined,
): string[] {
  if (!got) return ['cart: expected one, got none'];
  return [
    ...differ('cart', expected.items.length, got.items.length),
    ...expected.items.flatMap(({ title, qty, price, id }, index) => {
      const line = got.items[index];
      return [
        ...(title === undefined ? [] : differ('cart title', title, line?.title)),
        ...(qty === undefined ? [] : differ('cart quantity', qty, line?.quantity)),
        ...(price === undefined ? [] : differ('cart price', price, line?.price)),
        ...(id === undefined ? [] : differ('cart id', id, line?.id)),
      ];
    }),
  ];
}
