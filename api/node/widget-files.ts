/** The built widget on disk. */

import { readFile } from 'node:fs/promises';

const FOLDER = new URL('../../dist/widget/', import.meta.url);

/** Null for a name that there is not; names come from a route that lets no path through. */
export async function widgetFile(name: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await readFile(new URL(name, FOLDER)));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
