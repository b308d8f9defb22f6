/** What links in letters lead to. GET shows and never acts, but for what counts links: link scanners open everything. */

import { MAIL_REASONS, NPS_SCORES } from '../../core/letter-wishes.ts';
import { changeWishes, readWishes, type Wishes } from '../actions/change-wishes.ts';
import { confirmAddress } from '../actions/confirm-address.ts';
import { followLink, noteOpening } from '../actions/follow-link.ts';
import { type Reader, showReader } from '../actions/know-reader.ts';
import { answerNps, giveReason } from '../actions/take-answer.ts';
import { unsubscribe } from '../actions/unsubscribe.ts';
import type { Deps } from '../deps.ts';
import { endpoint } from '../http/endpoint.ts';
import { readForm } from '../http/form.ts';
import { isMachineCall } from '../mail-agents.ts';
import { confirmPage } from '../pages/confirm.ts';
import { PAGE_HEADERS } from '../pages/layout.ts';
import { LONGEST_COMMENT, npsPage, npsThanksPage } from '../pages/nps.ts';
import { preferencesPage } from '../pages/preferences.ts';
import { reasonPage, reasonThanksPage } from '../pages/reasons.ts';
import { brokenLinkPage, unsubscribePage } from '../pages/unsubscribe.ts';
import { mailboxQuery } from '../schemas/queries.ts';
import { signToken } from '../signing.ts';

const tag = 'Mailbox';

const answers = {
  200: { description: 'A page', mediaType: 'text/html' },
  404: { description: 'Not a link of ours', mediaType: 'text/html' },
};

const shown = (body: string): Response => new Response(body, { status: 200, headers: PAGE_HEADERS });

const broken = async (request: Request): Promise<Response> =>
  new Response(await brokenLinkPage(request.headers.get('accept-language')), { status: 404, headers: PAGE_HEADERS });

async function unsubscribeAnswer(deps: Deps, { shop, contact, message }: Reader): Promise<Response> {
  const { signingKey } = deps.settings;
  const body = await unsubscribePage({
    locale: contact.locale,
    shopName: shop.name,
    subscribed: contact.marketing === 'subscribed',
    preferencesPath: `/p/${await signToken(signingKey, 'preferences', message.id)}`,
    reasonPath: `/n/${await signToken(signingKey, 'reason', message.id)}`,
  });
  return shown(body);
}

const wishesAnswer = async ({ shop, contact, topics, pausedUntil }: Wishes, saved: boolean): Promise<Response> =>
  shown(
    await preferencesPage({
      locale: contact.locale,
      shopName: shop.name,
      timeZone: contact.timezone ?? shop.timezone,
      subscribed: contact.marketing === 'subscribed',
      topics,
      pausedUntil,
      saved,
    }),
  );

const scoreOf = (text: string | null | undefined): number | null =>
  NPS_SCORES.find((score) => String(score) === text) ?? null;

/** 43 bytes that every program takes for a picture: one dot, of no colour. */
const DOT = Uint8Array.from(atob('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'), (one) =>
  one.charCodeAt(0),
);

export const mailboxRoutes = [
  endpoint(
    {
      method: 'get',
      path: '/u/:token',
      access: 'open',
      tag,
      summary: 'The page that asks whether to unsubscribe',
      answers,
    },
    async ({ deps, params, request }) => {
      const reader = await showReader(deps, 'unsubscribe', params.token ?? '');
      return reader ? unsubscribeAnswer(deps, reader) : broken(request);
    },
  ),
  endpoint(
    {
      method: 'post',
      path: '/u/:token',
      access: 'open',
      tag,
      summary: 'Unsubscribe (RFC 8058 one-click)',
      description: 'Needs no cookie and no body. Twice is once. The chains have ended when the answer comes.',
      answers,
    },
    async ({ deps, params, request, network }) => {
      const reader = await unsubscribe(deps, params.token ?? '', network.range);
      return reader ? unsubscribeAnswer(deps, reader) : broken(request);
    },
  ),
  endpoint(
    {
      method: 'get',
      path: '/p/:token',
      access: 'open',
      tag,
      summary: 'The page on which a reader chooses letters',
      description: 'What the shop writes about, a break of 30 days, the language, and no letters at all.',
      answers,
    },
    async ({ deps, params, request }) => {
      const wishes = await readWishes(deps, params.token ?? '');
      return wishes ? wishesAnswer(wishes, false) : broken(request);
    },
  ),
  endpoint(
    {
      method: 'post',
      path: '/p/:token',
      access: 'open',
      tag,
      summary: 'Choose letters',
      description:
        'A form: `act` is `save` (with `topic` for each that is wanted, `pause=30`, `locale`), `unsubscribe` or `subscribe`. Running chains of what is not wanted end; a break holds them back.',
      answers,
    },
    async ({ deps, params, request, network }) => {
      const form = await readForm(request);
      const act = (['save', 'unsubscribe', 'subscribe'] as const).find((one) => one === form.get('act'));
      const token = params.token ?? '';
      const choice = { topics: form.all('topic'), pause: form.get('pause') === '30', locale: form.get('locale') };
      // A form without its button says nothing.
      const wishes = act
        ? await changeWishes(deps, token, { act, ...choice }, network.range)
        : await readWishes(deps, token);
      return wishes ? wishesAnswer(wishes, act === 'save') : broken(request);
    },
  ),
  endpoint(
    {
      method: 'get',
      path: '/y/:token',
      access: 'open',
      tag,
      summary: 'The page that asks to confirm an address',
      answers,
    },
    async ({ deps, params, request }) => {
      const reader = await showReader(deps, 'confirm', params.token ?? '');
      if (!reader) return broken(request);
      return shown(await confirmPage(reader.contact.locale, reader.shop.name, false));
    },
  ),
  endpoint(
    {
      method: 'post',
      path: '/y/:token',
      access: 'open',
      tag,
      summary: 'Confirm an address (double opt-in)',
      description: 'Subscribes, and starts what was asked for. Twice is once.',
      answers,
    },
    async ({ deps, params, request, network }) => {
      const reader = await confirmAddress(deps, params.token ?? '', network.range);
      return reader ? shown(await confirmPage(reader.contact.locale, reader.shop.name, true)) : broken(request);
    },
  ),
  endpoint(
    {
      method: 'get',
      path: '/n/:token',
      access: 'open',
      tag,
      summary: 'The page that asks whether one would recommend the shop, or why one leaves',
      query: mailboxQuery,
      answers,
    },
    async ({ deps, params, request, query }) => {
      const { token = '' } = params;
      const reader = await showReader(deps, 'nps', token);
      if (reader) {
        const { locale, nps } = reader.contact;
        const score = scoreOf(query.score) ?? nps;
        return shown(await npsPage({ locale, shopName: reader.shop.name, score, missing: false }));
      }
      const leaving = await showReader(deps, 'reason', token);
      return leaving ? shown(await reasonPage(leaving.contact.locale, `/n/${token}`)) : broken(request);
    },
  ),
  endpoint(
    {
      method: 'post',
      path: '/n/:token',
      access: 'open',
      tag,
      summary: 'Answer it',
      description: 'A form: `score` 0–10 and perhaps `comment`, or `reason`. The latest answer counts.',
      answers,
    },
    async ({ deps, params, request }) => {
      const { token = '' } = params;
      const form = await readForm(request);
      const score = scoreOf(form.get('score'));
      const reason = MAIL_REASONS.find((one) => one === form.get('reason'));
      if (score !== null) {
        const comment = form.get('comment', LONGEST_COMMENT);
        const reader = await answerNps(deps, token, { score, comment });
        if (reader) return shown(await npsThanksPage(reader.contact.locale, reader.shop.name));
      }
      if (reason) {
        const reader = await giveReason(deps, token, reason);
        if (reader) return shown(await reasonThanksPage(reader.contact.locale));
      }
      const asked = await showReader(deps, 'nps', token);
      if (asked) {
        const { locale, nps } = asked.contact;
        return shown(await npsPage({ locale, shopName: asked.shop.name, score: nps, missing: true }));
      }
      const leaving = await showReader(deps, 'reason', token);
      return leaving ? shown(await reasonPage(leaving.contact.locale, `/n/${token}`)) : broken(request);
    },
  ),
  endpoint(
    {
      method: 'get',
      path: '/c/:token',
      access: 'open',
      tag,
      summary: 'A link in a letter',
      description:
        'Leads to the page on the shop that is signed in it. Scanners are told apart; a person’s click wakes flows that wait for it, and the page gets a parameter, good for ten minutes, by which the shop’s visitor is known as the reader.',
      answers: {
        302: { description: 'The page on the shop' },
        404: { description: 'Not a link of ours, or to what is the shop’s no more', mediaType: 'text/html' },
      },
    },
    async ({ deps, params, request }) => {
      const url = await followLink(deps, params.token ?? '', {
        machine: isMachineCall(request),
        untied: request.headers.get('sec-gpc') === '1',
      });
      if (!url) return broken(request);
      const headers = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex' };
      return new Response(null, { status: 302, headers: { ...headers, location: url } });
    },
  ),
  endpoint(
    {
      method: 'get',
      path: '/o/:token',
      access: 'open',
      tag,
      summary: 'The dot that tells of a letter’s opening',
      answers: {
        200: { description: 'One dot', mediaType: 'image/gif' },
        404: { description: 'Not a link of ours', mediaType: 'text/html' },
      },
    },
    async ({ deps, params, request }) => {
      if (!(await noteOpening(deps, params.token ?? '', isMachineCall(request)))) return broken(request);
      return new Response(DOT, { headers: { 'content-type': 'image/gif', 'cache-control': 'no-store' } });
    },
  ),
];
