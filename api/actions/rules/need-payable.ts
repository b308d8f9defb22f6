/** Refuses amounts that nobody can pay in the shop's currency: half a cent, half a yen. */

import type { ReferralProgram } from '../../../core/codes/referral.ts';
import type { AdaptivePlan } from '../../../core/experiments/adaptive-offer.ts';
import type { Step } from '../../../core/flows/flow.ts';
import { pathsOf } from '../../../core/flows/places.ts';
import { programOf } from '../../../core/flows/program.ts';
import type { Offer } from '../../../core/rules/offer.ts';
import type { Rule } from '../../../core/rules/rule.ts';
import { fromMinor, minorDigits, toMinor } from '../../../core/values/money.ts';
import { Problem } from '../../problem.ts';

type ReferralOffers = Partial<Pick<ReferralProgram, 'friend' | 'reward'>>;

interface NamedAmount {
  /** "offer.tiers.0.from" */
  path: string;
  amount: number | undefined;
}

export function needPayable(currency: string, named: readonly NamedAmount[]): void {
  const digits = minorDigits(currency);
  const message = digits > 0 ? `must have at most ${digits} decimals, as ${currency} has` : `must be whole ${currency}`;
  const errors = named
    .filter(({ amount }) => amount !== undefined && fromMinor(toMinor(amount, currency), currency) !== amount)
    .map(({ path }) => ({ path, message }));
  if (errors.length > 0) throw new Problem('invalid', { errors });
}

export const amountsOfRule = ({ offer, variants, adaptive }: Pick<Rule, 'offer' | 'variants' | 'adaptive'>) => [
  ...amountsOfOffer('offer', offer),
  ...variants.flatMap((one, index) => amountsOfOffer(`variants.${index}.offer`, { kind: offer.kind, ...one.offer })),
  ...(adaptive ? amountsOfPlan(adaptive, offer) : []),
];

export function amountsOfSteps(steps: readonly Step[]): NamedAmount[] {
  const paths = pathsOf(steps);
  return programOf(steps).flatMap((one, place) =>
    one.do === 'issue' ? amountsOfOffer(`${paths[place]}.issue`, one.offer) : [],
  );
}

export const amountsOfReferral = ({ friend, reward }: ReferralOffers = {}): NamedAmount[] => [
  ...(friend ? amountsOfOffer('referral.friend', friend) : []),
  ...(reward ? amountsOfOffer('referral.reward', reward) : []),
];

const amountsOfOffer = (under: string, { kind, value, minOrder, tiers = [] }: Offer): NamedAmount[] => [
  { path: `${under}.value`, amount: kind === 'fixed' ? value : undefined },
  { path: `${under}.minOrder`, amount: minOrder },
  ...tiers.flatMap((tier, index) => [
    { path: `${under}.tiers.${index}.from`, amount: tier.from },
    { path: `${under}.tiers.${index}.value`, amount: tier.kind === 'fixed' ? tier.value : undefined },
  ]),
];

function amountsOfPlan({ values, floor, ceiling, budget }: AdaptivePlan, { kind }: Offer): NamedAmount[] {
  const sizes = [
    ...values.map((amount, index) => ({ path: `adaptive.values.${index}`, amount })),
    { path: 'adaptive.floor', amount: floor },
    { path: 'adaptive.ceiling', amount: ceiling },
  ];
  return [...(kind === 'fixed' ? sizes : []), { path: 'adaptive.budget.amount', amount: budget?.amount }];
}
