/** IAB Transparency and Consent Framework 2: what the page's `__tcfapi` says, for as long as the page lives. */

import { guarded } from '../guard.ts';
import type { Answer } from './memory-mode.ts';

declare global {
  interface Window {
    __tcfapi?: unknown;
  }
}

/** Store and read on the device (1), make a profile to personalise what is shown (5), and show by it (6). */
const NEEDED = ['1', '5', '6'];

type Api = (command: string, version: number, hear: (data: unknown, success: unknown) => void) => void;

const isApi = (api: unknown): api is Api => typeof api === 'function';

export const hasBanner = (): boolean => isApi(window.__tcfapi);

/** Answers come to `hear`: at once, much later, and again whenever the visitor changes them. */
export function onTcf(hear: (answer: Answer | null) => void): void {
  const { __tcfapi: api } = window;
  const told = guarded((data: unknown, success: unknown) => success && hear(readTcf(data)));
  if (isApi(api)) api('addEventListener', 2, told);
}

/** One `TCData`; null where the law it serves doesn't apply. A site's own consents count like the vendors': we act for the site. */
export function readTcf(data: unknown): Answer | null {
  const { gdprApplies, eventStatus, purpose, publisher } = (data ?? {}) as Record<string, unknown>;
  if (gdprApplies === false) return null;
  if (eventStatus !== 'tcloaded' && eventStatus !== 'useractioncomplete') return 'waiting';
  const given = [purpose, publisher].map((one) => (one as { consents?: Record<string, unknown> } | null)?.consents);
  return NEEDED.every((id) => given.some((consents) => consents?.[id] === true)) ? 'granted' : 'denied';
}
