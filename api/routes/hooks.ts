/** What providers tell of letters. Unsigned, so that only who knows the shop's password is heard. */

import { z } from 'zod';
import { integrationsOf } from '../../db/integrations.ts';
import { shopById } from '../../db/shops.ts';
import { recordDelivery } from '../actions/record-delivery.ts';
import type { Deps } from '../deps.ts';
import { readJson } from '../http/body.ts';
import { endpoint } from '../http/endpoint.ts';
import { Problem } from '../problem.ts';
import { isUuid } from '../schemas/common.ts';
import { readPostmark } from '../schemas/postmark-event.ts';
import { sameText, sha256Hex } from '../signing.ts';

/** With a bounce the whole of what the other server said may come. */
const LARGEST = 1024 * 1024;

const hookAnswer = z.object({ heard: z.boolean() }).meta({ id: 'HookAnswer' });

/** 401 and never 403, which would end the provider's tries for good. */
const unauthorized = (): Response =>
  new Response('The user or the password is not the one that the shop has set.\n', {
    status: 401,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      'www-authenticate': 'Basic realm="Linger"',
    },
  });

/** Whether the call comes with the user and password that the shop has set; where it has set none, nobody is heard. Throws `not_found` where there is no such shop. */
async function isProvider(deps: Deps, shopId: string, request: Request): Promise<boolean> {
  const shop = isUuid(shopId) ? await deps.db.engine((tx) => shopById(tx, shopId)) : null;
  if (!shop) throw new Problem('not_found');
  const given = /^Basic ([A-Za-z0-9+/=]{1,2000})$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  const rows = await deps.db.engine((tx) => integrationsOf(tx, shopId));
  const { user, password } = rows.find(({ platform }) => platform === 'postmark')?.keys ?? {};
  if (!given || !user || !password) return false;
  return sameText(await sha256Hex(given), await sha256Hex(btoa(`${user}:${password}`)));
}

export const hookRoutes = [
  endpoint(
    {
      method: 'post',
      path: '/hooks/postmark/:shop',
      access: 'open',
      tag: 'Hooks',
      summary: 'Postmark tells what became of a letter',
      description:
        'Basic auth with the user and password of `PATCH /v1/shop {"integrations": {"postmark": {…}}}`; refused while none are set. Takes Delivery, Bounce, SpamComplaint, Open, Click and SubscriptionChange; other types are answered 200 and left. The same event again changes nothing. Hard bounces, complaints and unsubscribes end all chains of the address at once.',
      answers: {
        200: { description: 'Whether it was of a kind that we listen to', schema: hookAnswer },
        401: { description: 'Not the shop’s user and password', mediaType: 'text/plain' },
      },
      problems: ['not_found', 'invalid_json', 'too_large'],
    },
    async ({ deps, params, request }) => {
      const shopId = (params.shop ?? '').toLowerCase();
      if (!(await isProvider(deps, shopId, request))) return unauthorized();
      const told = readPostmark(await readJson(request, LARGEST));
      if (told) await recordDelivery(deps, shopId, told);
      deps.wake();
      return { status: 200, body: { heard: told !== null } };
    },
  ),
];
