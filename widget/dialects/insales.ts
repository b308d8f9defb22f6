/** InSales: the product's JSON beside its form, and the cart that the theme's event bus tells of. */

import { isRaw, listOf, type Raw } from '../collect/reading.ts';
import { byPath } from './by-path.ts';
import type { Dialect, RawCart, Said } from './dialect.ts';

function read(): Said {
  const config: unknown = JSON.parse(
    document.querySelector<HTMLElement>('meta[name="page-config"]')?.dataset.config ?? '{}',
  );
  const json = fromJson();
  const id = byPath(config, 'product_id');
  if (json.product || id === undefined)
    return byPath(config, 'collection_products_count') === undefined ? json : { kind: 'category' };
  const form = document.querySelector<HTMLElement>(`form[data-product-id="${CSS.escape(String(id))}"]`);
  const scope = form?.closest('[itemtype*="schema.org/Product"],.product') ?? document;
  return { kind: 'product', product: { id, title: scope.querySelector('h1')?.textContent } };
}

function fromJson(): Said {
  const forms = document.querySelectorAll<HTMLElement>('[data-product-json]');
  const [form, ...more] = forms;
  // A list has one for each of its products.
  if (!form || more.some((one) => one.dataset.productJson !== form.dataset.productJson)) return {};
  const product: unknown = JSON.parse(form.dataset.productJson ?? 'null');
  if (!isRaw(product)) return {};
  const variants = listOf(product.variants).filter(isRaw);
  const chosen = form.querySelector<HTMLInputElement>('[name="variant_id"]')?.value;
  const variant = variants.find(({ id }) => String(id) === chosen) ?? variants[0] ?? {};
  return {
    kind: 'product',
    product: {
      id: product.id,
      title: product.title,
      price: variant.price,
      regular: variant.old_price,
      variants: variants.map(({ price }) => Number(price)),
      currency: byPath(window, 'InSales', 'currency', 'iso') ?? product.currency_iso_code,
      url: product.url,
      image: byPath(listOf(product.images)[0], 'original_url'),
      available: product.available,
    },
  };
}

const cartOf = (data: Raw): RawCart => ({
  items: listOf(data.order_lines)
    .filter(isRaw)
    .map((line) => ({
      id: line.product_id,
      title: line.title,
      price: line.sale_price,
      regular: line.full_sale_price,
      url: line.product_url ?? line.url,
      image: byPath(line.first_image, 'original_url') ?? line.image,
      quantity: line.quantity,
    })),
  value: data.total_price,
  codes: listOf(data.coupon),
});

const CHANGES = ['update_items', 'add_items', 'delete_items'];

export const dialect: Dialect = {
  tellsCart: true,
  read,
  watch({ tell }) {
    const bus = Reflect.get(window, 'EventBus');
    const subscribe = byPath(bus, 'subscribe');
    if (typeof subscribe !== 'function') return;
    for (const change of CHANGES) {
      Reflect.apply(subscribe, bus, [
        `${change}:insales:cart`,
        (data: unknown) => isRaw(data) && Array.isArray(data.order_lines) && tell({ cart: cartOf(data) }),
      ]);
    }
  },
};
