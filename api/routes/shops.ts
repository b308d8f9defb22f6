/** Shops: opened by the operator, changed by their own server. */

import type { z } from 'zod';
import { integrationsOf } from '../../db/integrations.ts';
import type { ShopRow } from '../../db/shops.ts';
import { changeShop } from '../actions/shops/change-shop.ts';
import { checkDomain } from '../actions/shops/check-domain.ts';
import { createShop } from '../actions/shops/create-shop.ts';
import { describeSetup } from '../actions/shops/describe-setup.ts';
import type { Deps } from '../deps.ts';
import { endpoint } from '../http/endpoint.ts';
import { readsRussian } from '../http/in-readers-language.ts';
import { Problem } from '../problem.ts';
import { describeShop, shopAnswer } from '../schemas/answers.ts';
import { setupAnswer } from '../schemas/answers-visit.ts';
import { describeDomain, domainAnswer, domainQuery } from '../schemas/domain.ts';
import { shopInput, shopPatch } from '../schemas/shop.ts';
import { stepInRussian } from '../words/in-russian.ts';

async function describe(deps: Deps, shop: ShopRow): Promise<z.infer<typeof shopAnswer>> {
  const integrations = await deps.db.shop(shop.id, (tx) => integrationsOf(tx, shop.id));
  return describeShop(shop, integrations, deps.settings.signingKey);
}

export const shopRoutes = [
  endpoint(
    {
      method: 'post',
      path: '/v1/shops',
      access: 'operator',
      tag: 'Operator',
      summary: 'Open a shop',
      description:
        'Answers with the site key for the tag and, this once, the secret key for the shop’s server. The shop starts with the flow `discount-reminder`.',
      body: shopInput,
      example: {
        name: 'Lamp & Leaf',
        origins: ['https://shop.example'],
        currency: 'EUR',
        locale: 'en',
        timezone: 'Europe/Berlin',
        sender: { name: 'Lamp & Leaf', email: 'hello@shop.example' },
        postalAddress: 'Lamp & Leaf, 1 Example Street, 10115 Berlin',
      },
      answers: { 201: { description: 'The shop with its keys', schema: shopAnswer } },
      problems: ['unauthorized', 'invalid_json', 'too_large', 'invalid', 'free_mail_sender'],
    },
    async ({ deps, body }) => {
      const { shop, secretKey } = await createShop(deps, body);
      return { status: 201, body: await describeShop(shop, [], deps.settings.signingKey, secretKey) };
    },
  ),
  endpoint(
    {
      method: 'get',
      path: '/v1/shop',
      access: 'shop',
      tag: 'Shop',
      summary: 'The shop this key speaks for',
      answers: { 200: { description: 'The shop', schema: shopAnswer } },
      problems: ['unauthorized'],
    },
    async ({ deps, shop, writes }) => {
      const body = await describe(deps, shop);
      return { status: 200, body: writes ? body : { ...body, identitySecret: null } };
    },
  ),
  endpoint(
    {
      method: 'patch',
      path: '/v1/shop',
      access: 'shop',
      tag: 'Shop',
      summary: 'Change the shop',
      description:
        'Only the named fields change. If the mail provider had refused the shop, waiting letters are tried again at once.',
      body: shopPatch,
      example: { sending: { dailyCap: 1, quietHours: { from: '21:00', to: '09:00' } } },
      answers: { 200: { description: 'The shop as it is now', schema: shopAnswer } },
      problems: ['unauthorized', 'invalid_json', 'too_large', 'invalid', 'free_mail_sender'],
    },
    async ({ deps, shop, body }) => {
      const changed = await changeShop(deps, shop.id, body);
      if (!changed) throw new Problem('not_found');
      return { status: 200, body: await describe(deps, changed) };
    },
  ),
  endpoint(
    {
      method: 'get',
      path: '/v1/shop/domain',
      access: 'shop',
      tag: 'Shop',
      summary: 'What mailbox providers see of the sender’s domain',
      description:
        'Looks SPF, DKIM, DMARC and the return path up in DNS, and says of each record what to paste, what was found, and why that is enough or not.',
      query: domainQuery,
      answers: { 200: { description: 'Each record with its verdict', schema: domainAnswer } },
      problems: ['unauthorized', 'invalid'],
    },
    async ({ deps, shop, query }) => {
      const check = await checkDomain(deps, shop, query.selector ?? null);
      return { status: 200, body: describeDomain(check) };
    },
  ),
  endpoint(
    {
      method: 'get',
      path: '/v1/setup',
      access: 'shop',
      tag: 'Shop',
      summary: 'What is set up, and what is missing',
      description: 'Each step with the call that completes it.',
      answers: { 200: { description: 'The steps', schema: setupAnswer } },
      problems: ['unauthorized'],
    },
    async ({ deps, shop, request: { headers } }) => {
      const found = await describeSetup(deps, shop);
      const russian = readsRussian(headers);
      const steps = russian ? found.map(stepInRussian) : found;
      const language = { 'content-language': russian ? 'ru' : 'en', vary: 'accept-language' };
      return { status: 200, body: { ready: steps.every((step) => step.done), steps }, headers: language };
    },
  ),
];
