/** Referral: what a shop sets, asks and is told. */

import { z } from 'zod';
import {
  FRIEND_REFUSALS,
  REFERRAL_STATUSES,
  REWARD_REFUSALS,
  type ReferralProgram,
} from '../../core/codes/referral.ts';
import type { ReferralLinkRow, SentReferral } from '../../db/referrals.ts';
import { duration, email, locale, text } from './common.ts';
import { offer, offerOnOrder } from './offer.ts';

const worth = (what: string) =>
  offerOnOrder
    .refine(({ kind }) => kind !== 'none', {
      path: ['kind'],
      message: 'must be something: percent, fixed, shipping or gift',
    })
    .meta({ description: what });

export const referralProgram = z
  .strictObject({
    enabled: z.exactOptional(z.boolean().meta({ description: 'Default false. Links can be made before.' })),
    friend: z.exactOptional(worth('What the friend gets, for a first order (default: 10 %, good for 30 days).')),
    reward: z.exactOptional(worth('What the sender gets once that order stays (default: 10 %, good for 90 days).')),
    returnTerm: z.exactOptional(
      duration.meta({
        description:
          'How long an order may be sent back, from its latest news after `paid` or `delivered` on (default 14d). The reward is issued then.',
      }),
    ),
    perMonth: z.exactOptional(
      z
        .int()
        .min(1)
        .max(10_000)
        .nullable()
        .meta({ description: 'Rewards for one sender in 30 times 24 hours (default 10); null is no limit.' }),
    ),
  })
  .meta({
    id: 'ReferralProgram',
    description: 'Friends who bring friends. Friends who have asked already keep what was promised then.',
  }) satisfies z.ZodType<{ [K in keyof ReferralProgram]?: ReferralProgram[K] }>;

export const referralProgramAnswer = z.object({
  enabled: z.boolean(),
  friend: offer,
  reward: offer,
  returnTerm: z.string(),
  perMonth: z.int().nullable(),
});

export const referralInput = z
  .strictObject({
    email: email.meta({ description: 'Who sends the link on. Made a contact where you had none of this address.' }),
    name: z.exactOptional(z.string().max(200)),
    locale: z.exactOptional(locale),
  })
  .meta({ id: 'ReferralInput' });

export const referralsQuery = z.object({
  contact: text(254).meta({ description: 'The sender’s id or e-mail address' }),
});

const time = z.iso.datetime();

const link = {
  contact: z.guid(),
  link: z.url().meta({ description: 'Stable; holds nothing personal. Give it to its owner alone.' }),
  open: z.boolean().meta({ description: 'Whether the program is switched on: a link leads to a polite no otherwise.' }),
  createdAt: time,
};

export const referralLinkAnswer = z.object(link).meta({ id: 'ReferralLink' });

export const referralsAnswer = z
  .object({
    ...link,
    opened: z.int().meta({ description: 'How often the link was opened by people; scanners are left out.' }),
    friends: z
      .array(
        z.object({
          id: z.guid(),
          status: z.enum(REFERRAL_STATUSES),
          reason: z.enum(REWARD_REFUSALS).nullable(),
          order: z.string().nullable(),
          claimedAt: time,
          orderedAt: time.nullable(),
          confirmedAt: time.nullable(),
          rewardDueAt: time.nullable(),
          settledAt: time.nullable().meta({ description: 'When it was rewarded or refused.' }),
          reward: z
            .object({ code: z.string(), status: z.string(), expiresAt: time.nullable() })
            .nullable()
            .meta({ description: 'The sender’s code.' }),
        }),
      )
      .meta({ description: 'The latest 100, newest first. Their addresses are not told.' }),
  })
  .meta({ id: 'Referrals' });

const iso = (at: number): string => new Date(at).toISOString();
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

export interface DescribedLink {
  row: ReferralLinkRow;
  link: string;
  open: boolean;
}

export const describeLink = ({ row, link, open }: DescribedLink) => ({
  contact: row.contactId,
  link,
  open,
  createdAt: iso(row.createdAt),
});

export const describeFriend = (friend: SentReferral) => ({
  id: friend.id,
  status: friend.status,
  reason: friend.reason,
  order: friend.orderId,
  claimedAt: iso(friend.claimedAt),
  orderedAt: isoOrNull(friend.orderedAt),
  confirmedAt: isoOrNull(friend.confirmedAt),
  rewardDueAt: isoOrNull(friend.dueAt),
  settledAt: isoOrNull(friend.settledAt),
  reward:
    friend.rewardCode === null
      ? null
      : { code: friend.rewardCode, status: friend.rewardStatus, expiresAt: isoOrNull(friend.rewardExpiresAt) },
});

const count = z.int();

export const referralReportAnswer = z
  .object({
    from: time,
    to: time,
    currency: z.string(),
    links: count.meta({ description: 'Links made.' }),
    opened: count.meta({
      description: 'Openings of all links by people, on the shop’s whole days that the time touches.',
    }),
    claimed: count.meta({ description: 'Friends who were given a code; the figures below are about these friends.' }),
    ordered: count.meta({ description: 'Of them, those who ordered with it.' }),
    confirmed: count.meta({ description: 'Of them, those whose order was paid or delivered.' }),
    rewarded: count.meta({ description: 'Of them, those for whom the sender got the reward.' }),
    refused: z
      .array(
        z.object({
          reason: z.enum([...new Set([...FRIEND_REFUSALS, ...REWARD_REFUSALS])]),
          asked: count,
          ordered: count,
        }),
      )
      .meta({
        description:
          'Why not, the most frequent first: `asked` got no code (on the shop’s whole days), `ordered` earned no reward.',
      }),
    revenue: z.number().meta({ description: 'Of the friends’ orders that stand, in the shop’s currency.' }),
    discount: z.number().meta({ description: 'What the friends’ codes took off those.' }),
    rewardDiscount: z
      .number()
      .meta({ description: 'What the senders’ codes for these friends have taken off so far.' }),
  })
  .meta({ id: 'ReferralReport' });
