/** Replays of flows and their switching on: what is asked, and what is told of it. */

import { z } from 'zod';
import type { Activation } from '../actions/flows/activate-flow.ts';
import type { ReplayedFlow } from '../actions/flows/replay-flow.ts';
import { describeFlow, iso } from './answers.ts';
import { changedFlowAnswer, describeChange } from './scenario.ts';

const MOST_DAYS = 180;
const days = z.int().min(1).max(MOST_DAYS, `must be at most ${MOST_DAYS}`);

export const flowReplayInput = z
  .strictObject({ days: days.default(30), most: z.int().min(1).max(1_000).default(100) })
  .meta({ id: 'FlowReplayInput' });

export const activationInput = z
  .strictObject({
    preview: z.boolean().default(false).meta({ description: 'Only look: nothing is switched on.' }),
    days: days.default(30).meta({ description: 'How far back to look for whom it would have let in.' }),
    backfill: z.exactOptional(
      z.strictObject({ days, most: z.int().min(1).max(2_000).default(500) }).meta({
        description: 'Who would have entered in so many days, and wasn’t stopped since, enters now: the latest first.',
      }),
    ),
  })
  .meta({ id: 'ActivationInput' });

const time = z.iso.datetime();
const byReason = (description: string) => z.record(z.string(), z.int()).meta({ description });

const replayAnswer = z.object({
  from: time,
  to: time,
  currency: z.string(),
  contacts: z.int().meta({ description: 'All contacts of the shop.' }),
  audience: z.int().meta({ description: 'Of these, those who take letters that sell.' }),
  entered: z.int().meta({ description: 'Contacts who would have entered.' }),
  entries: z.int().meta({ description: 'How often they would have.' }),
  letters: byReason('Letters that would have left by now.'),
  dropped: byReason('Letters that would not have left, by reason.'),
  keptOut: byReason('Occasions at which somebody would have been kept out, by reason.'),
  ended: byReason('How runs of the flow ended.'),
  codes: z.int().meta({ description: 'Runs whose letters carry a code.' }),
  boughtAnyway: z.number().meta({ description: 'The discount on what they bought anyway while it was good.' }),
  gaps: z.array(z.string()).meta({ description: 'What the past doesn’t tell, and how it was taken then.' }),
  sample: z.array(
    z.object({
      contact: z.guid(),
      email: z.string(),
      at: time,
      reason: z.string(),
      letters: z.int(),
      sent: z.array(z.object({ at: time, letter: z.string() })),
      ended: z.string().nullable(),
    }),
  ),
});

export const flowReplayAnswer = replayAnswer.meta({ id: 'FlowReplay' });

export const activationAnswer = z
  .object({
    flow: changedFlowAnswer,
    replay: replayAnswer,
    entered: z.int().meta({ description: 'Contacts who entered by the backfill.' }),
  })
  .meta({ id: 'Activation' });

export const describeFlowReplay = ({ from, to, sample, ...found }: ReplayedFlow) => ({
  from: iso(from),
  to: iso(to),
  ...found,
  sample: sample.map(({ contact, email, at, on, sent, ended }) => ({
    contact,
    email,
    at: iso(at),
    reason: on,
    letters: sent.length,
    sent: sent.map((one) => ({ ...one, at: iso(one.at) })),
    ended,
  })),
});

export const describeActivation = ({ flow, changed, replay, entered }: Activation) => ({
  flow: { ...describeFlow(flow), changed: changed.map(describeChange) },
  replay: describeFlowReplay(replay),
  entered,
});
