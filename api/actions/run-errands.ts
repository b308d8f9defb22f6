/** Does what flows ask for beside letters to their contact: calls of the shop's endpoints, and notes to its staff. At least once each; apart from the tick, since an endpoint may take its time and letters may not. */

import { Webhook } from 'standardwebhooks';
import { type DueErrand, settleErrand, takeErrands } from '../../db/errands.ts';
import type { DueOrder } from '../../db/outbox.ts';
import { disableWebhook, type WebhookRow, webhookByName } from '../../db/webhooks.ts';
import { type StaffAnswer, staffNote } from '../../emails/staff-note.ts';
import type { Deps } from '../deps.ts';
import { letterOrder } from './letter-order.ts';
import type { TickOptions } from './tick.ts';
import { workOff } from './work-off.ts';

/** How long after each attempt the next one follows: the schedule that Standard Webhooks recommends. */
const RETRY_S = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
const TIMEOUT_MS = 15_000;
/** Taken at once. */
const MOST = 20;
/** Longer than so many can take, so that no two workers are at one. */
const HELD_MS = 120_000;

type End = 'done' | { failed: string } | { retry: string };

/** One turn, until nothing is due or time is up; returns how many it did. Any number may overlap. */
export async function runErrands(deps: Deps, { limit, deadline }: TickOptions): Promise<number> {
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

const settle = (deps: Deps, errand: DueErrand, end: End): Promise<void> =>
  deps.db.engine(async (tx) => {
    if (end === 'done') return settleErrand(tx, errand, { status: 'done', reason: null });
    if ('failed' in end) return settleErrand(tx, errand, { status: 'failed', reason: end.failed });
    const wait = RETRY_S[errand.attempt - 1];
    if (wait === undefined) return settleErrand(tx, errand, { status: 'failed', reason: end.retry });
    return settleErrand(tx, errand, { again: tx.now + wait * 1_000, reason: end.retry });
  });

async function callWebhook(deps: Deps, errand: DueErrand): Promise<End> {
  const { shopId, subject } = errand;
  const { hook, now } = await deps.db.engine(async (tx) => ({
    hook: await webhookByName(tx, shopId, subject),
    now: tx.now,
  }));
  if (!hook) return { failed: 'no_webhook' };
  if (hook.disabledAt !== null) return { failed: 'disabled' };
  const body = JSON.stringify({
    type: 'flow.step',
    timestamp: new Date(errand.queuedAt).toISOString(),
    data: {
      flow: errand.flowKey,
      chain: errand.enrollmentId,
      contact: { id: errand.contactId, email: errand.email, name: errand.name, locale: errand.locale },
      items: errand.items,
      order: errand.order && describeErrandOrder(errand.order),
      answer: errand.answer && { ...answerOf(errand.answer), at: new Date(errand.answer.at).toISOString() },
    },
  });
  try {
    const response = await deps.fetch(hook.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...signed(hook, errand.id, body, now) },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    if (response.ok) return 'done';
    if (response.status !== 410) return { retry: `http_${response.status}` };
    await deps.db.engine((tx) => disableWebhook(tx, shopId, subject, 'http_410'));
    return { failed: 'http_410' };
  } catch (error) {
    if (error instanceof Error && error.name === 'blocked_address') return { failed: 'blocked_address' };
    return { retry: error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'no_connection' };
  }
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

/** The id stays the same at every attempt, so that the receiver can tell a repeated call; the time is the attempt's. */
function signed(hook: WebhookRow, id: string, body: string, now: number): Record<string, string> {
  const former = hook.formerSecret && (hook.formerUntil ?? 0) > now ? [hook.formerSecret] : [];
  const signatures = [hook.secret, ...former].map((secret) => new Webhook(secret).sign(id, new Date(now), body));
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now / 1_000)),
    'webhook-signature': signatures.join(' '),
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
  if (outcome.kind === 'accepted') return 'done';
  if (outcome.kind === 'refused' || outcome.kind === 'rejected') return { failed: outcome.reason };
  return { retry: outcome.reason };
}
