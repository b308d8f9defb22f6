/** One turn of the engine: advance, reward, send, reconcile, make codes and remove them, until nothing is due or time is up. Any number may overlap. */

import type { Deps } from '../deps.ts';
import { tellNews } from './catalogue/tell-news.ts';
import { mintCodes } from './codes/mint-codes.ts';
import { removeCodes } from './codes/remove-codes.ts';
import { countSegments } from './contacts/count-segments.ts';
import { advanceDue } from './flows/advance-due.ts';
import { dropTags } from './flows/drop-tags.ts';
import { enterPending } from './flows/enter-pending.ts';
import { judgeTrials } from './flows/judge-trials.ts';
import { planToldDates } from './flows/plan-told-dates.ts';
import { planYearly } from './flows/plan-yearly.ts';
import { judgeClicks } from './readers/judge-clicks.ts';
import { rewardSenders } from './referrals/reward-senders.ts';
import { refreshOdds } from './rules/refresh-odds.ts';
import { reconcile } from './sending/reconcile.ts';
import { sendTurn } from './sending/send-due.ts';

export interface TickOptions {
  /** Rows per turn. */
  limit: number;
  /** ms since the epoch by `deps.now`: nothing new begins after it. Calls that are under way end within their timeout. */
  deadline: number;
  /** False: only what people wait for, who may enter a flow, go on in one and get a letter. */
  whole?: boolean;
}

export interface TickReport {
  advanced: number;
  claimed: number;
  reconciled: number;
  /** Whether letters are due that wait for their pace. */
  waiting: boolean;
}

/** How many adaptive rules a turn thinks over. */
const MOST_RULES = 20;
/** How many of its flows' trials. */
const MOST_TRIALS = 20;

export async function tick(deps: Deps, { limit, deadline, whole = true }: TickOptions): Promise<TickReport> {
  const report: TickReport = { advanced: 0, claimed: 0, reconciled: 0, waiting: false };
  if (whole) {
    await refreshOdds(deps, MOST_RULES);
    await judgeTrials(deps, MOST_TRIALS);
  }
  /** What was accepted in the last turn is written down while the next one begins, where that has letters to claim. */
  let written: Promise<void> | null = null;
  for (;;) {
    const writing = written !== null;
    const planned = whole ? await plan(deps, limit) : 0;
    const advanced = planned + (await enterPending(deps, limit)) + (await advanceDue(deps, limit));
    const sent = await sendTurn(deps, limit, deadline);
    await written;
    const { claimed, waitMs } = sent;
    written = sent.written;
    if (claimed < limit) {
      await written;
      written = null;
    }
    const reconciled = whole ? await reconcile(deps, limit, deadline) : 0;
    const coded = whole ? (await mintCodes(deps, limit, deadline)) + (await removeCodes(deps, deadline)) : 0;
    const sorted = whole ? await countSegments(deps, limit) : 0;
    report.advanced += advanced;
    report.claimed += claimed;
    report.reconciled += reconciled;
    report.waiting = waitMs !== null;
    // Chains whose letters were just written down may go on.
    const idle = !writing && advanced + claimed + reconciled + coded + sorted === 0;
    if (deps.now() >= deadline || (idle && (waitMs === null || deps.now() + waitMs >= deadline))) {
      await written;
      return report;
    }
    if (idle && waitMs !== null) await deps.pause(waitMs);
  }
}

/** What begins or ends by itself. */
async function plan(deps: Deps, limit: number): Promise<number> {
  const dropped = await dropTags(deps, limit);
  const planned = dropped + (await planToldDates(deps, limit)) + (await planYearly(deps)) + (await tellNews(deps));
  return planned + (await judgeClicks(deps, limit)) + (await rewardSenders(deps, limit));
}
