/** The environment with what is too long for a variable read from the file that a variable names. */

import { readFileSync } from 'node:fs';
import type { Environment } from '../settings.ts';

/** A file that can't be read stays named: the settings complain of it. */
export function withFiles({ DISPOSABLE_DOMAINS_FILE: path, ...env }: Environment): Environment {
  if (!path?.trim()) return env;
  try {
    return { ...env, DISPOSABLE_DOMAINS: `${env.DISPOSABLE_DOMAINS ?? ''}\n${readFileSync(path.trim(), 'utf8')}` };
  } catch {
    return { ...env, DISPOSABLE_DOMAINS_FILE: path };
  }
}
