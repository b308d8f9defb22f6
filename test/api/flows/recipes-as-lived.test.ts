/** Every recipe from its first event to its end on a real server, with its own waits and with seconds for days: what was foretold is what happens. */

import { describe, expect, it } from 'vitest';
import { scenarioInput } from '../../../api/schemas/scenario.ts';
import type { Flow, Step } from '../../../core/flows/flow.ts';
import { RECIPES } from '../../../core/recipes/all.ts';
import { DISCOUNT_REMINDER } from '../../../core/recipes/discount-reminder.ts';
import type { Scenario } from '../../../core/simulation/scenario.ts';
import type { Duration } from '../../../core/values/duration.ts';
import { line, liveCases } from '../../support/lived-flows.ts';
import type { FlowCase } from '../../support/random-flows.ts';
import { planOfRecipe, SENDING, ZONE } from '../../support/recipe-plans.ts';

const DAYS_PER_SECOND = 86_400;
const FROM = Date.UTC(2027, 0, 4, 12);
const DAY_MS = 86_400_000;

interface Case {
  flow: Flow;
  name: string;
  scenario: Scenario<number>;
}

/** Tried on people of each kind: what becomes of them is the same for all that begin with one event, or enter nothing. */
const COMMON = ['critic', 'address is none any more on the way', 'is let down on the way'];
const ENTERS_NOT = ['not a subscriber', 'buyer', 'given up', 'has unsubscribed'];

const firstWith = (on: string): string | undefined => RECIPES.find(({ flow }) => flow.entry.on === on)?.key;

/** Another language changes no plan: one recipe shows that. */
const isLived = ({ key, entry }: Flow, name: string): boolean => {
  if (/language/.test(name) || ENTERS_NOT.includes(name)) return key === 'welcome' || key === 'order-placed';
  const first = key === firstWith(entry.on);
  return first || (!COMMON.includes(name) && (entry.on !== 'order_status' || name === 'pays at once'));
};

/** What a scenario expects is not asked here. */
const isSame = (one: Scenario, other?: Scenario): boolean =>
  JSON.stringify({ ...one, expect: [] }) === JSON.stringify({ ...other, expect: [] });

const OWN: Case[] = RECIPES.flatMap(({ flow, scenarios }) =>
  Object.entries(scenarios)
    .filter(
      ([name], index, all) => isLived(flow, name) && index === all.findIndex(([, one]) => isSame(one, all[index]?.[1])),
    )
    .map(([name, scenario]) => ({
      flow,
      name: `${flow.key}: ${name}`,
      scenario: { ...scenarioInput.parse(scenario), days: 200 },
    })),
);

/** A day becomes a second; less than a day, a second too. No time of day is waited for. */
const seconds = (duration: Duration): Duration => {
  const days = Number.parseInt(duration, 10) * (duration.endsWith('w') ? 7 : 1);
  return /[dw]$/.test(duration) ? `${days}s` : '1s';
};

function hurried(step: Step): Step {
  if ('wait' in step) return { wait: seconds(step.wait) };
  if ('waitFor' in step) {
    const { waitFor } = step;
    return { waitFor: { ...waitFor, ...forked(waitFor), timeout: seconds(waitFor.timeout) } };
  }
  if ('branch' in step) return { branch: { ...step.branch, ...forked(step.branch) } };
  if ('send' in step) return { send: step.send };
  if ('tag' in step && step.tag.for) return { tag: { ...step.tag, for: seconds(step.tag.for) } };
  return step;
}

const forked = ({ then: so = [], else: not = [] }: { then?: Step[]; else?: Step[] }) => ({
  then: so.map(hurried),
  else: not.map(hurried),
});

/** What ends, and a holiday, come on their days: they stay as they are. */
const IN_SECONDS: Case[] = OWN.filter(
  ({ flow: { key, entry }, name }) =>
    entry.on !== 'ends' && entry.on !== 'holiday' && !COMMON.some((common) => name === `${key}: ${common}`),
).map(({ flow, name, scenario }) => {
  const { reentry, entry, ...rest } = flow;
  return {
    name,
    flow: {
      ...rest,
      ...(reentry ? { reentry: seconds(reentry) } : {}),
      entry: 'after' in entry ? { ...entry, after: seconds(entry.after) } : entry,
      steps: flow.steps.map(hurried),
    },
    scenario: {
      ...scenario,
      events: scenario.events.map((event) => ({
        ...event,
        at: FROM + Math.round((event.at - FROM) / DAYS_PER_SECOND),
      })),
    },
  };
});

const caseOf = ({ flow, scenario }: Case, sending: FlowCase['sending']): FlowCase => ({
  flows: scenario.beside ? [flow, DISCOUNT_REMINDER] : [flow],
  person: scenario.person,
  events: [...scenario.events],
  ...(scenario.goesWith ? { goesWith: scenario.goesWith } : {}),
  ...(scenario.deliveryDays ? { deliveryDays: scenario.deliveryDays } : {}),
  ...(scenario.lasts ? { lasts: scenario.lasts } : {}),
  sending,
  zone: ZONE,
});

const foretold = ({ flow, scenario }: Case, id: string, sending: FlowCase['sending']): string[] => {
  const { lines, letters } = planOfRecipe(flow, scenario, { id, sending });
  return [
    ...lines.flatMap(({ at, flow: key, do: deed, what, reason }) => {
      if (deed === 'enter') return [line(at, key, 'enter')];
      if (deed === 'finish' || deed === 'stop') return [line(at, key, deed, reason)];
      return deed === 'drop' ? [line(at, key, `drop ${what}`, reason)] : [];
    }),
    ...letters.map(({ at, flow: key, place, letter, variant }) =>
      line(at, key, `send ${place} ${letter} ${variant}`, 'due'),
    ),
  ].sort();
};

describe.each([
  ['with their own waits', OWN, SENDING],
  ['with seconds for days', IN_SECONDS, { dailyCap: null, quietHours: null }],
] as const)('recipes %s', (_name, cases, sending) => {
  it('are lived as they were foretold', { timeout: 600_000 }, async () => {
    const lives = await liveCases(
      cases.map((one) => caseOf(one, sending)),
      { from: FROM, until: FROM + 200 * DAY_MS },
    );
    const lived = Object.fromEntries(lives.map(({ lines }, index) => [cases[index]?.name, lines]));
    const told = Object.fromEntries(
      cases.map((one, index) => [one.name, foretold(one, lives[index]?.id ?? '', sending)]),
    );
    expect(lived).toEqual(told);
    expect(Object.values(lived).flat().length).toBeGreaterThan(cases.length);
  });
});
