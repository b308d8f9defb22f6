/** What pages call. The site key identifies and never authorises; what is dropped is answered like what is kept. */

import { isBirthday } from '../../core/values/birthday.ts';
import type { FormAnswer, FormPost, VisitAnswer } from '../../core/visits/wire.ts';
import { shopBySiteKey } from '../../db/shops.ts';
import { restoreCart } from '../actions/letters/rebuild-cart.ts';
import { claimOffer } from '../actions/rules/claim-offer.ts';
import type { Batch } from '../actions/visits/fold-batch.ts';
import { forgetBrowser } from '../actions/visits/forget-browser.ts';
import { publishConfig } from '../actions/visits/publish-config.ts';
import { type FindShop, recordEvents } from '../actions/visits/record-events.ts';
import { takeForm } from '../actions/visits/take-form.ts';
import { pauseToFloor } from '../http/answer-floor.ts';
import { type Call, endpoint } from '../http/endpoint.ts';
import { cachedJson, tooManyCalls } from '../http/page-answers.ts';
import { inTurn } from '../http/page-turn.ts';
import { toResponse } from '../http/to-response.ts';
import { Problem, problemResponse } from '../problem.ts';
import { configQuery } from '../schemas/queries.ts';
import {
  claim,
  claimAnswer,
  configAnswer,
  formAnswer,
  formPost,
  restoredCart,
  restorePost,
  visitAnswer,
  visitBatch,
} from '../schemas/visit.ts';
import { originAllowed } from '../shop-hosts.ts';
import { sha256Hex } from '../signing.ts';
import { type VisitorCookie, visitorCookie } from '../visitor-cookie.ts';
import { CLAIM_EXAMPLE, FORM_EXAMPLE, RESTORE_EXAMPLE, VISIT_EXAMPLE } from './page-examples.ts';

const tag = 'Page';

/** `Origin: null` (a sandboxed frame) may tell that somebody is buying, which can only stop a chain. */
const FROM_NOWHERE = new Set(['begin_checkout', 'purchase']);

/** What is dropped is answered like a first visit: whoever tries a copied key learns nothing. */
const DROPPED = {
  status: 202,
  body: {
    visitor: {
      visits: 1,
      daysSinceLastVisit: null,
      subscribed: false,
      purchasedAt: null,
      refusedAt: null,
      shown: {},
      facts: { country: null, device: null, browser: null, os: null },
      arms: {},
    },
  } satisfies VisitAnswer,
};

const received = (status: FormAnswer['status'] = 'received') => ({
  status: 200,
  body: { status } satisfies FormAnswer,
});

/** The shop that this page may speak for. */
const shopOfPage =
  (siteKey: string, origin: string | null, sandboxed: boolean): FindShop =>
  async (tx) => {
    const shop = await shopBySiteKey(tx, siteKey);
    return shop && (sandboxed || originAllowed(origin, shop.origins)) ? shop : null;
  };

/** Nobody reads, agrees and types an address within half a second; absent, the time tells nothing. */
const QUICKEST_MS = 500;

/** A field that people don't see was filled in, or the form was filled faster than people can: a machine wrote this. */
const isMachine = ({ hp, filledMs }: { hp?: string; filledMs?: number }): boolean =>
  Boolean(hp) || (filledMs ?? QUICKEST_MS) < QUICKEST_MS;

/** Somewhere it is tomorrow already. */
const ZONES_AHEAD_MS = 14 * 3_600_000;

/** Nobody was born tomorrow. */
function refuseUnborn(birthday: string | undefined, now: number): void {
  if (!birthday || isBirthday(birthday, new Date(now + ZONES_AHEAD_MS).toISOString().slice(0, 10))) return;
  throw new Problem('invalid', { errors: [{ path: 'birthday', message: 'must not lie in the future' }] });
}

type Posted = Pick<Call<unknown, unknown>, 'deps' | 'request' | 'network'>;

/** The browser asks not to be profiled (Global Privacy Control): no cookie, no tie to a person. */
const isPrivate = (request: Request): boolean => request.headers.get('sec-gpc') === '1';

const cookieOf = ({ deps, request }: Posted, { remember }: { remember?: boolean }): VisitorCookie =>
  visitorCookie(request, deps.settings, remember !== false && !isPrivate(request));

/** The batch that comes with a form, to be folded before anything is decided. */
async function batchOf(
  { request, text, ...call }: Posted & Pick<Call<unknown, unknown>, 'text'>,
  body: Omit<FormPost, 'email' | 'kind' | 'item'>,
): Promise<Batch> {
  return {
    visitor: body.visitor,
    visit: body.visit,
    cookie: cookieOf({ request, ...call }, body).read,
    key: body.batch ?? (await sha256Hex(text)),
    sentAt: body.sentAt ?? null,
    events: body.events ?? [],
    sandboxed: false,
    untied: isPrivate(request),
  };
}

export const pageRoutes = [
  endpoint(
    {
      method: 'get',
      path: '/v1/config',
      access: 'page',
      tag,
      summary: 'The rules and texts that a page decides by',
      description:
        'The same bytes for everyone; cached for a minute. Held to the rate of page calls (100 a second for one shop from one network): beyond it 429, which no cache keeps.',
      query: configQuery,
      answers: {
        200: { description: 'The config', schema: configAnswer },
        304: { description: 'Nothing changed since the ETag' },
      },
      problems: ['not_found', 'too_many_calls'],
      dropped: tooManyCalls,
    },
    async (call) => {
      const { deps, query, request } = call;
      const found = await inTurn(call, { shop: query.shop }, async () => ({
        config: await publishConfig(deps, query.shop, query.rule),
      }));
      if (!found) return tooManyCalls();
      if (!found.config) throw new Problem('not_found');
      return cachedJson(request, found.config);
    },
  ),
  endpoint(
    {
      method: 'post',
      path: '/v1/visits',
      access: 'page',
      tag,
      summary: 'A batch of what a visitor did',
      description:
        '202 means that it is stored, and that the next claim sees it. The same batch twice changes nothing. Where the page calls a host of its own site, a cookie (`linger_…`, a random id, 400 days, HttpOnly) knows the browser again after its storage was cleared: the answer then carries `visitor.id`. With `remember: false`, or `Sec-GPC: 1`, there is no cookie, and one that is there is taken back (without `events` that is all that is done); with `Sec-GPC: 1` the visit also is tied to no person, whatever `identify` says.',
      body: visitBatch,
      example: VISIT_EXAMPLE,
      answers: { 202: { description: 'Stored', schema: visitAnswer } },
      problems: ['invalid_json', 'too_large', 'invalid'],
      dropped: () => toResponse(DROPPED),
    },
    async (call) => {
      const { deps, body, text, request, network } = call;
      const origin = request.headers.get('origin');
      const sandboxed =
        origin === 'null' && body.events.length > 0 && body.events.every((event) => FROM_NOWHERE.has(event.type));
      const cookie = cookieOf(call, body);
      const batch = {
        ...body,
        key: body.batch ?? (await sha256Hex(text)),
        cookie: cookie.read,
        sandboxed,
        untied: isPrivate(request),
      };
      const findShop = shopOfPage(body.shop, origin, sandboxed);
      if (body.remember === false && body.events.length === 0) {
        const shopId = await inTurn(call, body, () => forgetBrowser(deps, findShop));
        return { ...DROPPED, headers: shopId ? cookie.header(shopId, body.visitor) : {} };
      }
      const recorded = await inTurn(call, body, () => recordEvents(deps, findShop, batch, network));
      if (!recorded) return DROPPED;
      return { status: 202, body: recorded.answer, headers: cookie.header(recorded.shopId, recorded.visitorId) };
    },
  ),
  endpoint(
    {
      method: 'post',
      path: '/v1/claims',
      access: 'page',
      tag,
      summary: 'A visitor takes the offer',
      description:
        'Decided again on the server from stored events, never from what the page says. The answer is the same for a new, known or suppressed address.',
      body: claim,
      example: CLAIM_EXAMPLE,
      answers: { 200: { description: 'Accepted', schema: claimAnswer } },
      problems: ['invalid_json', 'too_large', 'invalid', 'not_eligible', 'refused', 'purchased', 'holdout', 'capped'],
      dropped: () => problemResponse(new Problem('not_eligible')),
    },
    async (call) => {
      const { deps, body, request, network } = call;
      const began = deps.now();
      try {
        refuseUnborn(body.birthday, deps.now());
        if (isMachine(body)) throw new Problem('not_eligible');
        const findShop = shopOfPage(body.shop, request.headers.get('origin'), false);
        const batch = await batchOf(call, body);
        const result = await inTurn(call, body, () => claimOffer(deps, findShop, { ...body, batch }, network));
        if (!result) throw new Problem('not_eligible');
        if ('refusal' in result) throw new Problem(result.refusal);
        return { status: 200, body: result.answer };
      } finally {
        await pauseToFloor(deps, { shop: body.shop, received: began });
      }
    },
  ),
  endpoint(
    {
      method: 'post',
      path: '/v1/forms',
      access: 'page',
      tag,
      summary: 'A visitor leaves an address in a form',
      description:
        'A sign-up, a subscription, or the wish to hear when the item of a `waitlist` is back. The answer is the same whoever asks and whatever becomes of it; what letters follow is up to the flows, but for one that asks whose address it is where the shop wants it confirmed (`confirm`). Only `item`s on the shop’s own origins are waited for.',
      body: formPost,
      example: FORM_EXAMPLE,
      answers: { 200: { description: 'Received', schema: formAnswer } },
      problems: ['invalid_json', 'too_large', 'invalid'],
      dropped: () => toResponse(received()),
    },
    async (call) => {
      const { deps, body, request, network } = call;
      const began = deps.now();
      try {
        refuseUnborn(body.birthday, deps.now());
        if (isMachine(body)) return received();
        const findShop = shopOfPage(body.shop, request.headers.get('origin'), false);
        const batch = await batchOf(call, body);
        return received(
          (await inTurn(call, body, () => takeForm(deps, findShop, { ...body, batch }, network))) ?? undefined,
        );
      } finally {
        await pauseToFloor(deps, { shop: body.shop, received: began });
      }
    },
  ),
  endpoint(
    {
      method: 'post',
      path: '/v1/restore',
      access: 'page',
      tag,
      summary: 'The cart of a letter whose link was followed',
      description:
        'For the `TOKEN` of `?linger=restore:TOKEN`, which the link of a letter about a cart leads to and which is good for an hour: the things that are still sold, with their quantities, and the reader’s code as long as it is good. Nothing of the reader.',
      body: restorePost,
      example: RESTORE_EXAMPLE,
      answers: { 200: { description: 'The cart', schema: restoredCart } },
      problems: ['invalid_json', 'too_large', 'invalid', 'not_found'],
      dropped: () => problemResponse(new Problem('not_found')),
    },
    async (call) => {
      const { deps, body, request } = call;
      const findShop = shopOfPage(body.shop, request.headers.get('origin'), false);
      const cart = await inTurn(call, { shop: body.shop }, () => restoreCart(deps, findShop, body.token));
      if (!cart) throw new Problem('not_found');
      return { status: 200, body: cart, headers: { 'cache-control': 'no-store' } };
    },
  ),
];
