/** One turn of the engine: advance, reward, send, reconcile, make codes and remove them, until nothing is due or time is up. Any number may overlap. */

import type { Deps } from '../deps.ts';
import { advanceDue } from './advance-due.ts';
import { countSegments } from './count-segments.ts';
import { dropTags } from './drop-tags.ts';
import { enterPending } from './enter-pending.ts';
import { judgeClicks } from './judge-clicks.ts';
import { judgeTrials } from './judge-trials.ts';
import { mintCodes } from './mint-codes.ts';
import { planToldDates } from './plan-told-dates.ts';
import { planYearly } from './plan-yearly.ts';
import { reconcile } from './reconcile.ts';
import { refreshOdds } from './refresh-odds.ts';
import { removeCodes } from './remove-codes.ts';
import { rewardSenders } from './reward-senders.ts';
import { sendTurn } from './send-due.ts';
import { tellNews } from './tell-news.ts';

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
