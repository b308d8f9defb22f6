/** The mailer port: hands one letter to a provider and says what became of it. Knows nothing of flows, contacts or retries. */

export interface OutgoingLetter {
  /** The message's id in our ledger. It travels as metadata `m`, so that the provider can be asked about it later. */
  id: string;
  shop: string;
  /** Selling letters go on `broadcast`, letters a person waits for on `transactional`. */
  stream: 'broadcast' | 'transactional';
  from: { name: string; email: string };
  to: string;
  subject: string;
  html: string;
  text: string;
  headers: Record<string, string>;
  tag: string;
}

/**
 * What a provider's answer means. Only answers on the provider's own list of definite outcomes are definite; whatever
 * else happens (a timeout, a reset, a cut body) is `unknown`, because the letter may already be on its way.
 */
export type SendOutcome =
  | { kind: 'accepted'; providerId: string }
  /** The provider will never deliver to this address. */
  | { kind: 'refused'; reason: 'inactive_recipient' | 'invalid_address'; detail: string }
  /** The provider did not take it this time and says so. */
  | { kind: 'retry'; reason: string }
  /** The provider will never take this letter as it is; neither its address nor the account is to blame. */
  | { kind: 'rejected'; reason: string }
  /** The account can't send at all: nothing is wrong with the letter. */
  | { kind: 'halt'; reason: string }
  | { kind: 'unknown'; reason: string };

export type FindOutcome =
  | { kind: 'found'; providerId: string }
  | { kind: 'missing' }
  /** The provider keeps no list that could be asked: nobody will ever know. */
  | { kind: 'unknowable'; reason: string }
  | { kind: 'unanswered'; reason: string };

export interface Mailer {
  name: string;
  /** Calls the provider once. Never throws, never retries; gives up after `timeoutMs` with `unknown`. */
  send(letter: OutgoingLetter, timeoutMs: number): Promise<SendOutcome>;
  /** Asks the provider whether it ever accepted the message with this id. */
  find(id: string, timeoutMs: number): Promise<FindOutcome>;
}
