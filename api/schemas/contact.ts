/** Contacts as a shop's server writes and reads them. */

import { z } from 'zod';
import type { ContactFacts } from '../../core/contacts/contact-facts.ts';
import { NAME_STYLES } from '../../core/values/person-name.ts';
import type { ContactRow, SuppressionReason } from '../../db/contacts.ts';
import { iso } from './answers.ts';
import { email, instant, locale, text, timezone, uuid } from './common.ts';
import { birthday, phone } from './visit.ts';

const MOST_TAGS = 100;
const MOST_DATES = 20;

/** On one line, without control characters. */
const line = (longest: number) => text(longest).refine((value) => !/\p{Cc}/u.test(value), 'must be one line of text');

const dateName = line(40).refine((name) => name !== 'birthday', 'has a field of its own: birthday');
const dates = z
  .record(dateName, birthday)
  .refine((value) => Object.keys(value).length <= MOST_DATES, `must have at most ${MOST_DATES} dates`)
  .meta({ description: 'Days that come every year, by name: `{"wedding": "2019-06-14", "name day": "07-05"}`.' });

/** What a person agreed to or took back, in which words, and when. */
const consent = z
  .strictObject({
    data: z.exactOptional(z.boolean()).meta({ description: 'To their data being kept.' }),
    marketing: z.exactOptional(z.boolean()).meta({ description: 'To letters that sell; false takes them off.' }),
    text: z.exactOptional(text(4_000)).meta({ description: 'The words that they agreed to. Needed for a yes.' }),
    at: z.exactOptional(instant).meta({ description: 'When they said so; absent: now.' }),
    page: z.exactOptional(line(300)).meta({ description: 'Where they said so.' }),
  })
  .refine(({ data, marketing }) => data !== undefined || marketing !== undefined, {
    message: 'must say data or marketing, true or false',
  })
  .refine(({ data, marketing, text: words }) => !(data || marketing) || words !== undefined, {
    path: ['text'],
    message: 'must hold the words that they agreed to',
  });

export type ToldConsent = z.infer<typeof consent>;

export const contactInput = z
  .strictObject({
    email,
    name: z.exactOptional(line(120)),
    patronymic: z.exactOptional(line(120)),
    lastName: z.exactOptional(line(120)),
    nameStyle: z
      .exactOptional(z.enum(NAME_STYLES))
      .meta({ description: 'How letters address them; absent: as the shop does.' }),
    phone: z.exactOptional(phone),
    birthday: z.exactOptional(birthday),
    dates: z.exactOptional(dates),
    locale: z.exactOptional(locale).meta({ description: 'Kept as the nearest language that letters are written in.' }),
    timezone: z.exactOptional(timezone),
    city: z.exactOptional(line(120)),
    tags: z
      .exactOptional(
        z
          .array(line(60))
          .max(MOST_TAGS, `must have at most ${MOST_TAGS} tags`)
          .transform((tags) => [...new Set(tags)]),
      )
      .meta({ description: 'In `POST` added to those that are there; in `PATCH` the whole list.' }),
    source: z.exactOptional(line(60)).meta({ description: 'What made them known; absent: `api`.' }),
    consent: z.exactOptional(consent),
  })
  .meta({ id: 'ContactInput' });

export type ContactInput = z.infer<typeof contactInput>;

const filters = {
  email: z.exactOptional(email.meta({ description: 'In any spelling' })),
  tag: z.exactOptional(text(60)),
  subscribed: z.exactOptional(z.enum(['true', 'false']).transform((value) => value === 'true')).meta({
    description: 'Whether they take letters that sell',
  }),
  segment: z.exactOptional(text(63).meta({ description: 'The segment’s key' })),
};

export const contactsQuery = z.object({
  ...filters,
  cursor: z.exactOptional(uuid.meta({ description: '`next` of the page before' })),
  limit: z.coerce.number().pipe(z.int().min(1).max(1_000)).default(100),
  format: z
    .exactOptional(z.enum(['json', 'csv']))
    .meta({ description: '`csv`: all of them as one table, whatever `limit`' }),
});

const time = z.iso.datetime();
const MARKETING = ['none', 'subscribed', 'unsubscribed'] as const;

const shown = {
  id: z.guid(),
  email: z.string(),
  name: z.string().nullable(),
  patronymic: z.string().nullable(),
  lastName: z.string().nullable(),
  nameStyle: z.enum(NAME_STYLES).nullable(),
  phone: z.string().nullable(),
  birthday: z.string().nullable(),
  dates: z.record(z.string(), z.string()),
  locale: z.string(),
  timezone: z.string().nullable(),
  city: z.string().nullable(),
  tags: z.array(z.string()),
  source: z.string().nullable(),
  marketing: z.enum(MARKETING).meta({
    description: 'Whether they take letters that sell. Only the owner of the mailbox undoes `unsubscribed`.',
  }),
  suppressed: z
    .string()
    .nullable()
    .meta({ description: 'Why the address is not mailed: unsubscribed, bounced, complained …; null where it is.' }),
  muted: z.array(z.string()).meta({ description: 'Topics that they want no letters about.' }),
  pausedUntil: time.nullable(),
  nps: z.int().nullable(),
  reason: z.string().nullable().meta({ description: 'Why they left or fell silent, by their own latest word.' }),
  createdAt: time,
};

export const contactAnswer = z.object(shown).meta({ id: 'Contact' });

export const contactWithFacts = z
  .object({
    ...shown,
    facts: z
      .record(z.string(), z.unknown())
      .meta({ description: 'What segments and flows see of them now. A fact that is absent is unknown.' }),
  })
  .meta({ id: 'ContactWithFacts' });

/** A contact with what else is told of it. */
export interface ShownContact {
  contact: ContactRow;
  suppressed: SuppressionReason | null;
}

export const describeContact = ({ contact, suppressed }: ShownContact): z.infer<typeof contactAnswer> => ({
  id: contact.id,
  email: contact.email,
  name: contact.name,
  patronymic: contact.patronymic,
  lastName: contact.lastName,
  nameStyle: contact.nameStyle,
  phone: contact.phone,
  birthday: contact.birthday,
  dates: contact.dates,
  locale: contact.locale,
  timezone: contact.timezone,
  city: contact.city,
  tags: contact.tags,
  source: contact.source,
  marketing: contact.marketing,
  suppressed,
  muted: contact.muted,
  pausedUntil: contact.pausedUntil === null ? null : iso(contact.pausedUntil),
  nps: contact.nps,
  reason: contact.reason,
  createdAt: iso(contact.createdAt),
});

/** What never happened is infinitely long ago, for which JSON has no number. */
export const describeFacts = (facts: ContactFacts): Record<string, unknown> =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== Number.POSITIVE_INFINITY));

const rows = z.array(z.record(z.string(), z.unknown()));

export const contactExport = z
  .object({
    contact: contactWithFacts,
    consents: rows,
    segments: rows,
    browsers: rows.meta({ description: 'Only those that are proved to be theirs.' }),
    visits: rows,
    events: rows.meta({ description: 'What happened in the visits.' }),
    orders: rows,
    codes: rows,
    flows: rows,
    letters: rows,
    answers: rows.meta({ description: 'What was told of the letters: opened, clicked, answered, bounced …' }),
    reviews: rows,
    waitingFor: rows,
    toldEvents: rows.meta({ description: 'What the shop’s server told.' }),
    endings: rows,
    referrals: rows,
  })
  .meta({ id: 'ContactExport' });

/** Rows as JSON has them: moments by their names. */
export const describeRows = (found: readonly Record<string, unknown>[]): Record<string, unknown>[] =>
  found.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        typeof value === 'number' && /(^at|At)$/.test(name) ? iso(value) : value,
      ]),
    ),
  );

export const CONTACT_COLUMNS = [
  'id',
  'email',
  'name',
  'patronymic',
  'lastName',
  'nameStyle',
  'phone',
  'birthday',
  'locale',
  'timezone',
  'city',
  'tags',
  'source',
  'marketing',
  'suppressed',
  'createdAt',
] as const;

/** With a column more for each of these dates. */
export const contactCells = (shownContact: ShownContact, dateNames: readonly string[]): (string | null)[] => {
  const described = describeContact(shownContact);
  return [
    ...CONTACT_COLUMNS.map((column) => (column === 'tags' ? described.tags.join(', ') : described[column])),
    ...dateNames.map((name) => described.dates[name] ?? null),
  ];
};

export const contactImportQuery = z.object({
  consentText: z.exactOptional(text(4_000)).meta({
    description: 'The words that everybody agreed to who has a yes in the file and no words beside it.',
  }),
});

const count = z.int();

export const contactImportAnswer = z
  .object({
    encoding: z.string(),
    rows: count.meta({ description: 'created + updated + unchanged + rejectedRows' }),
    created: count,
    updated: count,
    unchanged: count,
    rejectedRows: count,
    rejected: z
      .array(z.object({ line: count, field: z.string(), reason: z.string() }))
      .meta({ description: 'What is wrong, by line of the file and field; the first thousand.' }),
    ignored: z.array(z.string()).meta({ description: 'Columns that are nothing of a contact’s.' }),
    complete: z.boolean().meta({ description: 'False where the file could not be read to its end.' }),
  })
  .meta({ id: 'ContactImportReport' });
