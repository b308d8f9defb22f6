/** What a simulation foretells for a recipe's scenario, in a shop like most. */

import { toldCompanions } from '../../core/catalogue/recommend.ts';
import { NO_REPLENISHMENT } from '../../core/catalogue/rhythm.ts';
import type { Flow } from '../../core/flows/flow.ts';
import { calendarOf, NO_HOLIDAYS, patchedHolidays } from '../../core/holidays/holiday-settings.ts';
import { DISCOUNT_REMINDER } from '../../core/recipes/discount-reminder.ts';
import type { Plan } from '../../core/simulation/plan.ts';
import type { Scenario } from '../../core/simulation/scenario.ts';
import { simulate } from '../../core/simulation/simulate.ts';
import type { SimulatedShop } from '../../core/simulation/simulation.ts';

const DAY_MS = 86_400_000;
export const ZONE = 'Europe/Berlin';
export const SENDING = { dailyCap: 1, quietHours: { from: '21:00', to: '09:00' } };

export function planOfRecipe(
  flow: Flow,
  { person, events, beside = [], lasts = {}, deliveryDays, goesWith = {}, from, days = 90 }: Scenario<number>,
  { id = 'ann', sending = SENDING }: { id?: string; sending?: Pick<SimulatedShop, 'dailyCap' | 'quietHours'> } = {},
): Plan {
  const times = events.map(({ at }) => at);
  const flows = beside.length > 0 ? [flow, DISCOUNT_REMINDER] : [flow];
  return simulate({
    asked: flow.key,
    flows: flows.map((one) => ({ flow: one, startsAt: null, endsAt: null })),
    scenario: { person, events },
    id,
    shop: {
      zone: ZONE,
      usual: null,
      holidays: calendarOf(patchedHolidays(NO_HOLIDAYS, deliveryDays ? { deliveryDays } : {}), 'en'),
      companions: toldCompanions(goesWith),
      rhythms: { said: { ...NO_REPLENISHMENT, products: lasts }, measured: {} },
      ...sending,
    },
    from: from ?? Math.min(...times),
    until: Math.max(from ?? -Infinity, ...times) + days * DAY_MS,
  });
}
