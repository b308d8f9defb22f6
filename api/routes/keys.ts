/** The secret keys that speak for a shop. */

import { listKeys } from '../../db/shops.ts';
import { addKey, dropKey } from '../actions/shops/change-keys.ts';
import { endpoint } from '../http/endpoint.ts';
import { Problem } from '../problem.ts';
import { isUuid, listOf } from '../schemas/common.ts';
import { describeKey, freshKeyAnswer, keyAnswer, keyInput } from '../schemas/key.ts';

const tag = 'Shop';

export const keyRoutes = [
  endpoint(
    {
      method: 'get',
      path: '/v1/keys',
      access: 'shop',
      tag,
      summary: 'All secret keys, without their secrets',
      answers: { 200: { description: 'The keys, the oldest first, revoked ones too', schema: listOf(keyAnswer) } },
    },
    async ({ deps, shop }) => {
      const keys = await deps.db.shop(shop.id, (tx) => listKeys(tx, shop.id));
      return { status: 200, body: { data: keys.map(describeKey), next: null } };
    },
  ),
  endpoint(
    {
      method: 'post',
      path: '/v1/keys',
      access: 'shop',
      tag,
      summary: 'Make another secret key',
      description:
        'Both work until one is revoked: give the new one to your server, then revoke the old one. Takes no Idempotency-Key, since its answer is kept nowhere.',
      body: keyInput,
      unkept: true,
      example: { name: 'checkout server' },
      answers: { 201: { description: 'The key with its secret, this once', schema: freshKeyAnswer } },
      problems: ['in_use'],
    },
    async ({ deps, shop, body }) => {
      const { name, scopes } = body;
      const { key, secretKey } = await addKey(deps, shop.id, { name, writes: scopes.includes('write') });
      return { status: 201, body: { ...describeKey(key), secretKey } };
    },
  ),
  endpoint(
    {
      method: 'delete',
      path: '/v1/keys/:id',
      access: 'shop',
      tag,
      summary: 'Revoke a secret key',
      description: 'From that moment on it is refused. The last one that may change anything can’t be revoked.',
      answers: { 204: { description: 'It works no more' } },
      problems: ['not_found', 'in_use'],
    },
    async ({ deps, shop, params }) => {
      const { id = '' } = params;
      if (!isUuid(id) || !(await dropKey(deps, shop.id, id.toLowerCase()))) throw new Problem('not_found');
      return { status: 204 };
    },
  ),
];
