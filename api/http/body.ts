/** Reads a JSON body, counting its bytes as they come: neither Content-Length nor the framework's parser is trusted. */

import { Problem } from '../problem.ts';
import { uncleanParts } from './clean.ts';

export interface BodyLimits {
  bytes: number;
  depth: number;
}

/** Pages may send less, and simpler things, than a shop's server. */
export const PAGE_LIMITS: BodyLimits = { bytes: 64 * 1024, depth: 8 };
export const SERVER_LIMITS: BodyLimits = { bytes: 256 * 1024, depth: 16 };

export interface ReadBody {
  value: unknown;
  /** As it came: what hashes and signatures are made of. */
  text: string;
}

/** Throws `too_large`, `invalid_json`, or `invalid` naming the field. */
export async function readBody(request: Request, limits: BodyLimits): Promise<ReadBody> {
  const text = decode(await readBytes(request, limits.bytes));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const detail = text.trim() === '' ? 'The body is empty.' : undefined;
    throw new Problem('invalid_json', {
      errors: [{ path: '', message: 'must be JSON' }],
      ...(detail ? { detail } : {}),
    });
  }
  const errors = uncleanParts(value, limits.depth);
  if (errors.length > 0) throw new Problem('invalid', { errors });
  return { value, text };
}

async function readBytes(request: Request, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.byteLength;
    if (length > most) {
      await reader.cancel();
      throw new Problem('too_large', { errors: [{ path: '', message: `must be at most ${most} bytes` }] });
    }
    chunks.push(value);
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Problem('invalid_json', { errors: [{ path: '', message: 'must be UTF-8' }] });
  }
}
