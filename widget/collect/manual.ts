/** The shop's own word: `linger('item' | 'cart' | 'order' | 'share' | 'identify', data)`, checked and cleaned. Junk is null. */

import { amountOf, currencyOf } from '../../core/values/price.ts';
import type { EventBody } from '../../core/visits/event.ts';
import { SHARE_ACTS } from '../../core/visits/event.ts';
import type { LayerReading, Snapshot } from './ga4.ts';
import { codesOf } from './ga4.ts';
import { isRaw, lineOf, listOf, MOST_LINES, type Raw, readingOf } from './reading.ts';
import { plainText } from './text.ts';

export type Told = LayerReading | EventBody;

export function readCall(name: unknown, data: unknown, pageUrl: string): Told | null {
  if (!isRaw(data)) return null;
  switch (name) {
    case 'item': {
      const reading = { ...readingOf(data, pageUrl), sure: true };
      return reading.title || reading.id ? { kind: 'view', reading } : null;
    }
    case 'cart':
      return Array.isArray(data.items) ? { kind: 'cart', cart: snapshotOf(data, pageUrl, true), said: true } : null;
    case 'order': {
      const orderId = plainText(data.id ?? data.orderId);
      return orderId ? { kind: 'purchase', orderId, cart: snapshotOf(data, pageUrl, true) } : null;
    }
    case 'share': {
      const act = SHARE_ACTS.find((known) => known === (data.act ?? 'share'));
      const network = plainText(data.network, 40);
      return act ? { type: 'share', act, ...(network ? { network } : {}) } : null;
    }
    case 'identify': {
      const email = plainText(data.email, 254);
      const proof = plainText(data.proof, 200);
      return email?.includes('@') && proof ? { type: 'identify', email, proof } : null;
    }
    default:
      return null;
  }
}

/** A cart as a shop or its platform gives it. `sure`: it was the shop itself. */
export function snapshotOf(data: Raw, base: string, sure: boolean): Snapshot {
  const currency = currencyOf(data.currency);
  const lines = listOf(data.items).filter(isRaw).slice(-MOST_LINES);
  return {
    items: lines.flatMap((line) => {
      const reading = { ...readingOf({ ...line, currency: line.currency ?? currency }, base), sure };
      return lineOf(reading, line.quantity, base) ?? [];
    }),
    value: amountOf(data.value ?? data.total),
    currency,
    codes: codesOf(listOf(data.codes ?? data.code)),
  };
}
