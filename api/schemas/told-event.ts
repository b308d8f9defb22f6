/** Events as the shop's server tells them. */

import { z } from 'zod';
import { CODE } from '../../core/flows/ending.ts';
import { isSeenElsewhere, TOLD_ENTRIES, TOLD_TIMES } from '../../core/flows/told-event.ts';
import { FORM_KINDS, SHARE_ACTS } from '../../core/visits/event.ts';
import { email, endingKind, instant, text, uuid } from './common.ts';
import { item } from './item.ts';
import { birthday } from './visit.ts';

const value = z.union(
  [z.string().max(500), z.number(), z.boolean(), z.null()],
  'must be text of at most 500 characters, a number, true, false or null',
);

const toldEvent = z
  .strictObject({
    id: z.exactOptional(text(200)).meta({ description: 'The shop’s own: the same id again changes nothing.' }),
    name: text(60)
      .refine((name) => !isSeenElsewhere(name), 'is what Linger notices itself: use a name of your own')
      .meta({
        description: `${[...TOLD_ENTRIES, ...TOLD_TIMES].join(', ')}, or a name of your own for \`custom\` entries`,
      }),
    email: z.exactOptional(email),
    contact: z.exactOptional(uuid),
    visitor: z.exactOptional(uuid),
    at: z.exactOptional(instant).meta({ description: 'Absent: now. What is older than a day begins no flow.' }),
    form: z.exactOptional(z.enum(FORM_KINDS)),
    act: z.exactOptional(z.enum(SHARE_ACTS)),
    consent: z
      .exactOptional(z.strictObject({ text: text(4_000) }))
      .meta({ description: 'The words they agreed to. Wanted for `subscribed`.' }),
    field: z.exactOptional(text(40)).meta({ description: 'Of `date`: `birthday`, or a name of your own.' }),
    date: z.exactOptional(birthday.nullable()).meta({
      description: 'Of `date`: the day that comes every year, such as 06-14 or 2019-06-14; null takes it back.',
    }),
    what: z
      .exactOptional(endingKind.refine((what) => what !== CODE, 'is what Linger knows itself: use a word of your own'))
      .meta({ description: 'Of `ends`: what it is. Absent: `points` where there are points, else `service`.' }),
    title: z.exactOptional(text(120)).meta({ description: 'Of `ends`: as letters name it; absent: its first item.' }),
    endsAt: z.exactOptional(instant.nullable()).meta({
      description:
        'Of `ends`: when. Another date for the same `id` moves it; null: it ended, or there is no such thing any more.',
    }),
    points: z.exactOptional(z.int().min(1).max(1e9)).meta({ description: 'Of `ends`: how many points.' }),
    items: z.array(item).max(50).default([]),
    data: z
      .record(z.string().max(60), value)
      .refine((data) => Object.keys(data).length <= 30, 'must have at most 30 fields')
      .default({}),
  })
  .refine(({ name, consent }) => name !== 'subscribed' || consent, {
    path: ['consent'],
    message: 'must hold the words that they agreed to',
  })
  .refine(({ name, items }) => !/^items?_/.test(name) || items.length > 0, {
    path: ['items'],
    message: 'must have at least one item',
  })
  .refine(({ name, field, date }) => name !== 'date' || (field !== undefined && date !== undefined), {
    path: ['date'],
    message: 'must be told, with the field that it is of',
  })
  .refine(({ name, id, endsAt }) => name !== 'ends' || (id !== undefined && endsAt !== undefined), {
    path: ['endsAt'],
    message: 'must be told, with the id of what ends',
  })
  .refine((event) => event.name === 'item_back' || event.email || event.contact || event.visitor, {
    path: ['email'],
    message: 'must say whom it is about, by email, contact or visitor',
  });

export const toldEvents = z
  .strictObject({ events: z.array(toldEvent).min(1, 'must have at least one event').max(100, 'must have at most 100') })
  .meta({ id: 'EventsInput' });

export const toldAnswer = z
  .object({
    data: z.array(
      z.object({
        id: z.string(),
        status: z.enum(['accepted', 'repeated', 'nobody']).meta({
          description: '`nobody`: kept, but there is no contact whom it could be about.',
        }),
      }),
    ),
  })
  .meta({ id: 'EventsAnswer' });
