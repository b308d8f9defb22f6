/** What providers tell of letters. Unsigned, so that only who knows the shop's password is heard. */

import { recordDelivery } from '../actions/sending/record-delivery.ts';
import { readJson } from '../http/body.ts';
import { endpoint } from '../http/endpoint.ts';
import { hookAnswer, knowsLogin, LARGEST_HOOK, shopOf, unknownLogin } from '../http/hook.ts';
import { readPostmark } from '../schemas/postmark-event.ts';

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
      const shop = await shopOf(deps, params.shop);
      if (!(await knowsLogin(deps, shop, request, 'postmark'))) return unknownLogin();
      const told = readPostmark(await readJson(request, LARGEST_HOOK));
      if (told) await recordDelivery(deps, shop.id, told);
      deps.wake();
      return { status: 200, body: { heard: told !== null } };
    },
  ),
];
