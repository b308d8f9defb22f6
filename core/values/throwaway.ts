/** Addresses at domains that hand out mailboxes to be thrown away, as the shop or the instance lists them. Brings no list of its own. */

import { parseEmail } from './email-address.ts';

/** `deny`: no code is given; `confirm`: only once the mailbox has answered; `allow`: like any other. */
export const THROWAWAY_MODES = ['allow', 'confirm', 'deny'] as const;
export type ThrowawayMode = (typeof THROWAWAY_MODES)[number];

/** The domain as canonical addresses have it, or null when no address can be at it. */
export function mailDomain(text: string): string | null {
  const parsed = parseEmail(`x@${text.trim()}`);
  return parsed?.canonical.slice(parsed.canonical.lastIndexOf('@') + 1) ?? null;
}

export interface DomainLists {
  /** Of the instance. */
  common: ReadonlySet<string>;
  /** Of the shop. */
  own: readonly string[];
}

/** Whether the canonical address is at a listed domain, or at one below it. */
export function isThrowaway(canonical: string, { common, own }: DomainLists): boolean {
  const labels = canonical.slice(canonical.lastIndexOf('@') + 1).split('.');
  return labels.some((_label, index) => {
    const domain = labels.slice(index).join('.');
    return common.has(domain) || own.includes(domain);
  });
}
