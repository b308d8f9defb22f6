/** An endpoint as data: who may call it, what it takes, what it answers. The app is mounted from it, and OpenAPI is written from it. */

import type { infer as Infer, ZodType } from 'zod';
import type { ShopRow } from '../../db/shops.ts';
import type { Deps } from '../deps.ts';
import type { Network } from '../network.ts';
import type { ProblemCode } from '../problem.ts';

/** `operator`: the instance's admin key; `shop`: a shop's secret key; `page`: the site key in the body; `open`: anybody. */
export type Access = 'operator' | 'shop' | 'page' | 'open';

export interface Answer {
  status: number;
  /** JSON, unless it is a Response already. */
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Call<B, Q> {
  deps: Deps;
  request: Request;
  network: Network;
  params: Record<string, string>;
  body: B;
  /** The body as it came. */
  text: string;
  query: Q;
}

export interface Described {
  description: string;
  schema?: ZodType;
  /** For answers that are no JSON. */
  mediaType?: string;
}

export interface EndpointSpec<A extends Access, B extends ZodType | undefined, Q extends ZodType | undefined> {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** With `:name` parameters. */
  path: string;
  access: A;
  tag: string;
  summary: string;
  description?: string;
  body?: B;
  /** Takes the same as a table, too: turns text/csv into the value that `body` checks. */
  csv?: (text: string) => unknown;
  /** Takes a file, which its handler reads from the request as it comes: of these media types, or of any that it knows by its bytes. */
  file?: readonly string[];
  /** Changes nothing, though it is no GET: a key that only reads may call it. */
  reads?: true;
  /** Its answer holds what is kept nowhere: it takes no Idempotency-Key. */
  unkept?: true;
  query?: Q;
  /** Headers that it takes beyond those of every call, with what they mean: for the reader. */
  headers?: Record<string, string>;
  /** A body that works, shown in the reader and run by the tests. */
  example?: unknown;
  answers: Record<number, Described>;
  problems?: ProblemCode[];
  /** What a page is told that is beyond its limits: nothing that tells it so. It may be told before its body is read. */
  dropped?: () => Response;
}

type Of<S extends ZodType | undefined> = S extends ZodType ? Infer<S> : undefined;
/** `writes`: whether the key may change anything. */
type ShopCall<A extends Access> = A extends 'shop' ? { shop: ShopRow; writes: boolean } : unknown;

/** The endpoint with its types forgotten: what the app mounts. */
export interface Endpoint {
  spec: EndpointSpec<Access, ZodType | undefined, ZodType | undefined>;
  handle: (call: Call<unknown, unknown> & { shop: ShopRow | null; writes: boolean }) => Promise<Answer | Response>;
}

export function endpoint<
  A extends Access,
  B extends ZodType | undefined = undefined,
  Q extends ZodType | undefined = undefined,
>(
  spec: EndpointSpec<A, B, Q>,
  handle: (call: Call<Of<B>, Of<Q>> & ShopCall<A>) => Promise<Answer | Response>,
): Endpoint {
  // The app parses body and query with the very schemas of `spec` and looks the shop up before it calls: the cast states that once.
  return { spec, handle } as unknown as Endpoint;
}

/** Calls that a key which only reads is refused. */
export const changes = ({ access, method, reads }: Endpoint['spec']): boolean =>
  access === 'shop' && method !== 'get' && !reads;

/** Changes by a shop's server may carry an Idempotency-Key. */
export const takesKey = ({ access, method, file, unkept }: Endpoint['spec']): boolean =>
  access === 'shop' && method !== 'get' && !file && !unkept;
