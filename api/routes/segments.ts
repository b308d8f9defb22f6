/** Segments: contacts that fulfil a saved condition. */

import { listSegments, membersOf, segmentByKey } from '../../db/segments.ts';
import { changeSegment, createSegment, removeSegment } from '../actions/contacts/change-segment.ts';
import { previewSegment } from '../actions/contacts/preview-segment.ts';
import { endpoint } from '../http/endpoint.ts';
import { Problem } from '../problem.ts';
import { listOf } from '../schemas/common.ts';
import { patchBody } from '../schemas/patch.ts';
import {
  describeMember,
  describeSegment,
  memberAnswer,
  membersQuery,
  previewAnswer,
  segmentAnswer,
  segmentInput,
  segmentPreview,
} from '../schemas/segment.ts';

const tag = 'Segments';

export const segmentRoutes = [
  endpoint(
    {
      method: 'get',
      path: '/v1/segments',
      access: 'shop',
      tag,
      summary: 'All segments',
      answers: { 200: { description: 'The segments by key', schema: listOf(segmentAnswer) } },
      problems: ['unauthorized'],
    },
    async ({ deps, shop }) => {
      const segments = await deps.db.shop(shop.id, (tx) => listSegments(tx, shop.id));
      return { status: 200, body: { data: segments.map(describeSegment), next: null } };
    },
  ),
  endpoint(
    {
      method: 'post',
      path: '/v1/segments',
      access: 'shop',
      tag,
      summary: 'Add a segment',
      description:
        'A condition over the facts of contacts. Its members are counted at once, then soon after something happens to a contact, and all of them every hour. Who fulfils it at the first count has not entered it: flows begin with those who come later.',
      body: segmentInput,
      example: { key: 'loyal', name: 'Bought twice or more', condition: ['orders', '>=', 2] },
      answers: { 201: { description: 'The segment', schema: segmentAnswer } },
      problems: ['unauthorized', 'invalid_json', 'too_large', 'invalid', 'exists'],
    },
    async ({ deps, shop, body }) => ({ status: 201, body: describeSegment(await createSegment(deps, shop.id, body)) }),
  ),
  endpoint(
    {
      method: 'post',
      path: '/v1/segments/preview',
      access: 'shop',
      reads: true,
      tag,
      summary: 'Who would belong to a segment',
      description:
        'Saves nothing. Up to 5,000 contacts are asked; in a larger shop the size is reckoned from that sample.',
      body: segmentPreview,
      example: {
        condition: {
          all: [
            ['orders', '>=', 1],
            ['daysSinceLastOrder', '>', 60],
          ],
        },
      },
      answers: { 200: { description: 'Its size, and some who would belong', schema: previewAnswer } },
      problems: ['unauthorized', 'invalid_json', 'too_large', 'invalid'],
    },
    async ({ deps, shop, body }) => ({ status: 200, body: await previewSegment(deps, shop.id, body.condition) }),
  ),
  endpoint(
    {
      method: 'get',
      path: '/v1/segments/:key',
      access: 'shop',
      tag,
      summary: 'One segment',
      answers: { 200: { description: 'The segment', schema: segmentAnswer } },
      problems: ['unauthorized', 'not_found'],
    },
    async ({ deps, shop, params }) => {
      const segment = await deps.db.shop(shop.id, (tx) => segmentByKey(tx, shop.id, params.key ?? ''));
      if (!segment) throw new Problem('not_found');
      return { status: 200, body: describeSegment(segment) };
    },
  ),
  endpoint(
    {
      method: 'patch',
      path: '/v1/segments/:key',
      access: 'shop',
      tag,
      summary: 'Change a segment',
      description:
        'Another condition replaces the old one whole and is counted anew: those it takes in or out by that have entered and left nothing.',
      body: patchBody,
      example: { name: 'Loyal buyers' },
      answers: { 200: { description: 'The segment as it is now', schema: segmentAnswer } },
      problems: ['unauthorized', 'not_found', 'invalid_json', 'too_large', 'invalid'],
    },
    async ({ deps, shop, params, body }) => {
      const segment = await changeSegment(deps, shop.id, params.key ?? '', body);
      if (!segment) throw new Problem('not_found');
      return { status: 200, body: describeSegment(segment) };
    },
  ),
  endpoint(
    {
      method: 'delete',
      path: '/v1/segments/:key',
      access: 'shop',
      tag,
      summary: 'Remove a segment',
      description: 'Refused while a flow or a rule asks for it; the answer names them.',
      answers: { 204: { description: 'Gone' } },
      problems: ['unauthorized', 'not_found', 'in_use'],
    },
    async ({ deps, shop, params }) => {
      if (!(await removeSegment(deps, shop.id, params.key ?? ''))) throw new Problem('not_found');
      return { status: 204 };
    },
  ),
  endpoint(
    {
      method: 'get',
      path: '/v1/segments/:key/members',
      access: 'shop',
      tag,
      summary: 'Who belongs to a segment',
      description: 'Page by page: `next` is the `cursor` of the next one.',
      query: membersQuery,
      answers: { 200: { description: 'Its members', schema: listOf(memberAnswer) } },
      problems: ['unauthorized', 'not_found', 'invalid'],
    },
    async ({ deps, shop, params, query }) => {
      const key = params.key ?? '';
      const { cursor: after = null, limit } = query;
      const members = await deps.db.shop(shop.id, async (tx) =>
        (await segmentByKey(tx, shop.id, key)) ? membersOf(tx, shop.id, { key, after, limit: limit + 1 }) : null,
      );
      if (!members) throw new Problem('not_found');
      const page = members.slice(0, limit);
      const next = members.length > limit ? (page.at(-1)?.contactId ?? null) : null;
      return { status: 200, body: { data: page.map(describeMember), next } };
    },
  ),
];
