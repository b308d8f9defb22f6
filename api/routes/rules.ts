/** Rules: when to show which offer to whom. */

import { listRules, ruleById, ruleVersions, type StoredRule } from '../../db/rules.ts';
import { changeRule, createRule, removeRule } from '../actions/rules/change-rule.ts';
import { endpoint } from '../http/endpoint.ts';
import { isWanted } from '../http/etag.ts';
import { Problem } from '../problem.ts';
import { describeRule, describeRuleVersion, ruleAnswer, ruleVersionAnswer } from '../schemas/answers.ts';
import { isUuid, listOf } from '../schemas/common.ts';
import { patchBody } from '../schemas/patch.ts';
import { versionsQuery } from '../schemas/queries.ts';
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
    async ({ deps, shop, body }) => ({ status: 201, body: describeRule(await createRule(deps, shop, body)) }),
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
      return { status: 200, body: describeRule(rule), headers: etagOf(rule) };
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
        'JSON Merge Patch (RFC 7396), but `when` is replaced whole. What was before stays as a version. With `If-Match: "3"` only version 3 is changed, else the answer is 409 `version_mismatch`. The server obeys at once, pages within a minute.',
      headers: { 'If-Match': 'The version that you have seen, as the `ETag` told it.' },
      body: patchBody,
      example: { enabled: false },
      answers: { 200: { description: 'The rule as it is now', schema: ruleAnswer } },
      problems: ['unauthorized', 'not_found', 'version_mismatch', 'invalid_json', 'too_large', 'invalid'],
    },
    async ({ deps, shop, params, body, request }) => {
      const rule = await changeRule(deps, shop, { id: uuidOf(params), patch: body, seen: seenBy(request) });
      if (!rule) throw new Problem('not_found');
      return { status: 200, body: describeRule(rule), headers: etagOf(rule) };
    },
  ),
  endpoint(
    {
      method: 'get',
      path: '/v1/rules/:id/versions',
      access: 'shop',
      tag,
      summary: 'What a rule was',
      description: 'Every save made a version. `next` is what `before` must be to read on.',
      query: versionsQuery,
      answers: { 200: { description: 'The versions, the latest first', schema: listOf(ruleVersionAnswer) } },
      problems: ['unauthorized', 'invalid', 'not_found'],
    },
    async ({ deps, shop, params, query }) => {
      const id = uuidOf(params);
      const { before, limit } = query;
      const versions = await deps.db.shop(shop.id, (tx) => ruleVersions(tx, shop.id, { id, before, limit: limit + 1 }));
      if (!versions) throw new Problem('not_found');
      const page = versions.slice(0, limit);
      const next = versions.length > limit ? String(page.at(-1)?.version) : null;
      return { status: 200, body: { data: page.map(describeRuleVersion), next } };
    },
  ),
  endpoint(
    {
      method: 'delete',
      path: '/v1/rules/:id',
      access: 'shop',
      tag,
      summary: 'Remove a rule',
      description:
        'Codes that it issued stay good, chains that it started go on. With `If-Match` only the version that you have seen goes.',
      headers: { 'If-Match': 'The version that you have seen, as the `ETag` told it.' },
      answers: { 204: { description: 'Gone' } },
      problems: ['unauthorized', 'not_found', 'version_mismatch'],
    },
    async ({ deps, shop, params, request }) => {
      if (!(await removeRule(deps, shop.id, { id: uuidOf(params), seen: seenBy(request) })))
        throw new Problem('not_found');
      return { status: 204 };
    },
  ),
];

const tagOf = (version: number): string => `"${version}"`;
const etagOf = ({ version }: StoredRule): Record<string, string> => ({ etag: tagOf(version) });

const seenBy =
  ({ headers }: Request) =>
  (version: number): boolean =>
    isWanted(headers.get('if-match'), tagOf(version));

/** A path that is no UUID names no rule. */
function uuidOf(params: Record<string, string>): string {
  const { id } = params;
  if (!id || !isUuid(id)) throw new Problem('not_found');
  return id.toLowerCase();
}
