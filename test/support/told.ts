/** A provider that tells of letters: Postmark's webhooks as they come, with the password the shop has set. */

import type { Answered, Instance, ShopHandle } from './shop.ts';

export const USER = 'postmark';
export const PASSWORD = 'a-long-password';
export const BASIC = `Basic ${btoa(`${USER}:${PASSWORD}`)}`;

export const setPassword = (shop: ShopHandle): Promise<Answered> =>
  shop.call('PATCH', '/v1/shop', { integrations: { postmark: { user: USER, password: PASSWORD } } });

/** Posts one event, as text where the bytes matter. */
export const tell = (
  { call }: Pick<Instance, 'call'>,
  shop: Pick<ShopHandle, 'id'>,
  body: unknown,
  authorization = BASIC,
): Promise<Answered> => call('POST', `/hooks/postmark/${shop.id}`, body, authorization ? { authorization } : {});

/** A person's browser, as it calls itself. */
export const HUMAN = {
  'user-agent':
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
};
