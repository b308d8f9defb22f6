/** How calls of pages are answered that are the same for everyone. */

import { Problem, problemResponse } from '../problem.ts';
import { sha256Hex } from '../signing.ts';
import { isKnown } from './etag.ts';

/** Kept for a minute by whoever asks; afterwards only asked whether it is still so. */
export async function cachedJson(request: Request, answer: unknown): Promise<Response> {
  const body = JSON.stringify(answer);
  const etag = `"${(await sha256Hex(body)).slice(0, 32)}"`;
  const headers = { 'content-type': 'application/json', 'cache-control': 'public, max-age=60', etag };
  const fresh = isKnown(request.headers.get('if-none-match'), etag);
  return new Response(fresh ? null : body, { status: fresh ? 304 : 200, headers });
}

/** The page shows nothing and asks again with its next view; a shared cache must not answer it to others. */
export const tooManyCalls = (): Response => problemResponse(new Problem('too_many_calls'));
