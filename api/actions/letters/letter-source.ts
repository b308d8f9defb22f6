/** What a letter that nobody waits for is made from: a made-up person, or a contact as they are now. Its links do nothing. */

import type { LetterKey } from '../../../core/flows/flow.ts';
import type { OwnLetter } from '../../../core/letters/own-letter.ts';
import { type Locale, localeOf } from '../../../core/values/locale.ts';
import type { OrderLine } from '../../../db/documents.ts';
import type { DueOrder } from '../../../db/due-letters.ts';
import { latestChain } from '../../../db/latest-chain.ts';
import type { ShopRow } from '../../../db/shops.ts';
import { exampleOf } from '../../../emails/example.ts';
import type { LetterItem, LetterProps } from '../../../emails/letter.ts';
import { guideTo, type LetterGuide } from '../../../emails/own/guide.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../problem.ts';
import { findContact } from '../contacts/find-contact.ts';
import type { LetterSource } from './compose-letter.ts';
import { gatherExtras, type LetterExtras } from './gather-extras.ts';
import { letterOrder } from './letter-order.ts';

/** Nobody's, so that the links of a letter that is only looked at do nothing. */
export const NOBODY = '00000000-0000-0000-0000-000000000000';

export interface LetterToLookAt {
  source: LetterSource;
  extras: LetterExtras & Partial<LetterProps>;
  locale: Locale;
}

export interface LookAt {
  key: LetterKey;
  contact?: string;
  locale?: Locale;
  /** Null for the built-in letter. */
  words: OwnLetter | null;
}

/** Throws `invalid` where there is no such contact. */
export async function letterToLookAt(deps: Deps, shop: ShopRow, look: LookAt): Promise<LetterToLookAt> {
  return look.contact === undefined ? exampleLetter(shop, look, deps.now()) : letterTo(deps, shop, look, look.contact);
}

/** What every letter takes from its shop. */
export const senderOf = (shop: ShopRow) => ({
  shopId: shop.id,
  shopName: shop.name,
  origins: shop.origins,
  currency: shop.currency,
  senderName: shop.senderName,
  senderEmail: shop.senderEmail,
  postalAddress: shop.postalAddress,
  settings: shop.settings,
});

const common = (shop: ShopRow, { key, words }: LookAt) => ({
  ...senderOf(shop),
  id: NOBODY,
  letter: key,
  purpose: 'marketing' as const,
  steps: null,
  step: 0,
  variant: null,
  own: words && { version: 0, words },
});

export function exampleLetter(shop: ShopRow, look: LookAt, now: number): LetterToLookAt {
  const { currency } = shop;
  const locale = look.locale ?? localeOf(shop.locale);
  const home = `${shop.origins.find((origin) => !origin.includes('*')) ?? 'https://shop.example'}/`;
  const { name, items, code, expiresAt, order, recommended, more } = exampleOf({ locale, currency, home, now });
  const source: LetterSource = {
    ...common(shop, look),
    flowKey: 'example',
    items,
    offer: { kind: 'percent', value: 10 },
    order: orderRow(order),
    locale,
    code,
    codeExpiresAt: expiresAt,
    email: 'somebody@example.com',
    name,
    zone: shop.timezone,
  };
  const because = { with: [], count: 0 };
  const extras = {
    ...more,
    recommended: { reason: 'popular' as const, items: recommended.map((item) => ({ item, because })) },
  };
  return { source, extras, locale };
}

/** As the shop would have told of it. */
function orderRow({ number, items, total, currency, ...order }: NonNullable<LetterProps['order']>): DueOrder {
  const iso = (at: number | undefined): string => new Date(at ?? 0).toISOString();
  const lineOf = ({ title, quantity, price, url }: LetterItem | (typeof items)[number]): OrderLine => ({
    id: title,
    title,
    quantity: quantity ?? 1,
    price,
    ...(url ? { url } : {}),
  });
  const { due, payUrl, tracking, trackingUrl } = order;
  return {
    id: number,
    status: 'placed',
    total,
    currency,
    body: {
      number,
      items: items.map(lineOf),
      codes: [],
      ...{ due, payUrl, tracking, trackingUrl },
      payBefore: iso(order.payBefore),
      deliveryFrom: iso(order.deliveryFrom),
      deliveryTo: iso(order.deliveryTo),
    },
  };
}

async function letterTo(deps: Deps, shop: ShopRow, look: LookAt, who: string): Promise<LetterToLookAt> {
  const { contact, chain } = await deps.db.shop(shop.id, async (tx) => {
    const contact = await findContact(tx, shop.id, who);
    if (!contact) throw new Problem('invalid', { errors: [{ path: 'contact', message: 'there is no such contact' }] });
    return { contact, chain: await latestChain(tx, { shopId: shop.id, contactId: contact.id, letter: look.key }) };
  });
  const locale = look.locale ?? localeOf(chain?.locale ?? contact.locale);
  const source: LetterSource = {
    ...common(shop, look),
    flowKey: chain?.flowKey ?? 'preview',
    contactId: contact.id,
    ...(chain ? { enrollmentId: chain.enrollmentId } : {}),
    items: chain?.items ?? [],
    offer: chain?.offer ?? { kind: 'none' },
    order: chain?.order ?? null,
    locale,
    code: chain?.code ?? null,
    codeExpiresAt: chain?.codeExpiresAt ?? null,
    email: contact.email,
    name: contact.name,
    patronymic: contact.patronymic,
    lastName: contact.lastName,
    nameStyle: contact.nameStyle,
    zone: contact.timezone ?? shop.timezone,
  };
  return { source, extras: await gatherExtras(deps, source), locale };
}

/** With examples in the shop's own name. */
export function guideFor(shop: ShopRow, key: LetterKey, now: number): LetterGuide {
  const example = (locale: Locale): LetterProps => {
    const { source, extras } = exampleLetter(shop, { key, locale, words: null }, now);
    const { recommended, ...more } = extras;
    return {
      shop: { name: shop.name, url: '', postalAddress: shop.postalAddress, brand: shop.settings.brand },
      locale,
      timeZone: shop.timezone,
      currency: shop.currency,
      name: source.name,
      items: source.items,
      offer: source.offer,
      code: source.code,
      expiresAt: source.codeExpiresAt,
      unsubscribeUrl: '',
      ...(source.order ? { order: letterOrder(source.order) } : {}),
      ...(recommended ? { recommendations: { ...recommended, items: recommended.items.map(({ item }) => item) } } : {}),
      ...more,
    };
  };
  return guideTo(key, { en: example('en'), ru: example('ru') });
}
