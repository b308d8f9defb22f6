/** Codes at the checkout. */

import { POOL } from '../../core/codes/code-plan.ts';
import type { ShopRow } from '../../db/shops.ts';
import { type CodeProblem, type CodeResult, checkCode, showCode } from '../actions/codes/check-code.ts';
import { importCodes } from '../actions/codes/import-codes.ts';
import { listPools } from '../actions/codes/list-pools.ts';
import { redeemCode } from '../actions/codes/redeem-code.ts';
import { releaseCode } from '../actions/codes/release-code.ts';
import { reserveCode } from '../actions/codes/reserve-code.ts';
import type { Deps } from '../deps.ts';
import type { Answer } from '../http/endpoint.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Network } from '../network.ts';
import { type FieldError, Problem } from '../problem.ts';
import { codeAnswer, codeCheck, codeRedeem, codeRelease, codeReserve, describeCode } from '../schemas/code.ts';
import {
  codeImport,
  codeImportAnswer,
  codeImportFromCsv,
  codeImportQuery,
  poolAnswer,
} from '../schemas/code-import.ts';
import { listOf } from '../schemas/common.ts';

const tag = 'Codes';
const problems = [
  'too_many_misses',
  'code_bound',
  'code_not_found',
  'already_redeemed',
  'order_has_code',
  'reserved',
  'not_combinable',
  'code_expired',
  'below_minimum',
  'currency_mismatch',
] as const;

export const codeRoutes = [
  endpoint(
    {
      method: 'post',
      path: '/v1/codes/import',
      access: 'shop',
      tag,
      summary: 'Upload codes of the shop’s own',
      description:
        'For rules with `code: {mode: "pool"}`: codes that the shop’s checkout knows already, each handed to one person. As JSON, or as a table (`text/csv`, up to 2 MB): one column, or the one called code; commas, semicolons or tabs; with a header or without. At most 50,000 at a time. What is not taken is listed with its line.',
      body: codeImport,
      csv: codeImportFromCsv,
      query: codeImportQuery,
      example: { pool: 'spring', codes: ['SPRING-7H2K', 'SPRING-9QX4'] },
      answers: { 200: { description: 'What was taken, and what was not', schema: codeImportAnswer } },
    },
    async ({ deps, shop, body, query }) => ({
      status: 200,
      body: await importCodes(deps, shop, { pool: body.pool ?? query.pool ?? POOL, codes: body.codes }),
    }),
  ),
  endpoint(
    {
      method: 'get',
      path: '/v1/pools',
      access: 'shop',
      tag,
      summary: 'What is left of the codes in stock',
      description:
        'Uploaded ones by the name of their pool, those made ahead in the shop’s platform by rule and offer.',
      answers: { 200: { description: 'The pools', schema: listOf(poolAnswer) } },
    },
    async ({ deps, shop }) => ({
      status: 200,
      body: { data: await deps.db.shop(shop.id, (tx) => listPools(tx, shop.id)), next: null },
    }),
  ),
  endpoint(
    {
      method: 'get',
      path: '/v1/codes/:code',
      access: 'shop',
      tag,
      summary: 'One code',
      answers: { 200: { description: 'The code as it stands', schema: codeAnswer } },
      problems: ['code_not_found', 'too_many_misses'],
    },
    async (call) => {
      const { deps, shop, params } = call;
      const view = await guarded(call, async () => (await showCode(deps, shop, params.code ?? '')) ?? NOT_FOUND);
      if ('problem' in view) throw new Problem('code_not_found');
      return { status: 200, body: describeCode(view) };
    },
  ),
  endpoint(
    {
      method: 'post',
      path: '/v1/codes/:code/check',
      access: 'shop',
      reads: true,
      tag,
      summary: 'What the code would take off',
      description:
        'Changes nothing. `total` is the order before the discount; without it only the code itself is checked. With `orderId` what that order holds or has used counts as its own.',
      body: codeCheck,
      example: { total: 4200 },
      answers: { 200: { description: 'The code is good', schema: codeAnswer } },
      problems: [...problems],
    },
    async (call) =>
      answer(
        await guarded(call, () => checkCode(call.deps, call.shop, call.params.code ?? '', call.body)),
        call.body.codes,
      ),
  ),
  endpoint(
    {
      method: 'post',
      path: '/v1/codes/:code/reserve',
      access: 'shop',
      tag,
      summary: 'Hold the code for an order',
      description:
        'For 15 minutes, while it is being paid: other orders get 409 `reserved`. Asking again holds it anew. Nothing has to be released: it falls back by itself. An order holds one code, the latest it asked for.',
      body: codeReserve,
      example: { orderId: '1001', total: 4200 },
      answers: { 200: { description: 'Held, until `reservedUntil`', schema: codeAnswer } },
      problems: [...problems],
    },
    async (call) =>
      answer(
        await guarded(call, () => reserveCode(call.deps, call.shop, call.params.code ?? '', call.body)),
        call.body.codes,
      ),
  ),
  endpoint(
    {
      method: 'post',
      path: '/v1/codes/:code/redeem',
      access: 'shop',
      tag,
      summary: 'Use the code for an order',
      description:
        'Once, or as often as the rule’s `code.uses` says. The same order again gets the same answer. The reminders end in the same transaction. What the order held in time it may use after the code’s expiry.',
      body: codeRedeem,
      example: { orderId: '1001', total: 4200 },
      answers: { 200: { description: 'Redeemed', schema: codeAnswer } },
      problems: [...problems],
    },
    async (call) =>
      answer(
        await guarded(call, () => redeemCode(call.deps, call.shop, call.params.code ?? '', call.body)),
        call.body.codes,
      ),
  ),
  endpoint(
    {
      method: 'post',
      path: '/v1/codes/:code/release',
      access: 'shop',
      tag,
      summary: 'Give the code back',
      description:
        'The order was given up: what it held or used is good again, unless it has expired. Twice is once. For refunds tell of the order instead (`POST /v1/orders` with `refunded` or `cancelled`): then the rule’s `code.onRefund` decides.',
      body: codeRelease,
      example: { orderId: '1001' },
      answers: { 200: { description: 'The code as it stands now', schema: codeAnswer } },
      problems: ['code_not_found', 'already_redeemed', 'reserved', 'too_many_misses'],
    },
    async (call) =>
      answer(await guarded(call, () => releaseCode(call.deps, call.shop, call.params.code ?? '', call.body.orderId))),
  ),
];

const NOT_FOUND = { problem: 'code_not_found' } as const;

/** Looks a code up for a caller who has not guessed too much of late: one key from one network. */
async function guarded<T extends object>(
  { deps, shop, network }: { deps: Deps; shop: ShopRow; network: Network },
  find: () => Promise<T>,
): Promise<T> {
  const caller = `${shop.id} ${network.range ?? ''}`;
  if (!deps.misses.admits(caller)) throw new Problem('too_many_misses');
  const found = await find();
  if ('problem' in found && found.problem === 'code_not_found') deps.misses.missed(caller);
  return found;
}

function answer(result: CodeResult, codes: readonly string[] = []): Answer {
  if (!('problem' in result)) return { status: 200, body: describeCode(result.view) };
  const { problem, minimum } = result;
  const error = errorOf(problem, minimum);
  throw new Problem(problem, {
    ...(problem === 'below_minimum' ? { detail: `The order must come to at least ${minimum}.` } : {}),
    ...(problem === 'not_combinable' ? { detail: `The order has ${codes.join(', ')}: take one away.` } : {}),
    ...(problem === 'code_bound'
      ? { detail: 'Send the buyer’s `email`: it must be the one the code was given to.' }
      : {}),
    ...(error ? { errors: [error] } : {}),
  });
}

function errorOf(problem: CodeProblem, minimum: number | undefined): FieldError | null {
  if (problem === 'below_minimum') return { path: 'total', message: `must be at least ${minimum}` };
  if (problem === 'currency_mismatch') return { path: 'currency', message: 'must be the shop’s' };
  return null;
}
