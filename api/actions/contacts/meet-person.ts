/** Finds or makes the contact of an address that was typed into a page. Ties nobody to it: anybody may type any address. */

import type { Asker } from '../../../core/letters/confirmation.ts';
import type { EmailAddress } from '../../../core/values/email-address.ts';
import { localeOf } from '../../../core/values/locale.ts';
import { greetableName } from '../../../core/values/person-name.ts';
import type { Tx } from '../../../db/connect.ts';
import { type ContactRow, upsertContact } from '../../../db/contacts.ts';
import type { ShopRow } from '../../../db/shops.ts';
import type { VisitorRow } from '../../../db/visits.ts';
import type { Deps } from '../../deps.ts';
import type { Folded } from '../visits/fold-batch.ts';

/** What a form asks of a person, beside the address. */
export interface Told {
  email: EmailAddress;
  name?: string;
  phone?: string;
  birthday?: string;
  locale?: string;
}

/** Where somebody is, as far as that decides whether they must confirm their address. */
export const askerOf = (
  shop: Pick<ShopRow, 'locale'>,
  { visit }: Pick<Folded, 'visit'>,
  { locale }: Pick<Told, 'locale'>,
): Asker => ({
  shopLocale: shop.locale,
  language: locale?.startsWith('de') ? locale : visit.language,
  country: visit.country,
});

export const meetPerson = (
  tx: Tx,
  deps: Deps,
  { shop, visitor, told }: { shop: ShopRow; visitor: VisitorRow; told: Told },
): Promise<ContactRow> =>
  upsertContact(
    tx,
    {
      id: deps.newId(),
      shopId: shop.id,
      email: told.email,
      name: greetableName(told.name),
      phone: told.phone ?? null,
      birthday: told.birthday ?? null,
      locale: localeOf(told.locale ?? shop.locale),
    },
    visitor,
  );
