/** Does what flows ask for beside letters to their contact: calls of the shop's endpoints, and notes to its staff; and counts what letters recommend. At least once each; apart from the tick, since an endpoint may take its time and letters may not. */

import type { DueOrder } from '../../../db/due-letters.ts';
import { keepItems } from '../../../db/enrollments.ts';
import { type DueErrand, settleErrand, takeErrands } from '../../../db/errands.ts';
import { forgetCalls, insertCall } from '../../../db/webhook-calls.ts';
import { disableWebhook, webhookByName } from '../../../db/webhooks.ts';
import { type StaffAnswer, staffNote } from '../../../emails/staff-note.ts';
import type { Deps } from '../../deps.ts';
import { countTalliesDue } from '../catalogue/count-tallies.ts';
import { keptBy, suggestedIn } from '../letters/keep-for-contact.ts';
import { letterOrder } from '../letters/letter-order.ts';
import type { TickOptions } from '../tick.ts';
import { forgetVisits } from '../visits/forget-visits.ts';
import { workOff } from '../work-off.ts';
import { BLOCKED, type Called, callEndpoint } from './call-endpoint.ts';

/** How long after each attempt the next one follows: the schedule that Standard Webhooks recommends. */
const RETRY_S = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
/** What an endpoint answers with that wants to be called no more. */
const GONE = 410;
/** Taken at once. */
const MOST = 20;
/** Longer than so many can take, so that no two workers are at one. */
const HELD_MS = 120_000;

/** `again`: tried once more, as long as the schedule has it. */
type End = { reason: string | null; again: boolean; called: Called | null };

/** One turn, until nothing is due or time is up; returns how many it did. Any number may overlap. */
export async function runErrands(deps: Deps, { limit, deadline }: TickOptions): Promise<number> {
  await deps.db.engine((tx) => forgetCalls(tx, limit));
  await forgetVisits(deps, deadline);
  await countTalliesDue(deps, deadline);
  let done = 0;
  while (deps.now() < deadline) {
    const taken = await deps.db.engine((tx) => takeErrands(tx, Math.min(limit, MOST), tx.now + HELD_MS));
    if (taken.length === 0) break;
    await workOff(
      taken,
      () => true,
      async (errand) => settle(deps, errand, await run(deps, errand)),
    );
    done += taken.length;
  }
  return done;
}

const run = (deps: Deps, errand: DueErrand): Promise<End> =>
  errand.kind === 'webhook' ? callWebhook(deps, errand) : noteToStaff(deps, errand);

const settle = (deps: Deps, errand: DueErrand, { reason, again, called }: End): Promise<void> =>
  deps.db.engine(async (tx) => {
    const { shopId, id, subject, flowKey, contactId, attempt } = errand;
    if (called) {
      const call = { shopId, webhook: subject, call: id, type: 'flow.step' as const, flowKey, contactId, attempt };
      const { said, ...outcome } = called;
      await insertCall(tx, { ...call, ...outcome });
      const kept = reason === null ? keptBy(said) : null;
      if (kept && kept.until > tx.now) await keepItems(tx, errand.enrollmentId, kept);
    }
    const wait = again ? RETRY_S[attempt - 1] : undefined;
    if (reason !== null && wait !== undefined) {
      return settleErrand(tx, errand, { again: tx.now + wait * 1_000, reason });
    }
    return settleErrand(tx, errand, { status: reason === null ? 'done' : 'failed', reason });
  });

async function callWebhook(deps: Deps, errand: DueErrand): Promise<End> {
  const { shopId, subject } = errand;
  const { hook, now } = await deps.db.engine(async (tx) => ({
    hook: await webhookByName(tx, shopId, subject),
    now: tx.now,
  }));
  if (!hook) return { reason: 'no_webhook', again: false, called: null };
  if (hook.disabledAt !== null) {
    const reason = 'disabled';
    return { reason, again: false, called: { status: null, reason, ms: 0, said: null } };
  }
  const called = await callEndpoint(
    deps,
    hook,
    {
      id: errand.id,
      type: 'flow.step',
      timestamp: errand.queuedAt,
      data: {
        flow: errand.flowKey,
        chain: errand.enrollmentId,
        contact: { id: errand.contactId, email: errand.email, name: errand.name, locale: errand.locale },
        items: errand.items,
        suggested: await suggestedIn(deps, errand),
        order: errand.order && describeErrandOrder(errand.order),
        answer: errand.answer && { ...answerOf(errand.answer), at: new Date(errand.answer.at).toISOString() },
      },
    },
    now,
  );
  const { status, reason } = called;
  if (status === GONE) await deps.db.engine((tx) => disableWebhook(tx, shopId, subject, `http_${GONE}`));
  return { reason, again: status !== GONE && reason !== BLOCKED, called };
}

const describeErrandOrder = ({ id, status, total, currency, body }: DueOrder) => ({
  id,
  number: body.number ?? null,
  status,
  total,
  currency,
});

function answerOf({ detail }: { detail: Record<string, unknown> }): StaffAnswer {
  const { nps, stars, away, reason = away, comment } = detail;
  return {
    score: typeof nps === 'number' ? nps : null,
    stars: typeof stars === 'number' ? stars : null,
    reason: typeof reason === 'string' ? reason : null,
    comment: typeof comment === 'string' ? comment : null,
  };
}

/** Goes to the address that the shop sends from. */
async function noteToStaff(deps: Deps, errand: DueErrand): Promise<End> {
  const note = staffNote({
    shopName: errand.shopName,
    locale: errand.shopLocale,
    wish: errand.subject,
    flow: errand.flowKey,
    customer: { email: errand.email, name: errand.name },
    order: errand.order && letterOrder(errand.order),
    answer: errand.answer && answerOf(errand.answer),
  });
  const outcome = await deps.mailer.send(
    {
      id: errand.id,
      shop: errand.shopId,
      stream: 'transactional',
      from: { name: errand.senderName, email: errand.senderEmail },
      to: errand.senderEmail,
      ...note,
      headers: {},
      tag: `${errand.flowKey}/notify`,
    },
    deps.settings.sendTimeoutMs,
  );
  if (outcome.kind === 'accepted') return { reason: null, again: false, called: null };
  const again = outcome.kind !== 'refused' && outcome.kind !== 'rejected';
  return { reason: outcome.reason, again, called: null };
}
