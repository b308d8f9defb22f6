/** The built widget on disk, packed as browsers take it: few proxies pack scripts unless they are told to. */

import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { WidgetFile } from '../http/widget-answer.ts';

const FOLDER = new URL('../../dist/widget/', import.meta.url);
const pack = promisify(brotliCompress);
const known = new Map<string, WidgetFile>();

/** Null for a name that there is not; names come from a route that lets no path through. */
export async function widgetFile(name: string): Promise<WidgetFile | null> {
  const bytes = await bytesOf(name);
  if (!bytes) return null;
  const before = known.get(name);
  if (before && Buffer.compare(before.bytes, bytes) === 0) return before;
  const file = { bytes, packed: new Uint8Array(await pack(bytes)), pack: packQuickly };
  known.set(name, file);
  return file;
}

async function packQuickly(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await pack(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }));
}

async function bytesOf(name: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await readFile(new URL(name, FOLDER)));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
