/** Reads the body of a call, and tells what is wrong with it. The framework's parser is not trusted. */

import { Problem } from '../problem.ts';
import { uncleanParts } from './clean.ts';
import { parseExact } from './exact-json.ts';
import { readCapped } from './read-capped.ts';

export interface BodyLimits {
  bytes: number;
  depth: number;
}

/** Pages may send less, and simpler things, than a shop's server. */
export const PAGE_LIMITS: BodyLimits = { bytes: 64 * 1024, depth: 8 };
export const SERVER_LIMITS: BodyLimits = { bytes: 256 * 1024, depth: 16 };

/** A table may be longer: it holds one short thing a line. */
const TABLE_BYTES = 2 * 1024 * 1024;

export interface ReadBody {
  value: unknown;
  /** As it came: what hashes and signatures are made of. */
  text: string;
}

/** Throws `too_large`, `invalid_json`, or `invalid` naming the field. */
export async function readBody(request: Request, limits: BodyLimits): Promise<ReadBody> {
  const text = decode(await readBytes(request, limits.bytes));
  const value = parseJson(text);
  const errors = uncleanParts(value, limits.depth);
  if (errors.length > 0) throw new Problem('invalid', { errors });
  return { value, text };
}

/** Reads text; bytes that are no UTF-8 become marks. Throws `too_large`. */
export async function readText(request: Request, bytes: number): Promise<string> {
  return new TextDecoder('utf-8').decode(await readBytes(request, bytes));
}

/** Reads JSON from whom nobody can ask to send it better: what is unclean in it, its reader has to leave out. */
export async function readJson(request: Request, bytes: number): Promise<unknown> {
  return parseJson(decode(await readBytes(request, bytes)));
}

/** Throws `invalid_json`. */
export const readExact = (text: string): unknown => parseJson(text, parseExact);

function parseJson(text: string, parse: (text: string) => unknown = JSON.parse): unknown {
  try {
    return parse(text);
  } catch (error) {
    const detail = text.trim() === '' ? 'The body is empty.' : undefined;
    // Of what the engine says nothing but the place is told: it quotes the body.
    const [, place] = /\((line \d+ column \d+)\)$/.exec(String(error)) ?? [];
    throw new Problem('invalid_json', {
      errors: [{ path: '', message: place ? `must be JSON: see ${place}` : 'must be JSON' }],
      ...(detail ? { detail } : {}),
    });
  }
}

/** Reads a table. Its bytes may be of any encoding: what isn't UTF-8 becomes a mark that no field takes. */
export async function readTable(request: Request, read: (text: string) => unknown): Promise<ReadBody> {
  const text = new TextDecoder('utf-8').decode(await readBytes(request, TABLE_BYTES));
  const value = read(text);
  const errors = uncleanParts(value, SERVER_LIMITS.depth);
  if (errors.length > 0) throw new Problem('invalid', { errors });
  return { value, text };
}

async function readBytes(request: Request, most: number): Promise<Uint8Array> {
  const bytes = await readCapped(request.body, most);
  if (!bytes) throw new Problem('too_large', { errors: [{ path: '', message: `must be at most ${most} bytes` }] });
  return bytes;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Problem('invalid_json', { errors: [{ path: '', message: 'must be UTF-8' }] });
  }
}
