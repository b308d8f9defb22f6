// Linger at the checkout of a shop of your own, on Node 20 or newer. No packages: copy this file beside your server.
//
//   import { fileQueue, lingerCheckout } from './checkout-node.js';
//
//   const linger = lingerCheckout({ url: 'https://linger.example', key: process.env.LINGER_KEY, queue: fileQueue('./linger-queue') });
//   setInterval(() => linger.retry(), 60_000);
//
//   await linger.check(code, { total: 4200 });                      // the buyer types a code: what would it take off?
//   await linger.reserve(code, { orderId, total: 4200, email });    // the buyer presses "pay": nobody else can use it for 15 minutes
//   await linger.redeem(code, { orderId, total: 4200, email });     // the order is paid
//   await linger.release(code, { orderId });                        // or it was given up
//
// `total` is the order before the discount. Add `items`, its lines as `[{id, price, quantity, category, was}]`, where an offer is on some
// things alone: only they tell what it takes off. Add `codes`, the order's other codes and discounts by name, where there are any.
// Each call answers within `timeoutMs`, and never throws:
//
//   { ok: true, discount: 420 }              the code is good
//   { ok: false, reason: 'code_expired' }    it surely is not: tell the buyer, and let them order without it
//   { ok: null, discount: 0 }                Linger doesn't answer: go on with the order. `discount` is what your `whenSilent` says
//
// An order is never lost because Linger is down. A redemption or release that got no answer is written to the queue, and `retry`
// sends it again with the same Idempotency-Key until Linger has taken it, or has said that the code was not good after all.

import { randomUUID } from 'node:crypto';
import { appendFile, readFile, rename, unlink, writeFile } from 'node:fs/promises';

/** The answers that are about the code. Everything else (a wrong key, too many calls, an error of Linger's) says nothing of it. */
const REASONS = [
  'code_not_found', // There is no such code.
  'code_expired', // It was good until some time ago.
  'already_redeemed', // It has been used.
  'reserved', // Another order holds it, for 15 minutes at most.
  'order_has_code', // This order has used another code: one order takes one.
  'not_combinable', // It can't be used beside the other `codes` of the order.
  'below_minimum', // The order is too small for it.
  'currency_mismatch', // It is in another currency than the shop's.
  'code_bound', // It was given to another address.
];

const SILENT = { ok: null, discount: 0 };

/**
 * `whenSilent(code, order)` is your choice for the time that Linger doesn't answer: the discount that you give on trust.
 * The default gives none, so that the buyer pays the full price or waits. `onRefused(job, reason)` hears of a discount given
 * on trust for a code that turned out not to be good.
 */
export function lingerCheckout({ url, key, queue, timeoutMs = 1_500, whenSilent = () => 0, onRefused = () => {} }) {
  const base = url.replace(/\/+$/, '');

  /** The answer as `{ok, …}`; null when there is none that says anything of the code. */
  async function ask(verb, code, body, idempotencyKey) {
    try {
      const response = await fetch(`${base}/v1/codes/${encodeURIComponent(code)}/${verb}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${key}`,
          'content-type': 'application/json',
          ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}),
        },
        body: JSON.stringify(body),
        // Covers connecting, waiting and reading.
        signal: AbortSignal.timeout(timeoutMs),
      });
      const answer = await response.json();
      if (response.status === 200)
        return { ok: true, discount: answer.discount ?? 0, reservedUntil: answer.reservedUntil };
      return REASONS.includes(answer.code) ? { ok: false, reason: answer.code } : null;
    } catch {
      return null;
    }
  }

  /** What can't be a code isn't asked about: `..` would even climb to another path. */
  const looksLikeCode = (code) => typeof code === 'string' && /^[\p{L}\p{Nd}][^\s/\\?#]{0,99}$/u.test(code.trim());

  async function act(verb, code, order, keep) {
    if (!looksLikeCode(code)) return { ok: false, reason: 'code_not_found' };
    const job = { id: randomUUID(), verb, code: code.trim(), order };
    const answer = await ask(verb, job.code, order, keep ? job.id : undefined);
    if (answer) return answer;
    if (keep) {
      try {
        await queue.add(job);
      } catch {
        // A full disk must not cost the order, either.
      }
    }
    return verb === 'release' ? SILENT : { ok: null, discount: whenSilent(job.code, order) };
  }

  return {
    check: (code, order = {}) => act('check', code, order, false),
    reserve: (code, order) => act('reserve', code, order, false),
    redeem: (code, order) => act('redeem', code, order, true),
    release: (code, { orderId }) => act('release', code, { orderId }, true),

    /** Sends what got no answer again, in its order; how many are left. One at a time: a second call while one runs does nothing. */
    async retry() {
      return queue.drain(async (job) => {
        const answer = await ask(job.verb, job.code, job.order, job.id);
        if (answer?.ok === false && job.verb === 'redeem') await onRefused(job, answer.reason);
        return answer !== null;
      });
    },
  };
}

/** Keeps jobs in a file, a line each, so that they outlive your server. One file for one process; a database table does as well. */
export function fileQueue(path) {
  const taken = `${path}.taken`;
  let draining = false;
  let last = Promise.resolve();
  /** Writing and moving the file wait for each other, so that no line goes where nobody reads it. */
  const inTurn = (work) => {
    last = last.then(work, work);
    return last;
  };
  const read = async (file) => {
    const text = await readFile(file, 'utf8').catch((error) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    // What a crash cut in the middle is no job.
    return text.split('\n').flatMap((line) => {
      try {
        return [JSON.parse(line)];
      } catch {
        return [];
      }
    });
  };
  const keep = async (jobs) => {
    if (jobs.length === 0) return unlink(taken).catch(() => {});
    await writeFile(`${taken}.new`, jobs.map((job) => `${JSON.stringify(job)}\n`).join(''));
    return rename(`${taken}.new`, taken);
  };

  return {
    // Begun on a line of its own: a line that a crash cut must not spoil the next.
    add: (job) => inTurn(() => appendFile(path, `\n${JSON.stringify(job)}\n`)),

    /** Takes each job off that `done` says is done; the first that isn't ends the round, so that a server that is down is asked once. */
    async drain(done) {
      if (draining) return (await read(taken)).length + (await read(path)).length;
      draining = true;
      try {
        // What an earlier round left over is older, and comes first.
        let jobs = await read(taken);
        if (jobs.length === 0 && (await read(path)).length > 0) {
          await inTurn(() => rename(path, taken));
          jobs = await read(taken);
        }
        while (jobs.length > 0 && (await done(jobs[0]))) jobs.shift();
        await keep(jobs);
        return jobs.length + (await read(path)).length;
      } finally {
        draining = false;
      }
    },
  };
}
