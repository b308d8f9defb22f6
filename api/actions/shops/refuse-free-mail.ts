/** Keeps a shop from going live in the name of a free mailbox: Gmail, Mail.ru and the like refuse letters that others send in theirs. */

import { domainOf, isFreeMail } from '../../../core/values/mailbox-provider.ts';
import { Problem } from '../../problem.ts';
import { hasProvider, type Settings } from '../../settings.ts';

/** The local inbox doesn't mind. */
export function refuseFreeMail(settings: Settings, senderEmail: string): void {
  if (!hasProvider(settings) || !isFreeMail(senderEmail)) return;
  throw new Problem('free_mail_sender', {
    detail: `${domainOf(senderEmail)} tells the world that only its own servers send in its name, so letters from there would be refused or end as spam. Take an address at the shop’s own domain: PATCH /v1/shop {"sender": {"name": "…", "email": "hello@your-shop"}}; GET /v1/shop/domain then says which DNS records it needs.`,
  });
}
