/** The whole trail of one contact: every letter planned, what became of it and why, and the chains they belong to. */

import type { ContactRow } from '../../../db/contacts.ts';
import { type DeliveryEventRow, deliveryEventsOf } from '../../../db/delivery.ts';
import { type EnrollmentRow, enrollmentsOf } from '../../../db/enrollments.ts';
import { type MessageRow, messagesOf } from '../../../db/messages.ts';
import type { Deps } from '../../deps.ts';
import { findContact } from '../contacts/find-contact.ts';

export interface Trail {
  contact: ContactRow;
  enrollments: EnrollmentRow[];
  messages: MessageRow[];
  /** What was told of them after they left. */
  events: DeliveryEventRow[];
}

/** By the contact's id or address; null when the shop knows neither. */
export async function listMessages(deps: Deps, shopId: string, contact: string): Promise<Trail | null> {
  return deps.db.shop(shopId, async (tx) => {
    const known = await findContact(tx, shopId, contact);
    if (!known) return null;
    return {
      contact: known,
      enrollments: await enrollmentsOf(tx, shopId, known.id),
      messages: await messagesOf(tx, shopId, known.id),
      events: await deliveryEventsOf(tx, shopId, known.id),
    };
  });
}
