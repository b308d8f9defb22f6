/** What is true of orders wherever they are read: which are no purchase, and how far a shop's clock is believed. */

/** Orders in these states are no purchase. */
export const UNDONE: readonly string[] = ['cancelled', 'refunded'];

export const isUndone = (status: string): boolean => UNDONE.includes(status);

/** A shop's clock may run behind ours by this much; nobody accepts an offer sooner after buying. */
export const CLOCK_SLACK_MS = 5 * 60_000;
