/** WooCommerce coupons by its REST API v3 (woocommerce.github.io/woocommerce-rest-api-docs): one coupon for each code. */

import { z } from 'zod';
import type { Offer } from '../../core/rules/offer.ts';
import { ask } from './ask.ts';
import type {
  CodePlatformClient,
  CodesWanted,
  CodeToRemove,
  MintedCode,
  MintOutcome,
  PlatformFailure,
  RemoveOutcome,
} from './platform.ts';

export interface WooCommerceKeys {
  /** Where the shop is, such as `https://shop.example` or `https://example.com/shop`. */
  url: string;
  /** `ck_…` and `cs_…`. */
  key: string;
  secret: string;
}

/** As many objects as one batch call takes, by its documentation. */
const BATCH = 100;
const TAKEN = 'woocommerce_rest_coupon_code_already_exists';

/** Ids may be longer than a number keeps exact: only as text they are safe. */
const id = z.union([z.number(), z.string()]).transform(String);
const failed = z.looseObject({ error: z.looseObject({ code: z.string(), message: z.string().optional() }) });
const made = z.looseObject({ id, code: z.string() });
const batchAnswer = z.looseObject({
  create: z.array(z.union([failed, made])).default([]),
  delete: z.array(z.looseObject({})).default([]),
});
const category = z.array(z.looseObject({ id: z.int(), name: z.string() }));
const found = z.array(z.looseObject({ id, code: z.string(), description: z.string().default('') }));

export function wooCommerceCodes({ url, key, secret }: WooCommerceKeys, transport: typeof fetch): CodePlatformClient {
  const root = `${url.replace(/\/+$/, '')}/wp-json/wc/v3`;
  const [base, categories] = [`${root}/coupons`, `${root}/products/categories`];
  const headers = { authorization: `Basic ${btoa(`${key}:${secret}`)}` };

  /** A code that is there already is ours when an earlier call made it and its answer got lost: it carries our title. */
  async function findOwn(code: string, title: string): Promise<MintedCode | null> {
    const answer = await ask(transport, { url: `${base}?code=${encodeURIComponent(code)}`, method: 'GET', headers });
    const list = answer.kind === 'answer' ? found.safeParse(answer.body).data : undefined;
    const own = list?.find((one) => sameCode(one.code, code) && one.description === title);
    return own ? { code, external: own.id } : null;
  }

  /** Coupons leave categories out by number. Which the shop doesn't have is a slip that a person must mend. */
  async function numbersOf(
    names: readonly string[],
  ): Promise<{ kind: 'numbers'; numbers: number[] } | PlatformFailure> {
    const numbers: number[] = [];
    for (const name of names) {
      const wanted = folded(name);
      const url = `${categories}?per_page=100&search=${encodeURIComponent(name.trim())}`;
      const answer = await ask(transport, { url, method: 'GET', headers });
      if (answer.kind !== 'answer') return answer;
      const same = category.safeParse(answer.body).data?.filter((one) => folded(unescaped(one.name)) === wanted) ?? [];
      if (same.length === 0) return { kind: 'refused', reason: `WooCommerce has no category ${name}`.slice(0, 300) };
      numbers.push(...same.map(({ id }) => id));
    }
    return { kind: 'numbers', numbers };
  }

  return {
    batch: BATCH,

    async mint(wanted): Promise<MintOutcome> {
      const left = await numbersOf(wanted.offer.exclude?.categories ?? []);
      if (left.kind !== 'numbers') return left;
      const create = wanted.codes.map((code) => coupon(code, wanted, left.numbers));
      const answer = await ask(transport, { url: `${base}/batch`, method: 'POST', headers, body: { create } });
      if (answer.kind !== 'answer') return answer;
      const results = batchAnswer.safeParse(answer.body).data?.create;
      if (answer.status >= 400 || results?.length !== wanted.codes.length)
        return { kind: 'refused', reason: `WooCommerce answers ${answer.status} ${complaint(answer.body)}`.trim() };
      const codes: MintedCode[] = [];
      const lost: string[] = [];
      // The answers stand in the order of the questions; the code is compared all the same.
      for (const [index, code] of wanted.codes.entries()) {
        const result = results[index];
        if (!result) continue;
        if ('error' in result) {
          const error = failed.parse(result).error;
          if (error.code !== TAKEN) return { kind: 'refused', reason: `WooCommerce: ${error.message ?? error.code}` };
          const own = await findOwn(code, wanted.title);
          if (own) codes.push(own);
          else lost.push(code);
        } else {
          const coupon = made.parse(result);
          if (sameCode(coupon.code, code)) codes.push({ code, external: coupon.id });
          else lost.push(code);
        }
      }
      return { kind: 'minted', codes, lost, discount: null };
    },

    async remove(codes: readonly CodeToRemove[]): Promise<RemoveOutcome> {
      const body = { delete: codes.map(({ external }) => (/^\d{1,15}$/.test(external) ? Number(external) : external)) };
      const answer = await ask(transport, { url: `${base}/batch`, method: 'POST', headers, body });
      if (answer.kind !== 'answer') return answer;
      // What it says of each is that it is gone, or that there was no such coupon: both are what was wanted.
      if (answer.status < 400) return { kind: 'removed' };
      return { kind: 'refused', reason: `WooCommerce answers ${answer.status} ${complaint(answer.body)}`.trim() };
    },
  };
}

const folded = (name: string): string => name.trim().toLowerCase();

/** WordPress keeps names as HTML. */
const unescaped = (name: string): string =>
  name.replace(/&(amp|lt|gt|quot|#0?39);/g, (entity) => ENTITIES[entity] ?? entity);
const ENTITIES: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&#039;': "'",
};

/** WooCommerce keeps codes in lower case. */
const sameCode = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

function coupon(code: string, { offer, uses, title }: CodesWanted, left: number[]): Record<string, unknown> {
  return {
    code,
    description: title,
    ...amountOf(offer),
    individual_use: offer.stacking !== 'any',
    ...(offer.exclude?.reduced ? { exclude_sale_items: true } : {}),
    ...(left.length > 0 ? { excluded_product_categories: left } : {}),
    ...(offer.minOrder === undefined ? {} : { minimum_amount: String(offer.minOrder) }),
    ...(uses === null ? {} : { usage_limit: uses }),
  };
}

function amountOf({ kind, value }: Offer): Record<string, unknown> {
  switch (kind) {
    case 'percent':
      return { discount_type: 'percent', amount: String(value ?? 0) };
    case 'fixed':
      return { discount_type: 'fixed_cart', amount: String(value ?? 0) };
    case 'shipping':
      return { discount_type: 'fixed_cart', amount: '0', free_shipping: true };
    case 'gift':
    case 'none':
      throw new Error(`no coupon for an offer of ${kind}`);
  }
}

/** What a WordPress error says, as far as it is plain text. */
const complaint = (body: unknown): string =>
  z.looseObject({ code: z.string() }).safeParse(body).data?.code.slice(0, 100) ?? '';
