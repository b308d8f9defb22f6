/** What buyers wrote: the shop reads and decides, everybody reads what is published. */

import { publishedReviews, reviewsOf } from '../../db/reviews.ts';
import { shopBySiteKey } from '../../db/shops.ts';
import { judgeReview } from '../actions/readers/decide-review.ts';
import { endpoint } from '../http/endpoint.ts';
import { cachedJson, tooManyCalls } from '../http/page-answers.ts';
import { inTurn } from '../http/page-turn.ts';
import { Problem } from '../problem.ts';
import { isUuid, listOf } from '../schemas/common.ts';
import {
  describePublished,
  describeReview,
  publishedAnswer,
  publishedQuery,
  reviewAnswer,
  reviewPatch,
  reviewsQuery,
} from '../schemas/review.ts';

const tag = 'Reviews';

export const reviewRoutes = [
  endpoint(
    {
      method: 'get',
      path: '/v1/reviews',
      access: 'shop',
      tag,
      summary: 'What buyers wrote',
      description: 'The latest first, page by page: `next` is the `cursor` of the next one.',
      query: reviewsQuery,
      answers: { 200: { description: 'Reviews', schema: listOf(reviewAnswer) } },
      problems: ['unauthorized', 'invalid'],
    },
    async ({ deps, shop, query }) => {
      const { status = null, item: itemId = null, cursor: after = null, limit } = query;
      const found = await deps.db.shop(shop.id, (tx) =>
        reviewsOf(tx, shop.id, { status, itemId, after, limit: limit + 1 }),
      );
      const page = found.slice(0, limit);
      const next = found.length > limit ? (page.at(-1)?.id ?? null) : null;
      return { status: 200, body: { data: page.map(describeReview), next } };
    },
  ),
  endpoint(
    {
      method: 'patch',
      path: '/v1/reviews/:id',
      access: 'shop',
      tag,
      summary: 'Publish or reject a review',
      description: 'Refused where its writer did not agree to its being shown. Written anew, it waits again.',
      body: reviewPatch,
      example: { status: 'published' },
      answers: { 200: { description: 'The review as it is now', schema: reviewAnswer } },
      problems: ['unauthorized', 'not_found', 'invalid_json', 'too_large', 'invalid'],
    },
    async ({ deps, shop, params, body }) => {
      const { id = '' } = params;
      const review = isUuid(id) ? await judgeReview(deps, shop.id, id, body.status) : null;
      if (!review) throw new Problem('not_found');
      return { status: 200, body: describeReview(review) };
    },
  ),
  endpoint(
    {
      method: 'get',
      path: '/v1/reviews/published',
      access: 'page',
      tag,
      summary: 'Published reviews, for the shop’s pages',
      description:
        'Of one item, of some or of all, the latest first, with how many there are and their average. The same bytes for everyone; cached for a minute. Held to the rate of page calls.',
      query: publishedQuery,
      answers: {
        200: { description: 'Reviews', schema: publishedAnswer },
        304: { description: 'Nothing changed since the ETag' },
      },
      problems: ['not_found', 'invalid', 'too_many_calls'],
      dropped: tooManyCalls,
    },
    async (call) => {
      const { deps, query, request } = call;
      const { item, items = item === undefined ? null : [item], others, words, limit } = query;
      const found = await inTurn(call, { shop: query.shop }, () =>
        deps.db.engine(async (tx) => {
          const shop = await shopBySiteKey(tx, query.shop);
          return { published: shop && (await publishedReviews(tx, shop.id, { itemIds: items, others, words, limit })) };
        }),
      );
      if (!found) return tooManyCalls();
      if (!found.published) throw new Problem('not_found');
      return cachedJson(request, describePublished(found.published));
    },
  ),
];
