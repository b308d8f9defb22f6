/** The local inbox: letters that no provider carries, for whoever runs the instance. Open in the demo, behind the admin key elsewhere. */

import { latestLetters, letterById } from '../../db/inbox.ts';
import { trailOfMessage } from '../../db/messages.ts';
import type { Deps } from '../deps.ts';
import { endpoint } from '../http/endpoint.ts';
import { inboxPage, letterPage } from '../pages/inbox.ts';
import { PAGE_HEADERS } from '../pages/layout.ts';
import { Problem } from '../problem.ts';
import { isUuid } from '../schemas/common.ts';
import { sameText, sha256Hex } from '../signing.ts';

const tag = 'Inbox';
const answers = { 200: { description: 'A page', mediaType: 'text/html' } };

/** Letters hold addresses and codes. A browser asks for the key by HTTP Basic: any name, the admin key as the password. */
async function refuseStrangers(deps: Deps, request: Request): Promise<Response | null> {
  if (deps.settings.demo) return null;
  const encoded = /^Basic ([\w+/=]+)$/.exec(request.headers.get('authorization') ?? '')?.[1];
  const password = encoded ? decode(encoded).replace(/^[^:]*:/, '') : '';
  if (sameText(await sha256Hex(password), await sha256Hex(deps.settings.adminKey))) return null;
  return new Response('The inbox needs the admin key as password.', {
    status: 401,
    headers: { 'www-authenticate': 'Basic realm="Linger inbox", charset="UTF-8"' },
  });
}

function decode(base64: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
  } catch {
    return '';
  }
}

async function letterOf(deps: Deps, id: string | undefined) {
  const letter = id && isUuid(id) ? await deps.db.engine((tx) => letterById(tx, id)) : null;
  if (!letter) throw new Problem('not_found');
  return letter;
}

export const inboxRoutes = [
  endpoint(
    { method: 'get', path: '/inbox', access: 'open', tag, summary: 'Letters, the latest first', answers },
    async ({ deps, request }) => {
      const refusal = await refuseStrangers(deps, request);
      if (refusal) return refusal;
      const letters = await deps.db.engine((tx) => latestLetters(tx, 100));
      return new Response(await inboxPage(letters, request.headers.get('accept-language')), { headers: PAGE_HEADERS });
    },
  ),
  endpoint(
    { method: 'get', path: '/inbox/:id', access: 'open', tag, summary: 'One letter and its chain', answers },
    async ({ deps, request, params }) => {
      const refusal = await refuseStrangers(deps, request);
      if (refusal) return refusal;
      const letter = await letterOf(deps, params.id);
      const trail = await deps.db.engine((tx) => trailOfMessage(tx, letter.id));
      const headers = {
        ...PAGE_HEADERS,
        'content-security-policy': PAGE_HEADERS['content-security-policy'].replace(
          "frame-ancestors 'none'",
          "frame-src 'self'; frame-ancestors 'none'",
        ),
      };
      return new Response(await letterPage(letter, trail, request.headers.get('accept-language')), { headers });
    },
  ),
  endpoint(
    { method: 'get', path: '/inbox/:id/letter', access: 'open', tag, summary: 'The letter itself', answers },
    async ({ deps, request, params }) => {
      const refusal = await refuseStrangers(deps, request);
      if (refusal) return refusal;
      const letter = await letterOf(deps, params.id);
      const headers = {
        ...PAGE_HEADERS,
        'content-security-policy':
          "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src http: https: data:; frame-ancestors 'self'",
      };
      return new Response(letter.html, { headers });
    },
  ),
];
