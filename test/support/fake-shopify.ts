/** A stand-in for Shopify's GraphQL Admin API, as far as code discounts go: its answers, its user errors, its throttling. */

import { type FakePlatform, type Fault, startFakePlatform } from './fake-platform.ts';

interface Discount {
  id: string;
  title: string;
  input: Record<string, unknown>;
  /** By the code in upper case: Shopify compares so. */
  codes: Map<string, string>;
}

export interface FakeShopify extends FakePlatform {
  token: string;
  discounts(): Discount[];
  /** Every code that a buyer could use now, the discounts' own ones left out. */
  codes(): string[];
  /** How many looks a bulk job takes until it is done. */
  slow(looks: number): void;
}

type Variables = Record<string, unknown> & { input?: Record<string, unknown> };

export async function startFakeShopify(): Promise<FakeShopify> {
  const token = 'shpat_0123456789';
  const discounts: Discount[] = [];
  const jobs = new Map<string, { left: number; nodes: unknown[] }>();
  let looks = 1;
  let next = 1;
  const gid = (kind: string): string => `gid://shopify/${kind}/${next++}`;
  const holder = (code: string) => discounts.find(({ codes }) => codes.has(code.toUpperCase()));
  const wrong = (field: string, code: string, message: string) => ({ field: [field], code, message });

  const create = ({ input = {} }: Variables, kind: string) => {
    const code = String(input.code);
    if (!input.context || 'customerSelection' in input)
      return { codeDiscountNode: null, userErrors: [wrong('context', 'INVALID', 'Context is invalid')] };
    const { shippingDiscounts } = (input.combinesWith ?? {}) as Record<string, boolean>;
    if (kind === 'shipping' && shippingDiscounts)
      return {
        codeDiscountNode: null,
        userErrors: [
          wrong(
            'combinesWith',
            'INVALID_COMBINES_WITH_FOR_DISCOUNT_CLASS',
            'The combinesWith settings are not valid for the discount class.',
          ),
        ],
      };
    if (holder(code))
      return {
        codeDiscountNode: null,
        userErrors: [wrong('code', 'TAKEN', 'Code must be unique. Please try a different code.')],
      };
    const id = gid('DiscountCodeNode');
    discounts.push({
      id,
      title: String(input.title),
      input: { ...input, kind },
      codes: new Map([[code.toUpperCase(), gid('DiscountRedeemCode')]]),
    });
    return { codeDiscountNode: { id }, userErrors: [] };
  };

  const add = ({ discountId, codes }: Variables) => {
    const discount = discounts.find(({ id }) => id === discountId);
    if (!discount)
      return { bulkCreation: null, userErrors: [wrong('discountId', 'INVALID', 'Code discount does not exist.')] };
    const list = codes as { code: string }[];
    if (list.length > 250)
      return { bulkCreation: null, userErrors: [wrong('codes', 'TOO_MANY_ARGUMENTS', 'Codes is too long')] };
    const id = gid('DiscountRedeemCodeBulkCreation');
    const nodes = list.map(({ code }) => {
      if (holder(code)) return { code, discountRedeemCode: null, errors: [wrong('code', 'TAKEN', 'must be unique')] };
      const redeem = gid('DiscountRedeemCode');
      discount.codes.set(code.toUpperCase(), redeem);
      return { code, discountRedeemCode: { id: redeem }, errors: [] };
    });
    jobs.set(id, { left: looks, nodes });
    return { bulkCreation: { id }, userErrors: [] };
  };

  const look = ({ id }: Variables) => {
    const job = jobs.get(String(id));
    if (!job) return null;
    job.left -= 1;
    return job.left >= 0 ? { done: false, codes: { nodes: [] } } : { done: true, codes: { nodes: job.nodes } };
  };

  const remove = ({ discountId, ids }: Variables) => {
    const discount = discounts.find(({ id }) => id === discountId);
    if (!discount) return { job: null, userErrors: [wrong('discountId', 'INVALID', 'Code discount does not exist.')] };
    for (const [code, id] of discount.codes) if ((ids as string[]).includes(id)) discount.codes.delete(code);
    return { job: { id: gid('Job') }, userErrors: [] };
  };

  const byCode = ({ code }: Variables) => {
    const found = holder(String(code));
    return found ? { id: found.id, codeDiscount: { title: found.title } } : null;
  };

  const platform = await startFakePlatform(({ method, path, headers, body }) => {
    if (headers['x-shopify-access-token'] !== token)
      return {
        status: 401,
        body: { errors: '[API] Invalid API key or access token (unrecognized login or wrong password)' },
      };
    if (method !== 'POST' || path !== '/admin/api/2026-01/graphql.json')
      return { status: 404, body: { errors: 'Not Found' } };
    const { query, variables } = body as { query: string; variables: Variables };
    const data: Record<string, unknown> = {};
    if (query.includes('discountCodeBasicCreate')) data.made = create(variables, 'basic');
    else if (query.includes('discountCodeFreeShippingCreate')) data.made = create(variables, 'shipping');
    else if (query.includes('discountRedeemCodeBulkAdd')) data.added = add(variables);
    else if (query.includes('discountRedeemCodeBulkCreation')) data.job = look(variables);
    else if (query.includes('discountCodeRedeemCodeBulkDelete')) data.removed = remove(variables);
    else if (query.includes('codeDiscountNodeByCode')) data.found = byCode(variables);
    else return { status: 200, body: { errors: [{ message: 'Field is not defined on MutationRoot' }] } };
    return { status: 200, body: { data } };
  });

  return {
    ...platform,
    token,
    discounts: () => discounts,
    codes: () => discounts.flatMap(({ codes }) => [...codes.keys()].filter((code) => !code.endsWith('-0'))),
    slow(many) {
      looks = many;
    },
  };
}

/** As Shopify says that a query's points are used up: 200, and when there will be enough again. */
export const THROTTLED: Fault = {
  status: 200,
  body: {
    errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }],
    extensions: {
      cost: {
        requestedQueryCost: 110,
        throttleStatus: { maximumAvailable: 2000, currentlyAvailable: 10, restoreRate: 50 },
      },
    },
  },
};
