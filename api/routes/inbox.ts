/** The local inbox: letters that no provider carries, for whoever runs the instance. Open in the demo, behind the admin key elsewhere. */

import { latestLetters, letterById } from '../../db/inbox.ts';
import { trailOfMessage } from '../../db/messages.ts';
import type { Deps } from '../deps.ts';
import { endpoint } from '../http/endpoint.ts';
import { chainPage, inboxPage, letterPage } from '../pages/inbox.ts';
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

/** The inbox's own pages frame each other, and nobody else frames them. */
const framed = (policy: string): Record<string, string> => ({ ...PAGE_HEADERS, 'content-security-policy': policy });
const FRAMES = framed(
  PAGE_HEADERS['content-security-policy'].replace("frame-ancestors 'none'", "frame-src 'self'; frame-ancestors 'none'"),
);
const FRAMED = framed(
  PAGE_HEADERS['content-security-policy'].replace("frame-ancestors 'none'", "frame-ancestors 'self'"),
);
const LETTER = framed(
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src http: https: data:; frame-ancestors 'self'",
);

type Page = (deps: Deps, id: string | undefined, language: string | null) => Promise<string>;

const inboxRoute = (path: string, summary: string, headers: Record<string, string>, page: Page) =>
  endpoint({ method: 'get', path, access: 'open', tag, summary, answers }, async ({ deps, request, params }) => {
    const refusal = await refuseStrangers(deps, request);
    return refusal ?? new Response(await page(deps, params.id, request.headers.get('accept-language')), { headers });
  });

export const inboxRoutes = [
  inboxRoute('/inbox', 'Letters, the latest first', PAGE_HEADERS, async (deps, _id, language) =>
    inboxPage(await deps.db.engine((tx) => latestLetters(tx, 100)), {
      acceptLanguage: language,
      demo: deps.settings.demo,
    }),
  ),
  inboxRoute('/inbox/:id', 'One letter', FRAMES, async (deps, id, language) =>
    letterPage(await letterOf(deps, id), language),
  ),
  inboxRoute('/inbox/:id/letter', 'The letter itself', LETTER, async (deps, id) => (await letterOf(deps, id)).html),
  inboxRoute('/inbox/:id/chain', 'The chain that the letter belongs to', FRAMED, async (deps, id, language) => {
    const letter = await letterOf(deps, id);
    const trail = await deps.db.engine((tx) => trailOfMessage(tx, letter.id));
    if (!trail) throw new Problem('not_found');
    return chainPage(trail, language);
  }),
];
