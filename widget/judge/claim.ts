/** Takes an accepted offer to the server, together with the events it hasn't got yet. */

import type { Claim, ClaimAnswer } from '../../core/wire.ts';
import type { ClaimForm, ClaimOutcome, Rim } from '../bridge.ts';

const PATIENCE_MS = 15_000;

export const claimWith =
  (rim: Rim, offer: Pick<Claim, 'rule' | 'variant' | 'locale'>) =>
  async (form: ClaimForm): Promise<ClaimOutcome> => {
    const carried = rim.carry();
    const { tag } = rim;
    const claim = { shop: tag.shop, ...carried, ...offer, ...form } satisfies Claim;
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
    try {
      const response = await fetch(`${tag.origin}/v1/claims`, {
        method: 'POST',
        body: rim.toJson(claim),
        credentials: 'omit',
        signal: patience.signal,
      });
      if (response.status === 409) return { kind: 'gone' };
      if (response.status === 400 || response.status === 422) return { kind: 'invalid' };
      if (!response.ok) return { kind: 'failed' };
      const answer: ClaimAnswer = await response.json();
      if (!answer.status) return { kind: 'failed' };
      rim.settle(carried.batch);
      rim.announce('accepted', offer.rule, offer.variant ?? null);
      return { kind: 'taken', answer };
    } catch {
      return { kind: 'failed' };
    } finally {
      clearTimeout(timer);
    }
  };
