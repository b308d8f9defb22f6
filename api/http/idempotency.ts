/** Runs a call once per Idempotency-Key: a repeat gets the first answer, another body gets told. */

import { type IdempotencyKey, keepAnswer, releaseKey, takeKey } from '../../db/idempotency.ts';
import type { Deps } from '../deps.ts';
import { Problem, problemResponse } from '../problem.ts';
import { sha256Hex } from '../signing.ts';

export interface KeyedCall {
  shopId: string;
  key: string;
  request: Request;
  text: string;
}

/** An index takes 2,700 bytes of a key at most; a path may be any length. */
const indexable = async (path: string): Promise<string> => (path.length <= 500 ? path : sha256Hex(path));

function replay(status: number, body: string | null): Response {
  const headers = { 'cache-control': 'no-store', 'idempotency-replayed': 'true' };
  // A 204 takes no body, not even an empty one.
  if (!body) return new Response(null, { status, headers });
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  return new Response(body, { status, headers: { ...headers, 'content-type': type } });
}

export async function onceByKey(
  deps: Deps,
  { shopId, key, request, text }: KeyedCall,
  run: () => Promise<Response>,
): Promise<Response> {
  if (key.length > 255 || !/^[\x21-\x7e]+$/.test(key)) {
    throw new Problem('invalid', {
      errors: [{ path: 'Idempotency-Key', message: 'must be 1 to 255 visible ASCII characters' }],
    });
  }
  const { pathname, search } = new URL(request.url);
  const id: IdempotencyKey = { shopId, key, method: request.method, path: await indexable(pathname) };
  // What the query asks for is part of the call (a table is uploaded to `?pool=`): with another one it is another call.
  const bodyHash = await sha256Hex(search === '' ? text : `${search}\n${text}`);
  const earlier = await deps.db.shop(shopId, (tx) => takeKey(tx, id, bodyHash));
  if (earlier) {
    if (earlier.bodyHash !== bodyHash) throw new Problem('idempotency_mismatch');
    if (earlier.status === null) throw new Problem('in_progress');
    return replay(earlier.status, earlier.response);
  }
  try {
    const response = await run().catch((error: unknown) => {
      if (error instanceof Problem) return problemResponse(error);
      throw error;
    });
    const body = await response.clone().text();
    if (response.status >= 500) {
      await deps.db.shop(shopId, (tx) => releaseKey(tx, id));
      return response;
    }
    await deps.db.shop(shopId, (tx) => keepAnswer(tx, id, response.status, body));
    return response;
  } catch (error) {
    // The call failed on our side: the caller may try again with the same key.
    await deps.db.shop(shopId, (tx) => releaseKey(tx, id));
    throw error;
  }
}
