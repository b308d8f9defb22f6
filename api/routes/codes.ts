/** Codes at the checkout. */

import { codeKey } from '../../core/code.ts';
import { codeByKey } from '../../db/codes.ts';
import { type CodeResult, checkCode, redeemCode } from '../actions/redeem-code.ts';
import type { Answer } from '../http/endpoint.ts';
import { endpoint } from '../http/endpoint.ts';
import { Problem } from '../problem.ts';
import { codeAnswer, describeCode } from '../schemas/answers.ts';
import { codeCheck, codeRedeem } from '../schemas/code.ts';

const tag = 'Codes';
const redeemProblems = [
  'unauthorized',
  'invalid_json',
  'too_large',
  'invalid',
  'code_not_found',
  'already_redeemed',
  'order_has_code',
  'code_expired',
  'below_minimum',
  'currency_mismatch',
] as const;

export const codeRoutes = [
  endpoint(
    {
      method: 'get',
      path: '/v1/codes/:code',
      access: 'shop',
      tag,
      summary: 'One code',
      answers: { 200: { description: 'The code', schema: codeAnswer } },
      problems: ['unauthorized', 'code_not_found'],
    },
    async ({ deps, shop, params }) =>
      deps.db.shop(shop.id, async (tx) => {
        const code = await codeByKey(tx, shop.id, codeKey(params.code ?? ''));
        if (!code) throw new Problem('code_not_found');
        return { status: 200, body: describeCode(code, code.discount, tx.now) };
      }),
  ),
  endpoint(
    {
      method: 'post',
      path: '/v1/codes/:code/check',
      access: 'shop',
      tag,
      summary: 'What the code would take off',
      description:
        'Changes nothing. `total` is the order before the discount; without it only the code itself is checked.',
      body: codeCheck,
      example: { total: 4200 },
      answers: { 200: { description: 'The code is good', schema: codeAnswer } },
      problems: [...redeemProblems],
    },
    async ({ deps, shop, params, body }) => answer(await checkCode(deps, shop, params.code ?? '', body)),
  ),
  endpoint(
    {
      method: 'post',
      path: '/v1/codes/:code/redeem',
      access: 'shop',
      tag,
      summary: 'Use the code for an order',
      description: 'Once. The same order again gets the same answer. The reminders end in the same transaction.',
      body: codeRedeem,
      example: { orderId: '1001', total: 4200 },
      answers: { 200: { description: 'Redeemed', schema: codeAnswer } },
      problems: [...redeemProblems],
    },
    async ({ deps, shop, params, body }) => answer(await redeemCode(deps, shop, params.code ?? '', body)),
  ),
];

function answer(result: CodeResult): Answer {
  if (!('problem' in result)) return { status: 200, body: describeCode(result.code, result.discount) };
  const minimum = result.code?.offer.minOrder;
  const detail = result.problem === 'below_minimum' ? `The order must come to at least ${minimum}.` : undefined;
  const path =
    result.problem === 'below_minimum' ? 'total' : result.problem === 'currency_mismatch' ? 'currency' : null;
  throw new Problem(result.problem, {
    ...(detail ? { detail } : {}),
    ...(path
      ? { errors: [{ path, message: path === 'total' ? `must be at least ${minimum}` : 'must be the shop’s' }] }
      : {}),
  });
}
