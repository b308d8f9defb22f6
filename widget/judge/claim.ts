/** Takes an address to the server, with the offer that was accepted or the item that is waited for, and the events it hasn't got yet. */

import type { Claim, FormPost, ProblemBody } from '../../core/visits/wire.ts';
import type { ClaimForm, ClaimOutcome, OfferRim } from '../bridge.ts';
import { carried } from './carried.ts';

const PATIENCE_MS = 15_000;
/** Worth another try, though it is the caller's turn: too slow, too often. */
const PASSING = [408, 429];

type Sent = Pick<Claim, 'rule' | 'variant' | 'locale'> | Pick<FormPost, 'kind' | 'item' | 'locale'>;

/** `path` is `claims` or `forms`; `answered` makes the outcome of what the server said, or undefined where it made no sense. */
export const postWith =
  (rim: OfferRim, path: string, sent: Sent, answered: (body: unknown) => ClaimOutcome | undefined) =>
  async (form: ClaimForm): Promise<ClaimOutcome> => {
    const along = carried(rim.pack());
    const { tag } = rim;
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
    try {
      const response = await rim.post(path, rim.toJson({ shop: tag.shop, ...along, ...sent, ...form }), {
        signal: patience.signal,
      });
      const { status } = response;
      if (status >= 500 || PASSING.includes(status)) return { kind: 'failed' };
      const body: unknown = await response.json();
      if (!response.ok) return { kind: status === 422 && namesAddress(body) ? 'invalid' : 'gone' };
      const outcome = answered(body);
      if (!outcome) return { kind: 'failed' };
      rim.settle(along.batch);
      return outcome;
    } catch {
      return { kind: 'failed' };
    } finally {
      clearTimeout(timer);
    }
  };

/** Where the server names no field at all, the address is the likeliest. */
function namesAddress(body: unknown): boolean {
  const { errors = [] } = body as Partial<ProblemBody>;
  return !errors.length || errors.some(({ path }) => path === 'email');
}
