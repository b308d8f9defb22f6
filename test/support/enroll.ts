/** People on their way through a flow, put there directly: what hundreds of claims would make, without hundreds of visits. */

import { randomUUID } from 'node:crypto';
import { enterFlow } from '../../api/actions/flows/enter-flow.ts';
import type { Deps } from '../../api/deps.ts';
import type { Item } from '../../core/catalogue/item.ts';
import { codeKey } from '../../core/codes/code.ts';
import type { Flow, Step } from '../../core/flows/flow.ts';
import { DISCOUNT_REMINDER } from '../../core/recipes/discount-reminder.ts';
import { parseEmail } from '../../core/values/email-address.ts';
import { insertCode } from '../../db/codes.ts';
import type { Tx } from '../../db/connect.ts';
import { subscribeContact, upsertContact } from '../../db/contacts.ts';
import { flowByKey, insertFlow } from '../../db/flows.ts';

export interface Enrolled {
  email: string;
  contactId: string;
  visitorId: string;
  enrollmentId: string;
  /** Null for an offer without one. */
  code: string | null;
}

export interface Enrollee {
  email: string;
  /** A flow that exists; absent: the one every shop begins with. */
  flow?: string;
  /** False: an offer without a code. */
  code?: boolean;
  items?: Item[];
  /** ms that the code lives. Null: for ever. */
  expiresIn?: number | null;
  subscribed?: boolean;
}

const KETTLE: Item = { id: 'kettle', title: 'Kettle', price: 30, currency: 'EUR', url: 'https://shop.example/kettle' };

export const enroll = (deps: Deps, shopId: string, enrollee: Enrollee): Promise<Enrolled> =>
  deps.db.engine((tx) => enrollIn(tx, deps, shopId, enrollee));

/** The same for many, in one transaction. */
export const enrollAll = (deps: Deps, shopId: string, enrollees: Enrollee[]): Promise<Enrolled[]> =>
  deps.db.engine(async (tx) => {
    const all: Enrolled[] = [];
    for (const enrollee of enrollees) all.push(await enrollIn(tx, deps, shopId, enrollee));
    return all;
  });

async function enrollIn(tx: Tx, deps: Deps, shopId: string, enrollee: Enrollee): Promise<Enrolled> {
  const { code: coded = true, items = [KETTLE], expiresIn = null, subscribed = true } = enrollee;
  const address = parseEmail(enrollee.email);
  const flow = await flowByKey(tx, shopId, enrollee.flow ?? DISCOUNT_REMINDER.key);
  if (!address || !flow) throw new Error(`no such address or flow: ${enrollee.email}, ${enrollee.flow}`);
  const visitorId = randomUUID();
  const contact = await upsertContact(
    tx,
    { id: randomUUID(), shopId, email: address, name: null, locale: 'en' },
    { id: visitorId, contactId: null },
  );
  if (subscribed) await subscribeContact(tx, shopId, contact.id);
  const ruleId = randomUUID();
  const offer = coded ? ({ kind: 'percent', value: 10 } as const) : ({ kind: 'none' } as const);
  const text = deps.newCode('');
  const code =
    coded &&
    (await insertCode(tx, {
      shopId,
      id: randomUUID(),
      code: text,
      key: codeKey(text),
      ruleId,
      contactId: contact.id,
      canonical: address.canonical,
      visitorId,
      status: 'issued',
      offer,
      issuedAt: tx.now,
      expiresAt: expiresIn === null ? null : tx.now + expiresIn,
      orderId: null,
      redeemedAt: null,
      discount: null,
    }));
  const enrollment = await enterFlow(tx, deps, flow, {
    shopId,
    id: randomUUID(),
    contactId: contact.id,
    visitorId,
    ruleId,
    codeId: code ? code.id : null,
    dedupeKey: `test:${randomUUID()}`,
    items,
    offer,
    locale: 'en',
    claimed: false,
  });
  if (!enrollment) throw new Error('the enrollment was there already');
  return {
    email: enrollee.email,
    contactId: contact.id,
    visitorId,
    enrollmentId: enrollment.id,
    code: code ? code.code : null,
  };
}

/** A flow of these steps that stops on everything. */
export const addFlow = async (
  deps: Deps,
  shopId: string,
  key: string,
  steps: Step[],
  change: Partial<Flow> = {},
): Promise<void> => {
  const flow: Flow = { ...DISCOUNT_REMINDER, key, name: key, steps, ...change };
  const stored = await deps.db.engine((tx) => insertFlow(tx, shopId, flow));
  if (!stored) throw new Error(`the flow ${key} was there already`);
};
