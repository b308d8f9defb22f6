/** An endpoint's answer as the response that leaves. */

import type { Answer } from './endpoint.ts';

export function toResponse(answer: Answer | Response): Response {
  if (answer instanceof Response) return answer;
  const headers = { 'cache-control': 'no-store', ...answer.headers };
  if (answer.body === undefined) return new Response(null, { status: answer.status, headers });
  return new Response(JSON.stringify(answer.body), {
    status: answer.status,
    headers: { 'content-type': 'application/json', ...headers },
  });
}
