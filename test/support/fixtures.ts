/** Real pages and messages of other people's shops. They are not part of the product: a checkout without them skips what needs them. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = process.env.FIXTURES ?? fileURLToPath(new URL('../../../shared/fixtures', import.meta.url));

/** The file's path, or null where it is not there. */
export function fixture(...path: string[]): string | null {
  const file = join(FOLDER, ...path);
  return existsSync(file) ? file : null;
}
