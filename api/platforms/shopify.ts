/** Shopify's code discounts by its GraphQL Admin API: one discount for an offer, and codes added to it in bulk (scope write_discounts). */

import { z } from 'zod';
import type { Offer } from '../../core/rules/offer.ts';
import { ask, type Question } from './ask.ts';
import type {
  CodePlatformClient,
  CodesWanted,
  CodeToRemove,
  MintedCode,
  MintOutcome,
  PlatformFailure,
  RemoveOutcome,
} from './platform.ts';

export interface ShopifyKeys {
  /** `example.myshopify.com` */
  shop: string;
  /** The custom app's Admin API access token. */
  token: string;
}

/** Stable until 2027-01; `customerSelection` has become `context` in it. */
const VERSION = '2026-01';
/** Most codes of one `discountRedeemCodeBulkAdd`. */
const BATCH = 250;

const userErrors = z.array(z.looseObject({ code: z.string().nullish(), message: z.string() }));
const graphAnswer = z.looseObject({
  data: z.looseObject({}).nullish(),
  errors: z
    .union([
      z.string(),
      z.array(z.looseObject({ message: z.string(), extensions: z.looseObject({ code: z.string() }).optional() })),
    ])
    .optional(),
  extensions: z
    .looseObject({
      cost: z
        .looseObject({
          requestedQueryCost: z.number(),
          throttleStatus: z.looseObject({ currentlyAvailable: z.number(), restoreRate: z.number() }),
        })
        .optional(),
    })
    .optional(),
});
const createAnswer = z.looseObject({ codeDiscountNode: z.looseObject({ id: z.string() }).nullable(), userErrors });
const addAnswer = z.looseObject({ bulkCreation: z.looseObject({ id: z.string() }).nullable(), userErrors });
const deleteAnswer = z.looseObject({ job: z.looseObject({ id: z.string() }).nullable(), userErrors });
const jobAnswer = z
  .looseObject({
    done: z.boolean(),
    codes: z.looseObject({
      nodes: z.array(
        z.looseObject({
          code: z.string(),
          discountRedeemCode: z.looseObject({ id: z.string() }).nullable(),
          errors: userErrors,
        }),
      ),
    }),
  })
  .nullable();
const byCodeAnswer = z
  .looseObject({ id: z.string(), codeDiscount: z.looseObject({ title: z.string().optional() }) })
  .nullable();

const CREATE_BASIC = `mutation($input: DiscountCodeBasicInput!) {
  made: discountCodeBasicCreate(basicCodeDiscount: $input) { codeDiscountNode { id } userErrors { code message } }
}`;
const CREATE_SHIPPING = `mutation($input: DiscountCodeFreeShippingInput!) {
  made: discountCodeFreeShippingCreate(freeShippingCodeDiscount: $input) { codeDiscountNode { id } userErrors { code message } }
}`;
const ADD = `mutation($discountId: ID!, $codes: [DiscountRedeemCodeInput!]!) {
  added: discountRedeemCodeBulkAdd(discountId: $discountId, codes: $codes) { bulkCreation { id } userErrors { code message } }
}`;
const JOB = `query($id: ID!) {
  job: discountRedeemCodeBulkCreation(id: $id) {
    done
    codes(first: ${BATCH}) { nodes { code discountRedeemCode { id } errors { code message } } }
  }
}`;
const BY_CODE = `query($code: String!) {
  found: codeDiscountNodeByCode(code: $code) {
    id
    codeDiscount { ... on DiscountCodeBasic { title } ... on DiscountCodeFreeShipping { title } }
  }
}`;
const REMOVE = `mutation($discountId: ID!, $ids: [ID!]) {
  removed: discountCodeRedeemCodeBulkDelete(discountId: $discountId, ids: $ids) { job { id } userErrors { code message } }
}`;

type Graph = (
  query: string,
  variables: Record<string, unknown>,
) => Promise<{ kind: 'data'; data: Record<string, unknown> } | PlatformFailure>;

export function shopifyCodes(keys: ShopifyKeys, transport: typeof fetch): CodePlatformClient {
  const graph = graphOf(keys, transport);

  /** The discount that the offer's codes belong to. Its own code is for nobody: a discount can't be without one. */
  async function findOrMakeDiscount(
    wanted: CodesWanted,
    keeper: string,
  ): Promise<{ kind: 'id'; id: string } | PlatformFailure> {
    const shipping = wanted.offer.kind === 'shipping';
    const answer = await graph(shipping ? CREATE_SHIPPING : CREATE_BASIC, { input: discountInput(wanted, keeper) });
    if (answer.kind !== 'data') return answer;
    const made = createAnswer.safeParse(answer.data.made).data;
    if (made?.codeDiscountNode) return { kind: 'id', id: made.codeDiscountNode.id };
    if (!made?.userErrors.some(({ code }) => code === 'TAKEN')) return refusal(made?.userErrors);
    // An earlier call whose answer got lost has made it; anybody else's has another title.
    const there = await graph(BY_CODE, { code: keeper });
    if (there.kind !== 'data') return there;
    const found = byCodeAnswer.safeParse(there.data.found).data;
    if (found?.codeDiscount.title === wanted.title) return { kind: 'id', id: found.id };
    return { kind: 'refused', reason: `Shopify has another discount with the code ${keeper}` };
  }

  /** Null when Shopify knows nothing of the job: then it is begun again. */
  async function readJob(wanted: CodesWanted, discount: string, job: string): Promise<MintOutcome | null> {
    const answer = await graph(JOB, { id: job });
    if (answer.kind !== 'data') return answer;
    const state = jobAnswer.safeParse(answer.data.job).data;
    if (!state) return null;
    if (!state.done) return { kind: 'adding', discount, job };
    const codes: MintedCode[] = [];
    const lost: string[] = [];
    for (const code of wanted.codes) {
      const result = state.codes.nodes.find((one) => one.code.toUpperCase() === code.toUpperCase());
      if (result?.discountRedeemCode) codes.push({ code, external: result.discountRedeemCode.id });
      else lost.push(code);
    }
    return { kind: 'minted', codes, lost, discount };
  }

  return {
    batch: BATCH,

    async mint(wanted): Promise<MintOutcome> {
      const running = wanted.discount && wanted.job ? await readJob(wanted, wanted.discount, wanted.job) : null;
      if (running) return running;
      const [keeper = ''] = wanted.codes;
      const made = wanted.discount
        ? ({ kind: 'id', id: wanted.discount } as const)
        : await findOrMakeDiscount(wanted, keeperOf(keeper));
      if (made.kind !== 'id') return made;
      const answer = await graph(ADD, { discountId: made.id, codes: wanted.codes.map((code) => ({ code })) });
      if (answer.kind !== 'data') return answer;
      const added = addAnswer.safeParse(answer.data.added).data;
      if (!added?.bulkCreation) return refusal(added?.userErrors);
      return { kind: 'adding', discount: made.id, job: added.bulkCreation.id };
    },

    async remove(codes: readonly CodeToRemove[]): Promise<RemoveOutcome> {
      for (const discountId of new Set(codes.map(({ discount }) => discount))) {
        if (discountId === null) continue;
        const ids = codes.filter(({ discount }) => discount === discountId).map(({ external }) => external);
        const answer = await graph(REMOVE, { discountId, ids });
        if (answer.kind !== 'data') return answer;
        const removed = deleteAnswer.safeParse(answer.data.removed).data;
        // A discount that the shop has deleted took its codes with it.
        const gone = removed?.userErrors.some(({ message }) => /does not exist|not found/i.test(message));
        if (!removed?.job && !gone) return refusal(removed?.userErrors);
      }
      return { kind: 'removed' };
    },
  };
}

/** The discount's own code, made from the first one so that trying again asks for the same. */
const keeperOf = (code: string): string => `${code}-0`;

const refusal = (errors: z.infer<typeof userErrors> | undefined): PlatformFailure => ({
  kind: 'refused',
  reason: `Shopify: ${errors?.map(({ message }) => message).join(' ') || 'an answer that it does not document'}`.slice(
    0,
    300,
  ),
});

/** Shopify's Decimal travels as text. */
function discountInput({ offer, uses, title }: CodesWanted, code: string): Record<string, unknown> {
  const common = {
    title,
    code,
    startsAt: '2020-01-01T00:00:00Z',
    context: { all: 'ALL' },
    appliesOncePerCustomer: false,
    combinesWith: classesBeside(offer),
    ...(uses === null ? {} : { usageLimit: uses }),
    ...(offer.minOrder === undefined
      ? {}
      : { minimumRequirement: { subtotal: { greaterThanOrEqualToSubtotal: String(offer.minOrder) } } }),
  };
  if (offer.kind === 'shipping') return { ...common, destination: { all: true } };
  const value =
    offer.kind === 'percent'
      ? { percentage: Math.round((offer.value ?? 0) * 100) / 10_000 }
      : { discountAmount: { amount: String(offer.value ?? 0), appliesOnEachItem: false } };
  return { ...common, customerGets: { value, items: { all: true } } };
}

/** Which classes of discounts an order may have beside this one. Two for shipping never go together: Shopify refuses to make such. */
function classesBeside({ kind, stacking = 'none' }: Offer): Record<string, boolean> {
  const any = stacking === 'any';
  return { orderDiscounts: any, productDiscounts: any, shippingDiscounts: any && kind !== 'shipping' };
}

/** Calls the API; a throttled call (by points, https://shopify.dev/docs/api/usage/limits) says when there will be enough again. */
function graphOf({ shop, token }: ShopifyKeys, transport: typeof fetch): Graph {
  const question = (query: string, variables: Record<string, unknown>): Question => ({
    url: `https://${shop}/admin/api/${VERSION}/graphql.json`,
    method: 'POST',
    headers: { 'x-shopify-access-token': token },
    body: { query, variables },
  });
  return async (query, variables) => {
    const answer = await ask(transport, question(query, variables));
    if (answer.kind !== 'answer') return answer;
    const { data: body } = graphAnswer.safeParse(answer.body);
    if (answer.status >= 400 || !body) return { kind: 'refused', reason: `Shopify answers ${answer.status}` };
    const { errors } = body;
    if (Array.isArray(errors) && errors.some(({ extensions }) => extensions?.code === 'THROTTLED'))
      return { kind: 'later', reason: 'too many calls', afterMs: untilRestored(body.extensions?.cost) };
    if (errors !== undefined && errors.length > 0)
      return {
        kind: 'refused',
        reason: `Shopify: ${typeof errors === 'string' ? errors : errors[0]?.message}`.slice(0, 300),
      };
    return { kind: 'data', data: body.data ?? {} };
  };
}

function untilRestored(
  cost: { requestedQueryCost: number; throttleStatus: { currentlyAvailable: number; restoreRate: number } } | undefined,
): number | null {
  if (!cost || cost.throttleStatus.restoreRate <= 0) return null;
  const missing = cost.requestedQueryCost - cost.throttleStatus.currentlyAvailable;
  return Math.ceil((Math.max(0, missing) / cost.throttleStatus.restoreRate) * 1_000);
}
