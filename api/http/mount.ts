/** Mounts endpoints on a Hono app. The order of checks is fixed: for pages size, syntax, schema; for servers the key comes first. */

import type { Context, Hono } from 'hono';
import type { ZodType } from 'zod';
import { type ShopRow, shopByKeyHash } from '../../db/shops.ts';
import type { Deps } from '../deps.ts';
import { isLoopback } from '../ip-address.ts';
import { readNetwork } from '../network.ts';
import { type FieldError, Problem, problemResponse } from '../problem.ts';
import { knownFields, unknownField } from '../schemas/known-fields.ts';
import { parsed } from '../schemas/parsed.ts';
import { sameText, sha256Hex } from '../signing.ts';
import { type BodyLimits, PAGE_LIMITS, type ReadBody, readBody, readTable, SERVER_LIMITS } from './body.ts';
import { uncleanParts } from './clean.ts';
import { type Call, changes, type Endpoint, takesKey } from './endpoint.ts';
import { onceByKey } from './idempotency.ts';
import { pageCors } from './page-cors.ts';
import { toResponse } from './to-response.ts';

export interface MountOptions {
  deps: Deps;
  /** The address at the other end of the connection, as the runtime knows it. */
  peer: (context: Context) => string | null;
}

export function mount(app: Hono, endpoints: readonly Endpoint[], options: MountOptions): void {
  const cors = (context: Context): Record<string, string> => pageCors(context.req.raw, options.deps.settings);
  for (const [path, those] of byPath(endpoints)) {
    for (const one of those) {
      const { spec } = one;
      app.on(spec.method.toUpperCase(), path, async (context) => {
        const response = await respond(one, context, options);
        return spec.access === 'page' ? withHeaders(response, cors(context)) : response;
      });
      if (spec.access === 'page')
        app.options(path, (context) => new Response(null, { status: 204, headers: cors(context) }));
    }
    app.all(path, () => {
      const response = problemResponse(new Problem('method_not_allowed'));
      // RFC 9110 §15.5.6 wants a 405 to say what the path takes.
      response.headers.set('allow', those.map(({ spec }) => spec.method.toUpperCase()).join(', '));
      return response;
    });
  }
}

/** Written-out paths first: `/v1/rules/advice` is no rule of that id. */
function byPath(endpoints: readonly Endpoint[]): [string, Endpoint[]][] {
  const paths = Map.groupBy(endpoints, ({ spec }) => spec.path);
  return [...paths].sort(([one], [other]) => Number(one.includes(':')) - Number(other.includes(':')));
}

async function respond({ spec, handle }: Endpoint, context: Context, { deps, peer }: MountOptions): Promise<Response> {
  const request = context.req.raw;
  const network = readNetwork(request.headers, { peer: peer(context), trustedProxies: deps.settings.trustedProxies });
  const { shop, writes } = await authorize(spec.access, { request, deps, network });
  if (!writes && changes(spec)) throw new Problem('read_only_key');
  const params = context.req.param() as Record<string, string>;
  refuseUnclean(params);
  const query = spec.query ? parsed(spec.query, knownOnly(spec, spec.query, readQuery(context))) : undefined;
  const limits = spec.access === 'page' ? PAGE_LIMITS : SERVER_LIMITS;
  const read = spec.body ? await readOwn(spec, request, limits) : { value: undefined, text: '' };
  const run = async (): Promise<Response> => {
    const body = spec.body ? parsed(spec.body, read.value) : undefined;
    return toResponse(await handle({ deps, request, network, params, query, body, text: read.text, shop, writes }));
  };
  // A file is read once, as it comes: nobody can say beforehand whether it is the same as before.
  const idempotent = shop && takesKey(spec) ? request.headers.get('idempotency-key') : null;
  return idempotent && shop
    ? onceByKey(deps, { shopId: shop.id, key: idempotent, request, text: read.text }, run)
    : run();
}

const readOwn = ({ csv }: Endpoint['spec'], request: Request, limits: BodyLimits): Promise<ReadBody> =>
  csv && /^text\/csv\b/i.test(request.headers.get('content-type') ?? '')
    ? readTable(request, csv)
    : readBody(request, limits);

interface Caller {
  /** For whom the key speaks; null where nobody asks for one. */
  shop: ShopRow | null;
  writes: boolean;
}

async function authorize(
  access: Endpoint['spec']['access'],
  { request, deps, network }: Pick<Call<unknown, unknown>, 'request' | 'deps' | 'network'>,
): Promise<Caller> {
  if (access === 'page' || access === 'open') return { shop: null, writes: true };
  const key = /^Bearer +([\w.~+/=-]{1,200})$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  if (!key) throw new Problem('unauthorized');
  if (access === 'operator') {
    if (!sameText(await sha256Hex(key), await sha256Hex(deps.settings.adminKey)))
      throw new Problem('unauthorized', { detail: 'This call takes the admin key of the instance, ADMIN_KEY.' });
    return { shop: null, writes: true };
  }
  const hash = await sha256Hex(key);
  // Whoever makes keys up is not to hold the database: those of one network are looked for by turns, in a line of their own.
  const line = { shop: '', network: network.range && !isLoopback(network.address) ? `keys ${network.range}` : null };
  const found = await deps.turns.take(line, async () => ({
    caller: await deps.db.engine((tx) => shopByKeyHash(tx, hash)),
  }));
  if (!found) throw new Problem('too_many_calls');
  if (!found.caller) throw new Problem('unauthorized', { detail: wantedKey(key) });
  return found.caller;
}

/** By its form alone: of what key it is nobody is told. */
function wantedKey(key: string): string {
  if (key.startsWith('sk_')) return 'No shop has this secret key: it is mistyped or revoked.';
  const wanted = 'This call takes a shop’s secret key, sk_…';
  return key.startsWith('pk_') ? `${wanted}; pk_… is the key for pages, and opens nothing.` : `${wanted}.`;
}

/** A path that no row can have names nothing. */
function refuseUnclean(params: Record<string, string>): void {
  if (uncleanParts(params, 2).length > 0) throw new Problem('not_found');
}

/** Each parameter once: what a second one means, everybody guesses differently. */
function readQuery(context: Context): Record<string, string> {
  const query = new Map<string, string>();
  const errors: FieldError[] = [];
  for (const part of new URL(context.req.url).search.slice(1).split('&').filter(Boolean)) {
    const [name = '', value = ''] = part.split(/=(.*)/s, 2).map(decoded);
    if (name === null || value === null) errors.push({ path: name ?? '', message: 'must be percent-encoded UTF-8' });
    else if (query.has(name)) errors.push({ path: name, message: 'must be given once' });
    else query.set(name, value);
  }
  const found = Object.fromEntries(query);
  errors.push(...uncleanParts(found, 2));
  if (errors.length > 0) throw new Problem('invalid', { errors });
  return found;
}

/** A mistyped filter would answer everything. What mailboxes and networks add to links of ours is their own. */
function knownOnly(
  { access }: Endpoint['spec'],
  schema: ZodType,
  query: Record<string, string>,
): Record<string, string> {
  if (access !== 'shop' && access !== 'operator') return query;
  const known = knownFields(schema, []);
  const errors = Object.keys(query)
    .filter((name) => !known.includes(name))
    .map((name) => ({ path: name, message: unknownField(name, known, 'parameter') }));
  if (errors.length > 0) throw new Problem('invalid', { errors });
  return query;
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '));
  } catch {
    return null;
  }
}

function withHeaders(response: Response, headers: Record<string, string>): Response {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}
