/** What links in letters lead to. GET shows and never acts, but for what counts links: link scanners open everything. */

import { changeWishes, readWishes, type Wishes } from '../actions/readers/change-wishes.ts';
import { confirmAddress } from '../actions/readers/confirm-address.ts';
import { followLink, noteOpening } from '../actions/readers/follow-link.ts';
import { type Reader, showReader } from '../actions/readers/know-reader.ts';
import { unsubscribe } from '../actions/readers/unsubscribe.ts';
import type { Deps } from '../deps.ts';
import { endpoint } from '../http/endpoint.ts';
import { readForm } from '../http/form.ts';
import { isMachineCall } from '../mail-agents.ts';
import { confirmPage } from '../pages/confirm.ts';
import { preferencesPage } from '../pages/preferences.ts';
import { unsubscribePage } from '../pages/unsubscribe.ts';
import { signToken } from '../signing.ts';
import { broken, pageAnswers, pageShop, shown } from './mailbox-page.ts';

const tag = 'Mailbox';

async function unsubscribeAnswer(deps: Deps, { shop, contact, message }: Reader): Promise<Response> {
  const { signingKey } = deps.settings;
  const body = await unsubscribePage({
    locale: contact.locale,
    shop: pageShop({ shop }),
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
      shop: pageShop({ shop }),
      timeZone: contact.timezone ?? shop.timezone,
      subscribed: contact.marketing === 'subscribed',
      topics,
      pausedUntil,
      saved,
    }),
  );

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
      answers: pageAnswers,
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
      answers: pageAnswers,
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
      answers: pageAnswers,
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
      answers: pageAnswers,
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
      answers: pageAnswers,
    },
    async ({ deps, params, request }) => {
      const reader = await showReader(deps, 'confirm', params.token ?? '');
      if (!reader) return broken(request);
      return shown(await confirmPage(reader.contact.locale, pageShop(reader), false));
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
      answers: pageAnswers,
    },
    async ({ deps, params, request, network }) => {
      const reader = await confirmAddress(deps, params.token ?? '', network.range);
      return reader ? shown(await confirmPage(reader.contact.locale, pageShop(reader), true)) : broken(request);
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
