/** The calendar of holidays as a shop keeps it. */

import { z } from 'zod';
import { HOLIDAY_KEYS, usualHolidays } from '../../core/holidays/holiday.ts';
import { calendarOf } from '../../core/holidays/holiday-settings.ts';
import { holidaysAhead } from '../../core/holidays/kept-holiday.ts';
import { localDay } from '../../core/values/calendar.ts';
import { endpoint } from '../http/endpoint.ts';
import { listOf } from '../schemas/common.ts';
import { texts } from '../schemas/recipe.ts';

const holidayAnswer = z
  .object({
    key: z.enum(HOLIDAY_KEYS),
    names: texts,
    day: z.iso.date().meta({ description: 'Next time, in the shop’s country.' }),
    gifts: z.boolean().meta({ description: 'A day for presents; else one on which people buy for themselves.' }),
    usual: z.boolean().meta({ description: 'Flows that name no holidays write of it.' }),
    ahead: z.int().meta({ description: 'How many days ahead flows write of it that say nothing else.' }),
    lastOrderDay: z.iso.date().nullable().meta({
      description:
        'Order by then for delivery in time: by `holidays.deliveryDays` and `holidays.lastOrder` of the shop.',
    }),
  })
  .meta({ id: 'Holiday' });

export const holidayRoutes = [
  endpoint(
    {
      method: 'get',
      path: '/v1/holidays',
      access: 'shop',
      tag: 'Flows',
      summary: 'Holidays, the nearest first',
      description: 'What a flow’s `{"on": "holiday"}` may name, with the day, and the last one to order by.',
      answers: { 200: { description: 'The holidays', schema: listOf(holidayAnswer) } },
      problems: ['unauthorized'],
    },
    async ({ deps, shop }) => {
      const calendar = calendarOf(shop.settings.holidays, shop.locale);
      const usual = usualHolidays(calendar.country);
      const today = localDay(await deps.db.shop(shop.id, async (tx) => tx.now), shop.timezone);
      const data = holidaysAhead(calendar, today).map((one) => ({ ...one, usual: usual.includes(one.key) }));
      return { status: 200, body: { data, next: null } };
    },
  ),
];
