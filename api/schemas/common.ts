/** Schemas that the others are made of. */

import { z } from 'zod';
import { isTimeZone } from '../../core/values/calendar.ts';
import { type Duration, parseDuration } from '../../core/values/duration.ts';
import { parseEmail } from '../../core/values/email-address.ts';
import { mailDomain as parseMailDomain } from '../../core/values/throwaway.ts';
import { asSent, isOrigin } from '../shop-hosts.ts';

/** Text of at least one character that is not white space. */
export const text = (longest: number) =>
  z.string().trim().min(1, 'must not be empty').max(longest, `must be at most ${longest} characters`);

export const uuid = z.guid('must be a UUID').transform((value) => value.toLowerCase());

export const currency = z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as RUB or USD');

/** A decimal amount in the shop's currency. */
export const amount = z.number().min(0, 'must not be negative').max(1e12, 'must be at most 1e12');

export const timezone = z.string().max(64).refine(isTimeZone, 'must be an IANA time zone such as Europe/Moscow');

export const locale = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a BCP 47 language tag such as ru or en-GB');

/** What it is that ends: a word of the shop's. */
export const endingKind = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,39}$/, 'must be 1 to 40 of a–z, 0–9, _ and -, such as subscription');

/** From an order to its delivery. */
export const deliveryDays = z
  .int('must be whole days')
  .min(1, 'must be at least 1 day')
  .max(60, 'must be at most 60 days');

export const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a local time such as 09:00');

export const duration = z
  .custom<Duration>(
    (value) => typeof value === 'string' && parseDuration(value) !== null,
    'must be a duration such as 90s, 30m, 2h, 1d or 4w',
  )
  .meta({ type: 'string', examples: ['30m', '1d'] });

export const colour = z.string().regex(/^#([0-9a-f]{3}|[0-9a-f]{6})$/i, 'must be a colour such as #0a7 or #00aa77');

/** Written so that everybody reads the same host: no user before it, no escapes in it, no slashes that browsers add. */
const isWebUrl = (value: string): boolean =>
  /^https?:\/\/[^/?#\\@%]+([/?#]|$)/i.test(value) && !/\p{Cc}/u.test(value) && URL.canParse(value);

export const webUrl = (longest = 2_000) =>
  z
    .string()
    .max(longest, `must be at most ${longest} characters`)
    .refine(isWebUrl, 'must be an http(s) url such as https://shop.example/page, without a user in it');

export const origin = z
  .string()
  .max(300)
  .transform((value) => asSent(value.trim().toLowerCase().replace(/\/$/, '')))
  .refine(isOrigin, 'must be an origin such as https://shop.example or https://*.shop.example, without a path');

/** An address with its canonical form. */
export const email = z
  .string()
  .max(254, 'must be at most 254 characters')
  .transform((value, context) => {
    const parsed = parseEmail(value);
    if (parsed) return parsed;
    context.addIssue({ code: 'custom', message: 'must be one e-mail address' });
    return z.NEVER;
  });

/** The part of addresses behind the `@`, in the form that canonical addresses have it in. */
export const mailDomain = z
  .string()
  .max(253, 'must be at most 253 characters')
  .transform((value, context) => {
    const domain = parseMailDomain(value);
    if (domain !== null) return domain;
    context.addIssue({ code: 'custom', message: 'must be a domain such as mailbox.example' });
    return z.NEVER;
  });

/** Outside of these a time is a slip, and some are years that the database has no name for. */
const EARLIEST = 0;
const LATEST = Date.UTC(2200, 0);

/** A moment as ISO 8601 with its offset; ms since the epoch inside. */
export const instant = z.iso
  .datetime({ offset: true, message: 'must be a time such as 2026-11-22T09:30:00Z' })
  .transform((value) => Date.parse(value))
  .refine((at) => at >= EARLIEST && at < LATEST, 'must lie between the years 1970 and 2200');

/** A moment, or a whole day of the shop's as it is written: which moment that is, its zone decides. */
export const dayOrInstant = z.string().transform((value, context): number | string => {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(value);
  const read = instant.safeParse(day ? `${value}T00:00:00Z` : value);
  if (read.success) return day ? value : read.data;
  const [issue] = read.error.issues;
  const form = day
    ? 'must be a day that there is'
    : 'must be a day such as 2026-11-22 or a time such as 2026-11-22T09:30:00Z';
  // A moment that there is, but in no year that counts.
  context.addIssue({ code: 'custom', message: issue?.code === 'custom' ? issue.message : form });
  return z.NEVER;
});

/** A list as the API answers it. */
export const listOf = (schema: z.ZodType) => z.object({ data: z.array(schema), next: z.string().nullable() });

export const isUuid = (value: string): boolean => uuid.safeParse(value).success;
