/** Shops as the operator opens them and as their own server changes them. */

import { z } from 'zod';
import { CONSENT_FORMS } from '../../core/wire.ts';
import { colour, currency, email, locale, origin, text, timeOfDay, timezone, webUrl } from './common.ts';

const brand = z.strictObject({ accent: z.exactOptional(colour), logo: z.exactOptional(webUrl()) });

const sending = z.strictObject({
  dailyCap: z.exactOptional(z.int().min(1).max(50).nullable()),
  quietHours: z.exactOptional(z.strictObject({ from: timeOfDay, to: timeOfDay }).nullable()),
});

const sender = z.strictObject({
  name: text(78).refine((name) => !/[\r\n"<>\\]/.test(name), 'must not contain line breaks, quotes or angle brackets'),
  email: email.transform((parsed) => parsed.address),
});

const fields = {
  name: text(120),
  origins: z.array(origin).min(1, 'must name at least one origin').max(50),
  currency,
  locale,
  timezone,
  sender,
  postalAddress: text(300),
};

const optional = {
  brand: z.exactOptional(brand),
  consent: z.exactOptional(z.enum(CONSENT_FORMS)),
  privacyUrl: z.exactOptional(webUrl().nullable()),
  sending: z.exactOptional(sending),
};

export const shopInput = z.strictObject({ ...fields, ...optional }).meta({ id: 'ShopInput' });
export type ShopInput = z.infer<typeof shopInput>;

export const shopPatch = z
  .strictObject({
    name: z.exactOptional(fields.name),
    origins: z.exactOptional(fields.origins),
    currency: z.exactOptional(fields.currency),
    locale: z.exactOptional(fields.locale),
    timezone: z.exactOptional(fields.timezone),
    sender: z.exactOptional(fields.sender),
    postalAddress: z.exactOptional(fields.postalAddress),
    ...optional,
  })
  .meta({ id: 'ShopPatch' });
export type ShopPatch = z.infer<typeof shopPatch>;
