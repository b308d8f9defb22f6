/** Contacts as the shop's server reads them: page by page, all as rows of a table, or one with its facts. */

import {
  CONTACT_FACTS,
  type ContactFact,
  type ContactFacts,
  contactFacts,
} from '../../../core/contacts/contact-facts.ts';
import type { Tx } from '../../../db/connect.ts';
import { type PersonalData, personalData } from '../../../db/contact-export.ts';
import { storedFacts } from '../../../db/contact-facts.ts';
import { type ContactFilter, listContacts, suppressionsOf } from '../../../db/contact-records.ts';
import { type ContactRow, contactById } from '../../../db/contacts.ts';
import { segmentByKey } from '../../../db/segments.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../problem.ts';
import type { ShownContact } from '../../schemas/contact.ts';
import { addressHash } from '../../signing.ts';

const AT_A_TIME = 500;

export interface Page {
  contacts: ShownContact[];
  next: string | null;
}

export const readContacts = (
  deps: Deps,
  shopId: string,
  filter: ContactFilter,
  { after, limit }: { after: string | null; limit: number },
): Promise<Page> =>
  deps.db.shop(shopId, async (tx) => {
    const { segment } = filter;
    if (segment !== undefined && !(await segmentByKey(tx, shopId, segment)))
      throw new Problem('invalid', { errors: [{ path: 'segment', message: `there is no segment "${segment}"` }] });
    const found = await listContacts(tx, shopId, filter, { after, limit: limit + 1 });
    const page = found.slice(0, limit);
    return {
      contacts: await withSuppressions(tx, deps, shopId, page),
      next: found.length > limit ? (page.at(-1)?.id ?? null) : null,
    };
  });

/** All of them, some hundred at a time, each time in a transaction of its own. */
export async function* everyContact(
  deps: Deps,
  shopId: string,
  filter: ContactFilter,
): AsyncGenerator<ShownContact[], void> {
  let after: string | null = null;
  do {
    const page: Page = await readContacts(deps, shopId, filter, { after, limit: AT_A_TIME });
    yield page.contacts;
    after = page.next;
  } while (after !== null);
}

/** With why their addresses are not mailed, where they aren't. */
async function withSuppressions(
  tx: Tx,
  { settings }: Deps,
  shopId: string,
  contacts: readonly ContactRow[],
): Promise<ShownContact[]> {
  const hashes = await Promise.all(contacts.map(({ canonical }) => addressHash(settings.signingKey, canonical)));
  const reasons = await suppressionsOf(tx, shopId, hashes);
  return contacts.map((contact, index) => ({ contact, suppressed: reasons.get(hashes[index] ?? '') ?? null }));
}

export async function withSuppression(tx: Tx, deps: Deps, contact: ContactRow): Promise<ShownContact> {
  const [shown] = await withSuppressions(tx, deps, contact.shopId, [contact]);
  return shown ?? { contact, suppressed: null };
}

const EVERY_FACT = new Set(Object.keys(CONTACT_FACTS) as ContactFact[]);

export type ContactWithFacts = ShownContact & { facts: ContactFacts };

/** With what segments and flows see of them now; null where there is none. */
export const readContact = (deps: Deps, shopId: string, id: string): Promise<ContactWithFacts | null> =>
  deps.db.shop(shopId, (tx) => withFacts(tx, deps, shopId, id));

async function withFacts(tx: Tx, deps: Deps, shopId: string, id: string): Promise<ContactWithFacts | null> {
  const contact = await contactById(tx, shopId, id);
  const stored = (await storedFacts(tx, shopId, [id], EVERY_FACT)).get(id);
  if (!contact || !stored) return null;
  return { ...(await withSuppression(tx, deps, contact)), facts: contactFacts({ ...stored, now: tx.now }) };
}

/** All that is kept of one person; null where there is none. */
export const exportContact = (
  deps: Deps,
  shopId: string,
  id: string,
): Promise<(ContactWithFacts & { data: PersonalData }) | null> =>
  deps.db.shop(shopId, async (tx) => {
    const found = await withFacts(tx, deps, shopId, id);
    return found && { ...found, data: await personalData(tx, shopId, id) };
  });
