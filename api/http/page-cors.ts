/** Which pages may read the answers to page calls (Fetch standard, CORS protocol). They hold nothing that the page doesn't know. */

import type { Settings } from '../settings.ts';
import { isFirstParty } from '../visitor-cookie.ts';

const OPEN = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers': 'content-type',
  'access-control-max-age': '86400',
};

/** Anybody's page, without credentials; a page of our own site also with them: a browser takes no `*` for those. */
export function pageCors(request: Request, settings: Settings): Record<string, string> {
  const origin = request.headers.get('origin');
  const mayTell = request.method !== 'GET' && origin !== null && origin !== 'null';
  if (!mayTell || !(isFirstParty(request, settings) || isSameSite(request))) return OPEN;
  return {
    ...OPEN,
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    vary: 'Origin',
  };
}

/** The browser's own word, which no page can forge: it holds where a proxy hides the host that was asked (Fetch Metadata). */
const isSameSite = ({ headers }: Request): boolean =>
  ['same-origin', 'same-site'].includes(headers.get('sec-fetch-site') ?? '');
