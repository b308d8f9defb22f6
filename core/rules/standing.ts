/** What stands between a rule and a visitor that only the server can know. Pages learn it by not being given the rule, or no arm of it. */

import { thingsCondition } from './claimed-offer.ts';
import type { Condition } from './condition.ts';
import { pageCondition } from './page-glob.ts';
import type { Caps, Rule } from './rule.ts';
import { inSchedule, scheduleCondition } from './schedule.ts';

export type StandingGate = 'enabled' | 'schedule' | 'flow' | 'caps' | 'codes' | 'limit';

/** Over all rules: at most `count` offers are shown to one visitor in `days` times 24 hours. */
export interface ShownLimit {
  count: number;
  days: number;
}

export type StandingRule = Pick<Rule, 'id' | 'enabled' | 'schedule' | 'caps'>;

export interface Standing {
  now: number;
  timeZone: string;
  /** The visitor has already answered: how often it was shown matters no more, and an offer seen in time may be taken a little later. */
  claim: boolean;
  /** When each rule was shown to this visitor, ms. */
  showings: Readonly<Record<string, readonly number[]>>;
  /** The beginning of this visit. */
  visitAt: number;
  /** Other visits that took each rule's offer. */
  taken: Readonly<Record<string, { today: number; ever: number }>>;
  /** Rules whose flow lets nobody in: its time has not come, or is over. */
  outOfFlow: readonly string[];
  /** Rules that have run out of codes, with nothing to give instead. */
  outOfCodes: readonly string[];
  limit: ShownLimit | null;
}

const GRACE_MS = 15 * 60_000;
const DAY_MS = 86_400_000;

/** Asked before all that decide.ts asks. */
export const STANDING: Record<StandingGate, (rule: StandingRule, standing: Standing) => boolean> = {
  enabled: (rule) => rule.enabled,
  schedule: ({ schedule }, { now, timeZone, claim }) =>
    !schedule || inSchedule(schedule, now, timeZone) || (claim && inSchedule(schedule, now - GRACE_MS, timeZone)),
  // An offer promises letters: where none would come, it isn't made.
  flow: ({ id }, { outOfFlow }) => !outOfFlow.includes(id),
  caps: (rule, standing) => overCap(rule, standing) === null,
  // A claim takes its code from the stock itself, and finds out by that.
  codes: ({ id }, { claim, outOfCodes }) => claim || !outOfCodes.includes(id),
  limit: (_rule, standing) => {
    const { claim, limit } = standing;
    return claim || limit === null || shownLately(standing, limit.days) < limit.count;
  },
};

export const STANDING_GATES = Object.keys(STANDING) as readonly StandingGate[];

/** The first of these gates that is closed, or null. */
export function closedStanding(rule: StandingRule, standing: Standing): StandingGate | null {
  return STANDING_GATES.find((gate) => !STANDING[gate](rule, standing)) ?? null;
}

/** What each gate saw, for those who ask why. */
export function seenStanding(gate: StandingGate, rule: StandingRule, standing: Standing): unknown {
  switch (gate) {
    case 'enabled':
      return rule.enabled;
    case 'schedule':
      return rule.schedule ?? null;
    case 'flow':
      return !standing.outOfFlow.includes(rule.id);
    case 'caps':
      return rule.caps ? countsOf(rule, standing) : null;
    case 'codes':
      return !standing.outOfCodes.includes(rule.id);
    case 'limit':
      return standing.limit ? { ...standing.limit, shown: shownLately(standing, standing.limit.days) } : null;
  }
}

function countsOf({ id }: StandingRule, { showings, taken, visitAt }: Standing): Required<Caps> {
  const shown = showings[id] ?? [];
  const { today = 0, ever = 0 } = taken[id] ?? {};
  return {
    perVisit: shown.filter((at) => at >= visitAt).length,
    perVisitor: shown.length,
    perDay: today,
    total: ever,
  };
}

const PERSONAL = ['perVisit', 'perVisitor'] as const;
const SHARED = ['perDay', 'total'] as const;

function overCap(rule: StandingRule, standing: Standing): keyof Caps | null {
  const { caps } = rule;
  if (!caps) return null;
  const counts = countsOf(rule, standing);
  const asked: readonly (keyof Caps)[] = standing.claim ? SHARED : [...PERSONAL, ...SHARED];
  return asked.find((name) => counts[name] >= (caps[name] ?? Number.POSITIVE_INFINITY)) ?? null;
}

const shownLately = ({ showings, now }: Standing, days: number): number =>
  Object.values(showings)
    .flat()
    .filter((at) => now - at < days * DAY_MS).length;

type ConditionedRule = Pick<Rule, 'when' | 'pages' | 'offer'> & Partial<Pick<Rule, 'variants'>>;

/** A rule's own condition together with its pages, and with what its offer is on. */
export const whenOnPages = (rule: ConditionedRule): Condition =>
  joined([rule.pages && pageCondition(rule.pages), thingsCondition(rule), rule.when]);

/** The same with its weekdays and hours, for pages: they know no schedule. */
export const whenForPages = (rule: ConditionedRule & Pick<Rule, 'schedule'>): Condition =>
  joined([
    rule.schedule && scheduleCondition(rule.schedule),
    rule.pages && pageCondition(rule.pages),
    thingsCondition(rule),
    rule.when,
  ]);

function joined(conditions: readonly (Condition | null | undefined)[]): Condition {
  const all = conditions.filter((one) => one !== null && one !== undefined);
  const [only] = all;
  return all.length === 1 && only ? only : { all };
}
