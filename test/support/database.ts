/** A real database for one test file: fresh, with the present schema, nobody else's. */

import { inject } from 'vitest';

export interface TestDatabase {
  url: string;
  /** Drops it, open connections and all. What is not dropped goes with the run. */
  drop(): Promise<void>;
}

/** Takes about 0.2 s; the first call of a run starts and migrates PostgreSQL, a few seconds. */
export async function testDatabase(): Promise<TestDatabase> {
  const url = await ask('POST', '');
  return {
    url,
    async drop() {
      await ask('DELETE', url);
    },
  };
}

async function ask(method: 'POST' | 'DELETE', body: string): Promise<string> {
  const response = await fetch(inject('testDatabases'), { method, body });
  const answer = await response.text();
  if (!response.ok) throw new Error(`The test database: ${answer}`);
  return answer;
}
