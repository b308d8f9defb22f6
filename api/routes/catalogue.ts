/** The shop's catalogue: files that it uploads, and what is known from them. */

import { productsOf } from '../../db/products.ts';
import { importFeed } from '../actions/import-feed.ts';
import { endpoint } from '../http/endpoint.ts';
import { listOf } from '../schemas/common.ts';
import {
  describeProduct,
  describeReport,
  feedImportQuery,
  feedReportAnswer,
  productAnswer,
  productsQuery,
} from '../schemas/feed.ts';

const tag = 'Catalogue';

const EXAMPLE = 'id,title,link,price,availability\nlamp-1,Reading lamp,https://shop.example/lamps/1,49.00,in stock\n';

export const catalogueRoutes = [
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
          partial: query.partial,
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
