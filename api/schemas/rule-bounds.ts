/** When, where and how often a rule may speak: its schedule, its pages and its caps. */

import { z } from 'zod';
import { PAGE_GLOB, type PageFilter } from '../../core/rules/page-glob.ts';
import type { Caps } from '../../core/rules/rule.ts';
import { type Schedule, seasonOf } from '../../core/rules/schedule.ts';
import { localDay, wallTime } from '../../core/values/calendar.ts';

/** A local day, or minute, that there is. */
const isWall = (text: string): boolean =>
  /^2[01]\d\d-(0[1-9]|1[0-2])-[0-3]\d(T([01]\d|2[0-3]):[0-5]\d)?$/.test(text) &&
  localDay(wallTime(text, 'UTC'), 'UTC') === text.slice(0, 10);

const wall = (what: string) =>
  z
    .string()
    .refine(isWall, 'must be a local day such as 2026-11-27 or a local time such as 2026-11-27T09:30')
    .meta({ description: what, examples: ['2026-11-27', '2026-11-27T09:30'] });

export const schedule = z
  .strictObject({
    startsAt: z.exactOptional(wall('From this local day or time on, in the shop’s time zone.')),
    endsAt: z.exactOptional(wall('To the end of this local day, or until this local time.')),
    weekdays: z.exactOptional(
      z
        .array(z.int().min(1).max(7))
        .min(1)
        .max(7)
        .refine((days) => new Set(days).size === days.length, 'must name each day once')
        .meta({ description: '1 (Monday) to 7 (Sunday).' }),
    ),
    hours: z.exactOptional(
      z
        .strictObject({ from: z.int().min(0).max(23), to: z.int().min(0).max(24) })
        .refine(({ from, to }) => from !== to, { path: ['to'], message: 'must differ from from' })
        .meta({
          description:
            'Whole hours of the shop’s day, `from` included, `to` not. `from` later than `to` runs over midnight, and belongs to the day it begins on.',
        }),
    ),
  })
  .superRefine((value, context) => {
    // Asked also where a field is wrong already, which is its own problem.
    if (![value.startsAt, value.endsAt].every((one) => one === undefined || isWall(one))) return;
    const { from, to } = seasonOf(value, 'UTC');
    if (from !== null && to !== null && from >= to) {
      context.addIssue({ code: 'custom', path: ['endsAt'], message: 'must be later than startsAt' });
    }
  })
  .meta({ id: 'Schedule' }) satisfies z.ZodType<Schedule>;

const globs = z
  .array(
    z
      .string()
      .max(200, 'must be at most 200 characters')
      .regex(PAGE_GLOB, 'must be a path such as /sale, a beginning such as /sale/*, or a part such as *sale*'),
  )
  .max(50);

export const pages = z.strictObject({ include: z.exactOptional(globs), exclude: z.exactOptional(globs) }).meta({
  id: 'PageFilter',
  description:
    'Paths without query, in any case: `/sale` (the slash behind it doesn’t matter), `/sale/*` (begins so), `*sale*` (has it somewhere). With `include` one of them must match, and none of `exclude` may.',
}) satisfies z.ZodType<PageFilter>;

const most = (what: string) => z.exactOptional(z.int().min(1).max(1_000_000_000).meta({ description: what }));

export const caps = z
  .strictObject({
    perVisit: most('Showings in one visit.'),
    perVisitor: most('Showings to one visitor, ever.'),
    perDay: most('Visits that take the offer, on one day of the shop.'),
    total: most('Visits that take the offer, in all.'),
  })
  .meta({
    id: 'Caps',
    description:
      'Enough is enough: pages stop showing the rule within a minute, and the server refuses the claim beyond `perDay` and `total` at once.',
  }) satisfies z.ZodType<Caps>;
