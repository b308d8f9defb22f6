/** What pages call. The site key identifies and never authorises; what is dropped is answered like what is kept. */

import type { VisitAnswer } from '../../core/wire.ts';
import { shopBySiteKey } from '../../db/shops.ts';
import { claimOffer } from '../actions/claim-offer.ts';
import { publishConfig } from '../actions/publish-config.ts';
import { type FindShop, recordEvents } from '../actions/record-events.ts';
import { endpoint } from '../http/endpoint.ts';
import { Problem } from '../problem.ts';
import { configQuery } from '../schemas/queries.ts';
import { claim, claimAnswer, configAnswer, visitAnswer, visitBatch } from '../schemas/visit.ts';
import { originAllowed } from '../shop-hosts.ts';
import { sha256Hex } from '../signing.ts';

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

export const pageRoutes = [
  endpoint(
    {
      method: 'get',
      path: '/v1/config',
      access: 'page',
      tag,
      summary: 'The rules and texts that a page decides by',
      description: 'The same bytes for everyone; cached for a minute.',
      query: configQuery,
      answers: {
        200: { description: 'The config', schema: configAnswer },
        304: { description: 'Nothing changed since the ETag' },
      },
      problems: ['not_found'],
    },
    async ({ deps, query, request }) => {
      const config = await publishConfig(deps, query.shop);
      if (!config) throw new Problem('not_found');
      const body = JSON.stringify(config);
      const etag = `"${(await sha256Hex(body)).slice(0, 32)}"`;
      const headers = { 'content-type': 'application/json', 'cache-control': 'public, max-age=60', etag };
      const fresh = request.headers.get('if-none-match') === etag;
      return new Response(fresh ? null : body, { status: fresh ? 304 : 200, headers });
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
        '202 means that it is stored, and that the next claim sees it. The same batch twice changes nothing.',
      body: visitBatch,
      answers: { 202: { description: 'Stored', schema: visitAnswer } },
      problems: ['invalid_json', 'too_large', 'invalid'],
    },
    async ({ deps, body, text, request, network }) => {
      const origin = request.headers.get('origin');
      const sandboxed =
        origin === 'null' && body.events.length > 0 && body.events.every((event) => FROM_NOWHERE.has(event.type));
      const batch = { ...body, key: body.batch ?? (await sha256Hex(text)), sandboxed };
      const answer = await recordEvents(deps, shopOfPage(body.shop, origin, sandboxed), batch, network);
      return { status: 202, body: answer ?? DROPPED };
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
      answers: { 200: { description: 'Accepted', schema: claimAnswer } },
      problems: ['invalid_json', 'too_large', 'invalid', 'not_eligible', 'refused', 'purchased', 'holdout'],
    },
    async ({ deps, body, text, request, network }) => {
      const until = deps.now() + deps.settings.claimFloorMs;
      try {
        if (isMachine(body)) throw new Problem('not_eligible');
        const input = { ...body, batch: body.batch ?? (await sha256Hex(text)), sentAt: body.sentAt ?? null };
        const result = await claimOffer(
          deps,
          shopOfPage(body.shop, request.headers.get('origin'), false),
          input,
          network,
        );
        if ('refusal' in result) throw new Problem(result.refusal);
        return { status: 200, body: result.answer };
      } finally {
        await deps.pause(until - deps.now());
      }
    },
  ),
];
