/** Erases a person: chains end, no queued letter leaves, nothing that names them stays but the keyed hash of the address, so that it is not mailed again. */

import { suppress } from '../../../db/contacts.ts';
import { stopEnrollment } from '../../../db/enrollments.ts';
import {
  browsersOf,
  deletePerson,
  lockAllChains,
  lockPerson,
  unnameCodes,
  unnameDeals,
  unnameLetters,
  unnameVisits,
} from '../../../db/erasure.ts';
import type { Deps } from '../../deps.ts';
import { addressHash } from '../../signing.ts';

/** False where there is nobody of this id. */
export const eraseContact = (deps: Deps, shopId: string, contactId: string): Promise<boolean> =>
  deps.db.shop(shopId, async (tx) => {
    const person = { shopId, contactId, nobody: deps.newId() };
    // Locks in the order that every path takes them: visitors, contact, codes, enrollments, messages.
    const contact = await lockPerson(tx, person);
    if (!contact) return false;
    const browsers = await browsersOf(tx, person);
    await suppress(tx, shopId, await addressHash(deps.settings.signingKey, contact.canonical), 'unsubscribed');
    await unnameCodes(tx, person);
    const chains = await lockAllChains(tx, person);
    for (const chain of chains) await stopEnrollment(tx, chain, 'erased');
    await unnameLetters(tx, person, chains);
    await unnameDeals(tx, person);
    await unnameVisits(tx, person, browsers);
    await deletePerson(tx, person, contact.email);
    return true;
  });
