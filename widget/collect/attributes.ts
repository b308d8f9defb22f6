/** The shop's own word in its markup: `data-linger-title`, `-id`, `-price`, … on one element, `data-linger-kind` on any. */

import { PAGE_KINDS, type PageKind } from '../../core/event.ts';
import type { Raw } from './reading.ts';

const FIELDS = ['id', 'title', 'price', 'regular', 'currency', 'url', 'image', 'category'];

export function readAttributes(): { kind: PageKind; product: Raw | null; cart: unknown } {
  const said = (name: string): string | undefined =>
    document.querySelector(`[data-linger-${name}]`)?.getAttribute(`data-linger-${name}`) ?? undefined;
  const own = document.querySelector('[data-linger-title],[data-linger-id]');
  const available = own?.getAttribute('data-linger-available');
  const fields = own && FIELDS.map((name) => [name, own.getAttribute(`data-linger-${name}`)]);
  return {
    kind: PAGE_KINDS.find((kind) => kind === said('kind')) ?? (own ? 'product' : 'unknown'),
    product: fields && { ...Object.fromEntries(fields), available: available == null ? null : available !== 'false' },
    cart: said('cart'),
  };
}
