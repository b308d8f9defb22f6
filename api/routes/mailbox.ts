/** What links in letters lead to. GET shows and never acts: link scanners open everything. */

import { readSubscription, type Subscription, unsubscribe } from '../actions/unsubscribe.ts';
import { endpoint } from '../http/endpoint.ts';
import { PAGE_HEADERS } from '../pages/layout.ts';
import { brokenLinkPage, unsubscribePage } from '../pages/unsubscribe.ts';

const tag = 'Mailbox';

async function answer(request: Request, found: Subscription | null): Promise<Response> {
  if (!found)
    return new Response(await brokenLinkPage(request.headers.get('accept-language')), {
      status: 404,
      headers: PAGE_HEADERS,
    });
  return new Response(await unsubscribePage(found.locale, found.shop.name, found.subscribed), {
    status: 200,
    headers: PAGE_HEADERS,
  });
}

const answers = {
  200: { description: 'A page', mediaType: 'text/html' },
  404: { description: 'Not a link of ours', mediaType: 'text/html' },
};

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
    async ({ deps, params, request }) => answer(request, await readSubscription(deps, params.token ?? '')),
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
    async ({ deps, params, request }) => answer(request, await unsubscribe(deps, params.token ?? '')),
  ),
];
