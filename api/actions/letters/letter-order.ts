/** An order as letters tell of it, from what the shop told of it last. */

import type { DueOrder } from '../../../db/due-letters.ts';
import type { LetterOrder } from '../../../emails/letter.ts';
import { decodeEntities } from '../../html-entities.ts';

export function letterOrder({ id, total, currency, body }: DueOrder): LetterOrder {
  const { payUrl, tracking, trackingUrl, due } = body;
  const days = {
    payBefore: at(body.payBefore),
    deliveryFrom: at(body.deliveryFrom),
    deliveryTo: at(body.deliveryTo),
    delayedUntil: at(body.delayedUntil),
  };
  return {
    number: body.number?.trim() || id,
    items: body.items.map(({ id: item, title, quantity, price, url, image }) => ({
      title: decodeEntities(title).trim() || item,
      quantity,
      price,
      url: url ?? null,
      image: image ?? null,
    })),
    total,
    currency,
    ...(due === undefined ? {} : { due }),
    ...(payUrl ? { payUrl } : {}),
    ...(tracking ? { tracking } : {}),
    ...(trackingUrl ? { trackingUrl } : {}),
    ...told(days),
  };
}

const at = (time: string | undefined): number | undefined => (time === undefined ? undefined : Date.parse(time));

const told = <Key extends string>(days: Record<Key, number | undefined>): { [key in Key]?: number } =>
  Object.fromEntries(Object.entries(days).filter(([, day]) => day !== undefined)) as { [key in Key]?: number };
