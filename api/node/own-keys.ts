/** Keys that a machine without a database of its own makes once and keeps beside the embedded one. */

import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OwnKeys } from '../settings.ts';

export function ownKeys(dir: string): OwnKeys {
  const file = join(dir, 'keys.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as OwnKeys;
  const keys: OwnKeys = {
    adminKey: `ak_${randomBytes(24).toString('hex')}`,
    signingKey: randomBytes(32).toString('hex'),
  };
  mkdirSync(dir, { recursive: true });
  writeFileSync(file, JSON.stringify(keys, null, 2), { mode: 0o600 });
  return keys;
}
