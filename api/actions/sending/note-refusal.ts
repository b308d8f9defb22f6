/** A mail server that refuses an address at once tells of a bounce: nobody else will. */

import type { Tx } from '../../../db/connect.ts';
import { insertDeliveryEvent, markMessage } from '../../../db/delivery.ts';
import type { MessageRow } from '../../../db/messages.ts';

/** `said`: the server's words, without addresses. */
export async function noteRefusal(
  tx: Tx,
  { id, shopId, contactId }: Pick<MessageRow, 'id' | 'shopId' | 'contactId'>,
  said: string,
): Promise<void> {
  const told = { kind: 'bounced' as const, machine: false, link: null, judgeAt: null };
  const detail = { record: 'refused', hard: true, description: said };
  await insertDeliveryEvent(tx, {
    ...told,
    shopId,
    key: `smtp:${id}:refused`,
    messageId: id,
    contactId,
    detail,
    at: tx.now,
  });
  await markMessage(tx, id, 'bouncedAt', tx.now);
}
