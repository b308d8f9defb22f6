/** The two checkout snippets behind one face: Node's as it is imported, PHP's in a process of its own for each call, as web servers run it. */

import { execFileSync, spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

export interface Reply {
  ok: boolean | null;
  discount?: number;
  reason?: string;
}

export interface Checkout {
  check(code: string, order?: object): Promise<Reply>;
  reserve(code: string, order: object): Promise<Reply>;
  redeem(code: string, order: object): Promise<Reply>;
  release(code: string, orderId: string): Promise<Reply>;
  retry(): Promise<number>;
}

export interface CheckoutOptions {
  url: string;
  key: string;
  /** A file that need not be there. */
  queue: string;
  timeoutMs: number;
  /** The part of an order that is given on trust; absent: none. */
  trust?: number;
  onRefused?: (order: object, reason: string) => void;
}

export type NewCheckout = (options: CheckoutOptions) => Checkout;

interface NodeSnippet {
  lingerCheckout(options: Record<string, unknown>): Omit<Checkout, 'release'> & {
    release(code: string, order: object): Promise<Reply>;
  };
  fileQueue(path: string): unknown;
}

const { lingerCheckout, fileQueue }: NodeSnippet = await import(
  new URL('../../snippets/checkout-node.js', import.meta.url).href
);

export const nodeCheckout: NewCheckout = ({ queue, trust, onRefused, ...options }) => {
  const linger = lingerCheckout({
    ...options,
    queue: fileQueue(queue),
    ...(trust === undefined ? {} : { whenSilent: (_code: string, order: { total: number }) => order.total * trust }),
    ...(onRefused ? { onRefused: (job: { order: object }, reason: string) => onRefused(job.order, reason) } : {}),
  });
  return { ...linger, release: (code, orderId) => linger.release(code, { orderId }) };
};

const RUNNER = fileURLToPath(new URL('./run-checkout.php', import.meta.url));

export const phpCheckout: NewCheckout = ({ onRefused, trust = null, ...options }) => {
  async function run<T>(verb: string, code = '', order: unknown = null): Promise<T> {
    const child = spawn('php', ['-d', 'display_errors=stderr', '-d', 'error_reporting=-1', RUNNER]);
    child.stdin.end(JSON.stringify({ ...options, trust, verb, code, order }));
    const [said, complaint] = await Promise.all([text(child.stdout), text(child.stderr)]);
    if (complaint !== '') throw new Error(complaint);
    const { answer, refused } = JSON.parse(said) as { answer: T; refused: [object, string][] };
    for (const [its, reason] of refused) onRefused?.(its, reason);
    return answer;
  }
  return {
    check: (code, order = {}) => run('check', code, order),
    reserve: (code, order) => run('reserve', code, order),
    redeem: (code, order) => run('redeem', code, order),
    release: (code, orderId) => run('release', code, orderId),
    retry: () => run('retry'),
  };
};

/** Whether PHP is here, with what the snippet takes. */
export function hasPhp(): boolean {
  try {
    return execFileSync('php', ['-r', 'echo extension_loaded("curl") ? "yes" : "no";'], { encoding: 'utf8' }) === 'yes';
  } catch {
    return false;
  }
}
