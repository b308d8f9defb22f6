/** Calls a shop's endpoint once, signed as Standard Webhooks says. Knows nothing of when to call again. */

import { Webhook } from 'standardwebhooks';
import type { WebhookRow } from '../../../db/webhooks.ts';
import type { Deps } from '../../deps.ts';
import { readCapped } from '../../http/read-capped.ts';

const TIMEOUT_MS = 15_000;

export interface Call {
  /** Stays the same at every attempt, so that the receiver can tell a repeated call. */
  id: string;
  type: 'flow.step' | 'test';
  /** When it came up, ms since the epoch. */
  timestamp: number;
  data: Record<string, unknown>;
}

export interface Called {
  /** The endpoint's answer; null where there was none. */
  status: number | null;
  /** Why it was not taken; null where it was. */
  reason: string | null;
  ms: number;
  /** What the endpoint said beyond that, where it is JSON. */
  said: unknown;
}

/** As much of an answer as is read, in bytes. */
const LONGEST_ANSWER = 16_384;

/** `now`: the attempt's time, which is signed. */
export async function callEndpoint(
  deps: Deps,
  hook: WebhookRow,
  { id, type, timestamp, data }: Call,
  now: number,
): Promise<Called> {
  const body = JSON.stringify({ type, timestamp: new Date(timestamp).toISOString(), data });
  const began = deps.now();
  const took = (): number => Math.max(0, Math.round(deps.now() - began));
  try {
    const response = await deps.fetch(hook.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...signed(hook, id, body, now) },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const { ok, status } = response;
    const said = ok ? await saidBy(response) : await unread(response);
    return { status, reason: ok ? null : `http_${status}`, ms: took(), said };
  } catch (error) {
    return { status: null, reason: failureOf(error), ms: took(), said: null };
  }
}

/** Null for what is no JSON, or too much of it. Whatever becomes of the answer, the call has been taken. */
async function saidBy(response: Response): Promise<unknown> {
  if (!response.headers.get('content-type')?.includes('json')) return unread(response);
  try {
    const bytes = await readCapped(response.body, LONGEST_ANSWER);
    return bytes && JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}

async function unread(response: Response): Promise<null> {
  await response.body?.cancel();
  return null;
}

export const BLOCKED = 'blocked_address';

/** Why a call had no answer. */
export function failureOf(error: unknown): string {
  const { name } = error instanceof Error ? error : { name: '' };
  if (name === BLOCKED) return BLOCKED;
  return name === 'TimeoutError' ? 'timeout' : 'no_connection';
}

function signed(hook: WebhookRow, id: string, body: string, now: number): Record<string, string> {
  const former = hook.formerSecret && (hook.formerUntil ?? 0) > now ? [hook.formerSecret] : [];
  const signatures = [hook.secret, ...former].map((secret) => new Webhook(secret).sign(id, new Date(now), body));
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now / 1_000)),
    'webhook-signature': signatures.join(' '),
  };
}
