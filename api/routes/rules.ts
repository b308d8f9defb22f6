/** Rules: when to show which offer to whom. */

import { deleteRule, listRules, ruleById } from '../../db/rules.ts';
import { changeRule, createRule } from '../actions/change-rule.ts';
import { endpoint } from '../http/endpoint.ts';
import { Problem } from '../problem.ts';
import { describeRule, ruleAnswer } from '../schemas/answers.ts';
import { isUuid, listOf } from '../schemas/common.ts';
import { patchBody } from '../schemas/patch.ts';
import { ruleInput } from '../schemas/rule.ts';

const tag = 'Rules';

const example = {
  name: 'Leaving with things in mind',
  enabled: true,
  moment: 'exit',
  when: {
    all: [
      ['pages', '>=', 2],
      ['seconds', '>=', 20],
      {
        any: [
          ['carted', '>=', 1],
          ['viewed', '>=', 1],
        ],
      },
    ],
  },
  offer: { kind: 'percent', value: 10, expiresIn: '7d' },
  code: { prefix: 'BACK' },
};

export const ruleRoutes = [
  endpoint(
    {
      method: 'get',
      path: '/v1/rules',
      access: 'shop',
      tag,
      summary: 'All rules',
      answers: { 200: { description: 'The rules, oldest first', schema: listOf(ruleAnswer) } },
      problems: ['unauthorized'],
    },
    async ({ deps, shop }) => {
      const rules = await deps.db.shop(shop.id, (tx) => listRules(tx, shop.id));
      return { status: 200, body: { data: rules.map(describeRule), next: null } };
    },
  ),
  endpoint(
    {
      method: 'post',
      path: '/v1/rules',
      access: 'shop',
      tag,
      summary: 'Add a rule',
      description:
        'Off unless `enabled` is true. A tenth of the visitors is held out, so that its effect can be measured, unless `holdout` says otherwise.',
      body: ruleInput,
      example,
      answers: { 201: { description: 'The rule with its defaults', schema: ruleAnswer } },
      problems: ['unauthorized', 'invalid_json', 'too_large', 'invalid'],
    },
    async ({ deps, shop, body }) => ({ status: 201, body: describeRule(await createRule(deps, shop.id, body)) }),
  ),
  endpoint(
    {
      method: 'get',
      path: '/v1/rules/:id',
      access: 'shop',
      tag,
      summary: 'One rule',
      answers: { 200: { description: 'The rule', schema: ruleAnswer } },
      problems: ['unauthorized', 'not_found'],
    },
    async ({ deps, shop, params }) => {
      const id = uuidOf(params);
      const rule = await deps.db.shop(shop.id, (tx) => ruleById(tx, shop.id, id));
      if (!rule) throw new Problem('not_found');
      return { status: 200, body: describeRule(rule) };
    },
  ),
  endpoint(
    {
      method: 'patch',
      path: '/v1/rules/:id',
      access: 'shop',
      tag,
      summary: 'Change a rule',
      description:
        'JSON Merge Patch (RFC 7396), but `when` is replaced whole. The server obeys at once, pages within a minute.',
      body: patchBody,
      example: { enabled: false },
      answers: { 200: { description: 'The rule as it is now', schema: ruleAnswer } },
      problems: ['unauthorized', 'not_found', 'invalid_json', 'too_large', 'invalid'],
    },
    async ({ deps, shop, params, body }) => {
      const rule = await changeRule(deps, shop.id, uuidOf(params), body);
      if (!rule) throw new Problem('not_found');
      return { status: 200, body: describeRule(rule) };
    },
  ),
  endpoint(
    {
      method: 'delete',
      path: '/v1/rules/:id',
      access: 'shop',
      tag,
      summary: 'Remove a rule',
      description: 'Codes that it issued stay good, chains that it started go on.',
      answers: { 204: { description: 'Gone' } },
      problems: ['unauthorized', 'not_found'],
    },
    async ({ deps, shop, params }) => {
      const id = uuidOf(params);
      if (!(await deps.db.shop(shop.id, (tx) => deleteRule(tx, shop.id, id)))) throw new Problem('not_found');
      return { status: 204 };
    },
  ),
];

/** A path that is no UUID names no rule. */
function uuidOf(params: Record<string, string>): string {
  const { id } = params;
  if (!id || !isUuid(id)) throw new Problem('not_found');
  return id.toLowerCase();
}
