/** What it means for flows that somebody has left an address: they may be new, may have subscribed, may have asked for something. */

import type { Item } from '../../../core/catalogue/item.ts';
import { aboutForm } from '../../../core/flows/form-about.ts';
import type { FormKind } from '../../../core/visits/event.ts';
import type { Tx } from '../../../db/connect.ts';
import type { ContactRow } from '../../../db/contacts.ts';
import { noteFactChange } from '../../../db/segments.ts';
import type { Deps } from '../../deps.ts';
import { enterFlows, hear } from '../flows/enter-flows.ts';

export interface Left {
  contact: ContactRow;
  /** Null for an address that was left on a page of ours. */
  visitorId: string | null;
  /** They take marketing letters from this moment on. */
  subscribed: boolean;
  /** Absent for an offer that was accepted: that starts its rule's own flow. */
  form?: { kind: FormKind; id: string };
  items: readonly Item[];
  locale: string;
}

export async function followPerson(tx: Tx, deps: Deps, left: Left): Promise<void> {
  const { contact, visitorId, form, items, locale } = left;
  const who = { shopId: contact.shopId, contactId: contact.id };
  const happening = { ...who, visitorId, items, locale };
  tx.meanwhile(noteFactChange(tx, who));
  if (contact.createdAt === tx.now) {
    await enterFlows(tx, deps, { ...happening, happened: { on: 'contact_known' }, about: 'known' });
  }
  if (left.subscribed) {
    tx.meanwhile(hear(tx, who, 'subscribed'));
    await enterFlows(tx, deps, { ...happening, happened: { on: 'subscribed' }, about: `subscribed:${tx.now}` });
  }
  if (!form) return;
  tx.meanwhile(hear(tx, who, 'form_submitted'));
  if (form.kind === 'sign_up') {
    await enterFlows(tx, deps, { ...happening, happened: { on: 'registered' }, about: 'registered' });
  }
  const happened = { on: 'form_submitted' as const, form: form.kind };
  // The others come once a person; a form can be sent as often as somebody likes.
  await enterFlows(tx, deps, { ...happening, happened, about: aboutForm(form.kind, form.id), claimed: true });
}
