/** A stand-in for WooCommerce's REST API v3, as far as coupons go, in whichever folder the shop lies. */

import { type FakePlatform, startFakePlatform } from './fake-platform.ts';

export interface Coupon {
  id: number;
  /** In lower case: WooCommerce keeps them so. */
  code: string;
  description?: string;
  [field: string]: unknown;
}

export interface FakeWooCommerce extends FakePlatform {
  key: string;
  secret: string;
  coupons(): Coupon[];
  /** The shop's product categories, as WordPress keeps their names. */
  categories: { id: number; name: string }[];
  /** The shop's own people make one. */
  add(coupon: Omit<Coupon, 'id'>): void;
}

export async function startFakeWooCommerce(): Promise<FakeWooCommerce> {
  const [key, secret] = ['ck_0123', 'cs_4567'];
  let coupons: Coupon[] = [];
  let next = 700;
  const categories: { id: number; name: string }[] = [];
  const add = (coupon: Omit<Coupon, 'id'>): Coupon => {
    const made = { ...coupon, id: next++, code: String(coupon.code).toLowerCase() };
    coupons.push(made);
    return made;
  };

  const create = (coupon: Omit<Coupon, 'id'>) =>
    coupons.some(({ code }) => code === String(coupon.code).toLowerCase())
      ? {
          id: 0,
          error: {
            code: 'woocommerce_rest_coupon_code_already_exists',
            message: 'The coupon code already exists',
            data: { status: 400 },
          },
        }
      : add(coupon);

  const remove = (id: number) => {
    const found = coupons.find((one) => one.id === id);
    coupons = coupons.filter((one) => one.id !== id);
    return (
      found ?? {
        id,
        error: { code: 'woocommerce_rest_shop_coupon_invalid_id', message: 'Invalid ID.', data: { status: 404 } },
      }
    );
  };

  const platform = await startFakePlatform(({ method, path, query, headers, body }) => {
    if (headers.authorization !== `Basic ${btoa(`${key}:${secret}`)}`)
      return {
        status: 401,
        body: {
          code: 'woocommerce_rest_cannot_create',
          message: 'Sorry, you are not allowed to create resources.',
          data: { status: 401 },
        },
      };
    if (method === 'GET' && path.endsWith('/wp-json/wc/v3/coupons'))
      return { status: 200, body: coupons.filter(({ code }) => code === query.get('code')?.toLowerCase()) };
    if (method === 'GET' && path.endsWith('/wp-json/wc/v3/products/categories')) {
      const search = query.get('search')?.toLowerCase().replace(/&/g, '&amp;') ?? '';
      return { status: 200, body: categories.filter(({ name }) => name.toLowerCase().includes(search)) };
    }
    if (method === 'POST' && path.endsWith('/wp-json/wc/v3/coupons/batch')) {
      const batch = body as { create?: Omit<Coupon, 'id'>[]; delete?: number[] };
      if ((batch.create?.length ?? 0) + (batch.delete?.length ?? 0) > 100)
        return {
          status: 413,
          body: {
            code: 'woocommerce_rest_request_entity_too_large',
            message: 'Unable to accept more than 100 items for this request.',
          },
        };
      return {
        status: 200,
        body: {
          ...(batch.create ? { create: batch.create.map(create) } : {}),
          ...(batch.delete ? { delete: batch.delete.map(remove) } : {}),
        },
      };
    }
    return { status: 404, body: { code: 'rest_no_route', message: 'No route was found.' } };
  });

  return { ...platform, key, secret, categories, coupons: () => coupons, add: (coupon) => void add(coupon) };
}
