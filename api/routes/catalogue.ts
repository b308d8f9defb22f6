/** The shop's catalogue: files that it uploads or lets be fetched, and what is known from them. */

import { deleteFeed, feedById, listFeeds } from '../../db/feeds.ts';
import { productsOf } from '../../db/products.ts';
import { changeFeed, createFeed } from '../actions/catalogue/change-feed.ts';
import { fetchFeed } from '../actions/catalogue/fetch-feeds.ts';
import { importFeed } from '../actions/catalogue/import-feed.ts';
import { endpoint } from '../http/endpoint.ts';
import { Problem } from '../problem.ts';
import { isUuid, listOf } from '../schemas/common.ts';
import {
  describeFeed,
  describeProduct,
  describeReport,
  feedAnswer,
  feedFetchQuery,
  feedImportQuery,
  feedInput,
  feedPatch,
  feedReportAnswer,
  productAnswer,
  productsQuery,
} from '../schemas/feed.ts';

const tag = 'Catalogue';

const EXAMPLE = 'id,title,link,price,availability\nlamp-1,Reading lamp,https://shop.example/lamps/1,49.00,in stock\n';

const path = '/v1/feeds/:id';

export const catalogueRoutes = [
  endpoint(
    {
      method: 'get',
      path: '/v1/feeds',
      access: 'shop',
      tag,
      summary: 'Feeds that are fetched',
      answers: { 200: { description: 'The feeds, the oldest first', schema: listOf(feedAnswer) } },
      problems: ['unauthorized'],
    },
    async ({ deps, shop }) => {
      const feeds = await deps.db.shop(shop.id, (tx) => listFeeds(tx, shop.id));
      return { status: 200, body: { data: feeds.map(describeFeed), next: null } };
    },
  ),
  endpoint(
    {
      method: 'post',
      path: '/v1/feeds',
      access: 'shop',
      tag,
      summary: 'Let a feed be fetched on schedule',
      description:
        'At once, and then as often as `every` says (6 hours unless told), from a public https address. Where the server tells an ETag or when the file last changed, it is only read when it has. A feed that can not be read changes nothing and is tried again soon; `problem` says why.',
      body: feedInput,
      example: { url: 'https://shop.example/feed.xml', every: '6h' },
      answers: { 201: { description: 'The feed', schema: feedAnswer } },
      problems: ['unauthorized', 'invalid_json', 'too_large', 'invalid', 'exists'],
    },
    async ({ deps, shop, body }) => {
      const feed = await createFeed(deps, shop.id, body);
      deps.wake();
      return { status: 201, body: describeFeed(feed) };
    },
  ),
  endpoint(
    {
      method: 'get',
      path,
      access: 'shop',
      tag,
      summary: 'One feed',
      answers: { 200: { description: 'The feed, and what came of it', schema: feedAnswer } },
      problems: ['unauthorized', 'not_found'],
    },
    async ({ deps, shop, params }) => {
      const { id = '' } = params;
      const feed = isUuid(id) ? await deps.db.shop(shop.id, (tx) => feedById(tx, shop.id, id)) : null;
      if (!feed) throw new Problem('not_found');
      return { status: 200, body: describeFeed(feed) };
    },
  ),
  endpoint(
    {
      method: 'patch',
      path,
      access: 'shop',
      tag,
      summary: 'Change a feed',
      description: 'With another url, or switched on again, it is fetched at once.',
      body: feedPatch,
      example: { every: '1d' },
      answers: { 200: { description: 'The feed as it is now', schema: feedAnswer } },
      problems: ['unauthorized', 'not_found', 'invalid_json', 'too_large', 'invalid', 'exists'],
    },
    async ({ deps, shop, params, body }) => {
      const { id = '' } = params;
      const feed = isUuid(id) ? await changeFeed(deps, shop.id, id, body) : null;
      if (!feed) throw new Problem('not_found');
      deps.wake();
      return { status: 200, body: describeFeed(feed) };
    },
  ),
  endpoint(
    {
      method: 'delete',
      path,
      access: 'shop',
      tag,
      summary: 'Remove a feed',
      description: 'What stood in it goes from the catalogue, too.',
      answers: { 204: { description: 'Gone' } },
      problems: ['unauthorized', 'not_found'],
    },
    async ({ deps, shop, params }) => {
      const { id = '' } = params;
      if (!isUuid(id) || !(await deps.db.shop(shop.id, (tx) => deleteFeed(tx, shop.id, id))))
        throw new Problem('not_found');
      return { status: 204 };
    },
  ),
  endpoint(
    {
      method: 'post',
      path: `${path}/fetch`,
      access: 'shop',
      tag,
      summary: 'Fetch a feed now',
      description: 'Whether it has changed or not; answers when it has been read.',
      query: feedFetchQuery,
      answers: { 200: { description: 'The feed, and what came of it', schema: feedAnswer } },
      problems: ['unauthorized', 'not_found'],
    },
    async ({ deps, shop, params, query }) => {
      const { id = '' } = params;
      const feed = isUuid(id) ? await fetchFeed(deps, shop, id, query) : null;
      if (!feed) throw new Problem('not_found');
      return { status: 200, body: describeFeed(feed) };
    },
  ),
  endpoint(
    {
      method: 'post',
      path: '/v1/feeds/import',
      access: 'shop',
      tag,
      summary: 'Upload the catalogue',
      description:
        'The file as the body: YML, a Google Merchant feed (RSS or Atom), or a table with a first line of names, packed with gzip or not, up to 512 MB; format and encoding are told by its bytes. A bad offer costs no other: it is listed with its line. What an earlier file had and this one has not is gone from the catalogue, unless `kept` says why not.',
      file: ['text/xml', 'text/csv', 'text/tab-separated-values'],
      query: feedImportQuery,
      example: EXAMPLE,
      answers: { 200: { description: 'What was taken, and what was not', schema: feedReportAnswer } },
    },
    async ({ deps, shop, request, query }) => ({
      status: 200,
      body: describeReport(
        await importFeed(deps, shop, {
          body: request.body,
          contentType: request.headers.get('content-type'),
          feedId: null,
          ...query,
        }),
      ),
    }),
  ),
  endpoint(
    {
      method: 'get',
      path: '/v1/products',
      access: 'shop',
      tag,
      summary: 'What the catalogue holds',
      description: 'By id, page by page: `next` is the `cursor` of the next one.',
      query: productsQuery,
      answers: { 200: { description: 'Products', schema: listOf(productAnswer) } },
      problems: ['unauthorized', 'invalid'],
    },
    async ({ deps, shop, query }) => {
      const { cursor: after = null, id = null, group = null, category = null, available = null, gone, limit } = query;
      const found = await deps.db.shop(shop.id, (tx) =>
        productsOf(tx, shop.id, { after, id, group, category, available, gone, limit: limit + 1 }),
      );
      const page = found.slice(0, limit);
      const next = found.length > limit ? (page.at(-1)?.id ?? null) : null;
      return { status: 200, body: { data: page.map(describeProduct), next } };
    },
  ),
];
