/** Tells a shop's server what went wrong in Russian, where it asks for that. Pages are told the same whatever they read: nobody sees it there, and answers stay alike to the byte. */

import type { MiddlewareHandler } from 'hono';
import type { ProblemBody } from '../../core/visits/wire.ts';
import { languageOf } from '../network.ts';
import { problemInRussian } from '../words/in-russian.ts';

export const readsRussian = (headers: Headers): boolean => languageOf(headers.get('accept-language')) === 'ru';

export const inReadersLanguage: MiddlewareHandler = async (context, next) => {
  await next();
  const { headers } = context.req.raw;
  if (!headers.has('authorization') || !readsRussian(headers)) return;
  const { res } = context;
  if (res.headers.get('content-type') !== 'application/problem+json') return;
  const body = problemInRussian((await res.json()) as ProblemBody);
  const own = new Headers(res.headers);
  own.set('content-language', 'ru');
  context.res = new Response(JSON.stringify(body), { status: res.status, headers: own });
};
