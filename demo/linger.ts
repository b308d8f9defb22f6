/** The shop's server talking to Linger over its public HTTP API. Whatever goes wrong comes back as a value: a checkout must not fall with us. */

/** Why a code is not good, in the words of the API's problem documents. */
export const REFUSALS = [
  'code_not_found',
  'code_expired',
  'already_redeemed',
  'reserved',
  'order_has_code',
  'below_minimum',
  'code_bound',
] as const;
export type Refusal = (typeof REFUSALS)[number];

const CODE_SHAPE = /^[\p{L}\p{N}_-]{1,64}$/u;

export type CodeAnswer =
  | { kind: 'good'; discount: number }
  | { kind: 'refused'; refusal: Refusal }
  /** No answer, no answer in time, or one the shop can't make sense of. */
  | { kind: 'silent' };

export interface OrderForCode {
  orderId: string;
  /** The order before any discount, in `currency`. */
  total: number;
  currency: string;
  email?: string;
}

export interface Linger {
  checkCode(code: string, order: OrderForCode): Promise<CodeAnswer>;
  redeemCode(code: string, order: OrderForCode): Promise<CodeAnswer>;
  /** True when Linger has taken the order. */
  reportOrder(order: { id: string; [field: string]: unknown }): Promise<boolean>;
}

export interface LingerOptions {
  call: (path: string, init: RequestInit) => Promise<Response>;
  secretKey: string;
  /** How long a buyer is kept waiting for each answer. */
  patienceMs: number;
}

export function lingerApi({ call, secretKey, patienceMs }: LingerOptions): Linger {
  async function post(path: string, body: unknown, key?: string): Promise<{ status: number; body: unknown } | null> {
    const signal = AbortSignal.timeout(patienceMs);
    // A `call` that never looks at its signal must not hold the buyer either.
    const outOfPatience = new Promise<null>((resolve) =>
      signal.addEventListener('abort', () => resolve(null), { once: true }),
    );
    const headers = {
      authorization: `Bearer ${secretKey}`,
      'content-type': 'application/json',
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    };
    async function answer() {
      const response = await call(path, { method: 'POST', headers, body: JSON.stringify(body), signal });
      return { status: response.status, body: (await response.json()) as unknown };
    }
    return Promise.race([answer().catch(() => null), outOfPatience]);
  }

  async function askAboutCode(verb: 'check' | 'redeem', code: string, order: OrderForCode): Promise<CodeAnswer> {
    // What can't be a code isn't asked about: `..` would even climb to another path.
    if (!CODE_SHAPE.test(code)) return { kind: 'refused', refusal: 'code_not_found' };
    // No idempotency key: redeeming twice for the same order id is the same redemption.
    const answer = await post(`/v1/codes/${encodeURIComponent(code)}/${verb}`, order);
    if (answer === null) return { kind: 'silent' };
    const discount = fieldOf(answer.body, 'discount');
    if (answer.status === 200 && typeof discount === 'number' && discount >= 0) return { kind: 'good', discount };
    const reason = fieldOf(answer.body, 'code');
    const refusal = REFUSALS.find((known) => known === reason);
    return answer.status >= 400 && answer.status < 500 && refusal ? { kind: 'refused', refusal } : { kind: 'silent' };
  }

  return {
    checkCode: (code, order) => askAboutCode('check', code, order),
    redeemCode: (code, order) => askAboutCode('redeem', code, order),
    async reportOrder(order) {
      const answer = await post('/v1/orders', order, `order-${order.id}`);
      return answer !== null && answer.status >= 200 && answer.status < 300;
    },
  };
}

function fieldOf(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;
}
