/** One HTTP call to a shop's platform: bounded in time and size, never led elsewhere. Its failures are values. */

import { readCapped } from '../http/read-capped.ts';
import { BlockedAddress } from '../outgoing.ts';
import type { PlatformFailure } from './platform.ts';

export interface Question {
  url: string;
  method: 'GET' | 'POST' | 'DELETE';
  headers: Record<string, string>;
  body?: unknown;
}

export interface PlatformAnswer {
  kind: 'answer';
  status: number;
  /** Undefined for what is no JSON. */
  body: unknown;
}

const TIMEOUT_MS = 10_000;
const MOST_BYTES = 4 * 1024 * 1024;

/** An answer that the platform gave to this very question; 401, 429, 5xx and silence are failures of any. */
export async function ask(transport: typeof fetch, question: Question): Promise<PlatformAnswer | PlatformFailure> {
  const { url, method, headers, body } = question;
  try {
    const response = await transport(url, {
      method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await readText(response);
    const failure = failureOf(response);
    return failure ?? { kind: 'answer', status: response.status, body: parsed(text) };
  } catch (error) {
    if (error instanceof BlockedAddress) return { kind: 'refused', reason: `${error.name}: ${error.message}` };
    return { kind: 'later', reason: error instanceof Error ? error.name : 'no answer', afterMs: null };
  }
}

function failureOf({ status, headers }: Response): PlatformFailure | null {
  if (status === 401 || status === 403) return { kind: 'refused', reason: `the platform refuses our key (${status})` };
  if (status === 429) return { kind: 'later', reason: 'too many calls', afterMs: retryAfter(headers) };
  if (status === 408 || status >= 500)
    return { kind: 'later', reason: `the platform answers ${status}`, afterMs: retryAfter(headers) };
  if (status === 0 || (status >= 300 && status < 400))
    return { kind: 'refused', reason: 'the address leads elsewhere: name the final one' };
  return null;
}

/** RFC 9110 §10.2.3, in seconds as both platforms send it; a date counts as unknown. */
function retryAfter(headers: Headers): number | null {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, 3_600) * 1_000 : null;
}

async function readText(response: Response): Promise<string> {
  const bytes = await readCapped(response.body, MOST_BYTES);
  if (!bytes) throw new RangeError('the answer is too long');
  return new TextDecoder().decode(bytes);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
