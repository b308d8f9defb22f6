/** The shop shows a review to everybody, or doesn't. */

import { decideReview, lockReview, type ReviewRow } from '../../../db/reviews.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../problem.ts';

/** Null where there is no such review. Throws `invalid` where its writer did not agree to be shown. */
export const judgeReview = (
  deps: Deps,
  shopId: string,
  id: string,
  status: 'published' | 'rejected',
): Promise<(ReviewRow & { email: string | null }) | null> =>
  deps.db.shop(shopId, async (tx) => {
    const review = await lockReview(tx, shopId, id);
    if (!review) return null;
    if (status === 'published' && !review.mayPublish) {
      const message = 'must not be published: its writer did not agree to that';
      throw new Problem('invalid', { errors: [{ path: 'status', message }] });
    }
    if (review.status === status) return review;
    await decideReview(tx, review, status);
    return { ...review, status, decidedAt: tx.now };
  });
