/** What all webhooks share that come in: the shop in their path, the secrets that it has set, and how strangers are refused. */

import { z } from 'zod';
import { type IntegrationRow, integrationsOf } from '../../db/integrations.ts';
import { type ShopRow, shopById } from '../../db/shops.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../problem.ts';
import { isUuid } from '../schemas/common.ts';
import { sameText, sha256Hex } from '../signing.ts';

/** In bytes. With a bounce the whole of what the other server said may come, with an order hundreds of lines. */
export const LARGEST_HOOK = 1024 * 1024;

export const hookAnswer = z.object({ heard: z.boolean() }).meta({ id: 'HookAnswer' });

/** 401 and never 403, which would end a provider's tries for good. */
export const unauthorized = (message: string, headers: Record<string, string> = {}): Response =>
  new Response(`${message}\n`, {
    status: 401,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', ...headers },
  });

/** Throws `not_found` where there is no such shop. */
export async function shopOf(deps: Deps, id = ''): Promise<ShopRow> {
  const shop = isUuid(id) ? await deps.db.engine((tx) => shopById(tx, id.toLowerCase())) : null;
  if (!shop) throw new Problem('not_found');
  return shop;
}

export async function keysOf(
  deps: Deps,
  { id }: ShopRow,
  platform: IntegrationRow['platform'],
): Promise<IntegrationRow['keys']> {
  const rows = await deps.db.engine((tx) => integrationsOf(tx, id));
  return rows.find((row) => row.platform === platform)?.keys ?? {};
}

/** Whether the call comes with the user and password that the shop has set for it; where it has set none, nobody is heard. */
export async function knowsLogin(
  deps: Deps,
  shop: ShopRow,
  request: Request,
  platform: 'postmark' | 'smtp',
): Promise<boolean> {
  const given = /^Basic ([A-Za-z0-9+/=]{1,2000})$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  const { user, password } = await keysOf(deps, shop, platform);
  if (!given || !user || !password) return false;
  return sameText(await sha256Hex(given), await sha256Hex(btoa(`${user}:${password}`)));
}

export const unknownLogin = (): Response =>
  unauthorized('The user or the password is not the one that the shop has set.', {
    'www-authenticate': 'Basic realm="Linger"',
  });
