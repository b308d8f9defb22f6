/** What happened and why: letters, visits, decisions. */

import { listMessages } from '../actions/sending/list-messages.ts';
import { explainVisit, describeVisit as findVisit } from '../actions/visits/explain-visit.ts';
import { endpoint } from '../http/endpoint.ts';
import { Problem } from '../problem.ts';
import { describeMessage, messageAnswer } from '../schemas/answers.ts';
import { describeExplained, describeVisit, explainAnswer, visitDetail } from '../schemas/answers-visit.ts';
import { isUuid, listOf } from '../schemas/common.ts';
import { explainQuery, messagesQuery } from '../schemas/queries.ts';

const tag = 'Insight';

export const insightRoutes = [
  endpoint(
    {
      method: 'get',
      path: '/v1/messages',
      access: 'shop',
      tag,
      summary: 'Every letter of one contact',
      description:
        'Why this person did or didn’t get a letter: each planned one with its state, its reason, and the chain it belongs to.',
      query: messagesQuery,
      answers: {
        200: { description: 'The trail, oldest first; empty for an unknown contact', schema: listOf(messageAnswer) },
      },
      problems: ['unauthorized', 'invalid'],
    },
    async ({ deps, shop, query }) => {
      const trail = await listMessages(deps, shop.id, query.contact);
      const data = (trail?.messages ?? []).flatMap((message) => {
        const chain = trail?.enrollments.find((one) => one.id === message.enrollmentId);
        return chain && trail ? [describeMessage(message, chain, trail.contact.email, trail.events)] : [];
      });
      return { status: 200, body: { data, next: null } };
    },
  ),
  endpoint(
    {
      method: 'get',
      path: '/v1/visits/:id',
      access: 'shop',
      tag,
      summary: 'One visit',
      answers: { 200: { description: 'Its facts, items, device and decisions', schema: visitDetail } },
      problems: ['unauthorized', 'not_found'],
    },
    async ({ deps, shop, params }) => {
      const { id } = params;
      const found = id && isUuid(id) ? await findVisit(deps, shop, id.toLowerCase()) : null;
      if (!found) throw new Problem('not_found');
      return { status: 200, body: describeVisit(found) };
    },
  ),
  endpoint(
    {
      method: 'get',
      path: '/v1/explain',
      access: 'shop',
      tag,
      summary: 'Why a visit would or wouldn’t see an offer now',
      description:
        'Each rule with each gate and what it saw: switched on, schedule, caps, the shop’s limit, moment, bought, refused, shown, condition, arm, holdout. A condition is told comparison by comparison. The same functions decide on the page and for claims.',
      query: explainQuery,
      answers: { 200: { description: 'The explanation', schema: explainAnswer } },
      problems: ['unauthorized', 'invalid', 'not_found'],
    },
    async ({ deps, shop, query }) => {
      const moments = await explainVisit(deps, shop, query.visit, query.moment ?? null);
      if (!moments) throw new Problem('not_found');
      return { status: 200, body: { visit: query.visit, moments: moments.map(describeExplained) } };
    },
  ),
];
