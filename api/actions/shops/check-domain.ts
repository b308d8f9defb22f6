/** Looks up what mailbox providers look up about the domain of a shop's sender. */

import {
  type DnsAnswer,
  type DomainReport,
  type Question,
  questionsOf,
  reportDomain,
  type SenderDomain,
  USUAL_SELECTORS,
} from '../../../core/letters/sender-domain.ts';
import { domainOf, isFreeMail } from '../../../core/values/mailbox-provider.ts';
import type { ShopRow } from '../../../db/shops.ts';
import type { Deps } from '../../deps.ts';

export interface DomainCheck extends DomainReport {
  domain: string;
  /** Anybody can have an address there, so that it can never be made ready. */
  freeMail: boolean;
}

export async function checkDomain(
  { resolver, settings }: Pick<Deps, 'resolver' | 'settings'>,
  { senderEmail }: ShopRow,
  selector: string | null,
): Promise<DomainCheck> {
  const domain = domainOf(senderEmail);
  if (isFreeMail(senderEmail)) {
    const why = `${domain} lets nobody else send in its name: letters need an address at a domain of the shop’s own.`;
    return { domain, freeMail: true, records: [], aligned: { ok: false, why }, ready: false };
  }
  const sender: SenderDomain = {
    domain,
    provider: settings.smtpUrl ? 'smtp' : 'postmark',
    server: settings.smtpUrl ? new URL(settings.smtpUrl).hostname : null,
    selectors: selector ? [selector] : USUAL_SELECTORS,
  };
  const key = ({ name, type }: Question): string => `${type} ${name}`;
  const asked = await Promise.all(
    questionsOf(sender).map(async (question) => [key(question), await resolver(question)] as const),
  );
  const answers = new Map<string, DnsAnswer>(asked);
  const report = reportDomain(sender, (question) => answers.get(key(question)) ?? { failed: 'not asked' });
  return { domain, freeMail: false, ...report };
}
