/** What pages call. The site key identifies and never authorises; what is dropped is answered like what is kept. */

import { isBirthday } from '../../core/birthday.ts';
import type { FormAnswer, FormPost, VisitAnswer } from '../../core/wire.ts';
import { shopBySiteKey } from '../../db/shops.ts';
import { claimOffer } from '../actions/claim-offer.ts';
import type { Batch } from '../actions/fold-batch.ts';
import { forgetBrowser } from '../actions/forget-browser.ts';
import { publishConfig } from '../actions/publish-config.ts';
import { restoreCart } from '../actions/rebuild-cart.ts';
import { type FindShop, recordEvents } from '../actions/record-events.ts';
import { takeForm } from '../actions/take-form.ts';
import { pauseToFloor } from '../http/answer-floor.ts';
import { type Call, endpoint } from '../http/endpoint.ts';
import { cachedJson, tooManyCalls } from '../http/page-answers.ts';
import { Problem } from '../problem.ts';
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
const DROPPED: VisitAnswer = {
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
};

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

/** Whether the page is within its limits. What is beyond them is answered like what is dropped. */
const isAdmitted = async ({ deps, network }: Posted, { shop, visitor }: { shop: string; visitor: string }) =>
  deps.limiter.admits({ shop, visitor, network });

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
    },
    async ({ deps, query, request, network }) => {
      if (!(await deps.limiter.admits({ shop: query.shop, visitor: null, network }))) return tooManyCalls();
      const config = await publishConfig(deps, query.shop, query.rule);
      if (!config) throw new Problem('not_found');
      return cachedJson(request, config);
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
      if (!(await isAdmitted(call, body))) return { status: 202, body: DROPPED };
      const findShop = shopOfPage(body.shop, origin, sandboxed);
      if (body.remember === false && body.events.length === 0) {
        const shopId = await forgetBrowser(deps, findShop);
        return { status: 202, body: DROPPED, headers: shopId ? cookie.header(shopId, body.visitor) : {} };
      }
      const recorded = await recordEvents(deps, findShop, batch, network);
      if (!recorded) return { status: 202, body: DROPPED };
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
    },
    async (call) => {
      const { deps, body, request, network } = call;
      const received = deps.now();
      try {
        refuseUnborn(body.birthday, deps.now());
        if (isMachine(body) || !(await isAdmitted(call, body))) throw new Problem('not_eligible');
        const findShop = shopOfPage(body.shop, request.headers.get('origin'), false);
        const result = await claimOffer(deps, findShop, { ...body, batch: await batchOf(call, body) }, network);
        if ('refusal' in result) throw new Problem(result.refusal);
        return { status: 200, body: result.answer };
      } finally {
        await pauseToFloor(deps, { shop: body.shop, received });
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
    },
    async (call) => {
      const { deps, body, request, network } = call;
      const received = deps.now();
      try {
        refuseUnborn(body.birthday, deps.now());
        let status: FormAnswer['status'] = 'received';
        if (!isMachine(body) && (await isAdmitted(call, body))) {
          const findShop = shopOfPage(body.shop, request.headers.get('origin'), false);
          status = await takeForm(deps, findShop, { ...body, batch: await batchOf(call, body) }, network);
        }
        return { status: 200, body: { status } };
      } finally {
        await pauseToFloor(deps, { shop: body.shop, received });
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
    },
    async (call) => {
      const { deps, body, request, network } = call;
      if (!(await deps.limiter.admits({ shop: body.shop, visitor: null, network }))) throw new Problem('not_found');
      const findShop = shopOfPage(body.shop, request.headers.get('origin'), false);
      const cart = await restoreCart(deps, findShop, body.token);
      if (!cart) throw new Problem('not_found');
      return { status: 200, body: cart, headers: { 'cache-control': 'no-store' } };
    },
  ),
];
