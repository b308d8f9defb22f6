/** Errors as RFC 9457 problems: one class, one place that turns it into a response. */

import type { ProblemBody } from '../core/visits/wire.ts';

/** Each code with its status and title. */
export const PROBLEMS = {
  invalid_json: [400, 'The body is not valid JSON'],
  unauthorized: [401, 'A valid key is needed: Authorization: Bearer …'],
  read_only_key: [403, 'This key may look at everything and change nothing'],
  code_bound: [403, 'The code belongs to another address'],
  not_found: [404, 'There is nothing here'],
  code_not_found: [404, 'No such code'],
  method_not_allowed: [405, 'This address takes another method'],
  exists: [409, 'It exists already'],
  in_progress: [409, 'The first call with this Idempotency-Key is still running'],
  in_use: [409, 'Something else still needs it'],
  free_mail_sender: [409, 'Letters can not leave in the name of a free mailbox'],
  version_mismatch: [409, 'It was changed meanwhile'],
  not_eligible: [409, 'This visit is not eligible for the offer'],
  refused: [409, 'The visitor refused an offer a short time ago'],
  purchased: [409, 'The visitor has bought in this visit'],
  holdout: [409, 'The visitor is in the holdout group'],
  capped: [409, 'No more of these offers are given for now'],
  reserved: [409, 'Another order holds the code'],
  already_redeemed: [409, 'The code has been used'],
  order_has_code: [409, 'Another code was used with this order'],
  not_combinable: [409, 'The code can’t be used beside other codes or discounts'],
  code_expired: [410, 'The code has expired'],
  too_large: [413, 'The body is too large'],
  invalid: [422, 'The request is not valid'],
  below_minimum: [422, 'The order is below the minimum for this code'],
  currency_mismatch: [422, 'The currency is not the shop’s'],
  idempotency_mismatch: [422, 'This Idempotency-Key was used with another body'],
  too_many_calls: [429, 'Too many calls from this network: try again in a few seconds'],
  too_many_misses: [429, 'Too many unknown codes were asked for: try again in a minute'],
  internal: [500, 'Something went wrong on our side'],
  unavailable: [503, 'Not ready'],
} as const satisfies Record<string, readonly [status: number, title: string]>;

export type ProblemCode = keyof typeof PROBLEMS;

export interface FieldError {
  /** Dotted path into the body (`events.3.item.price`), "" for the body itself. */
  path: string;
  message: string;
}

export class Problem extends Error {
  readonly code: ProblemCode;
  readonly errors: readonly FieldError[];
  readonly detail: string | undefined;

  constructor(code: ProblemCode, { errors = [], detail }: { errors?: readonly FieldError[]; detail?: string } = {}) {
    super(code);
    this.name = 'Problem';
    this.code = code;
    this.errors = errors;
    this.detail = detail;
  }

  body(): ProblemBody {
    const [status, title] = PROBLEMS[this.code];
    return {
      type: `urn:linger:problem:${this.code}`,
      title,
      status,
      code: this.code,
      ...(this.detail ? { detail: this.detail } : {}),
      ...(this.errors.length > 0 ? { errors: [...this.errors] } : {}),
    };
  }
}

/** What goes with a problem so that the caller knows what to do about it: how one may sign in (RFC 9110 §15.5.2), after how many seconds to call again. */
const ADVICE: Partial<Record<ProblemCode, Record<string, string>>> = {
  unauthorized: { 'www-authenticate': 'Bearer realm="Linger"' },
  too_many_calls: { 'retry-after': '5' },
  too_many_misses: { 'retry-after': '60' },
};

export function problemResponse(problem: Problem): Response {
  const body = problem.body();
  return new Response(JSON.stringify(body), {
    status: body.status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...ADVICE[problem.code] },
  });
}
