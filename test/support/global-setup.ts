/** Answers the test files' requests for databases during one run. Starts nothing before the first one asks. */

import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import type { TestProject } from 'vitest/node';
import { testCluster } from './test-cluster.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where `testDatabase` asks: POST makes a database and answers its url, DELETE drops the one in the body. */
    testDatabases: string;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = testCluster(process.env.TEST_DATABASE_URL || undefined);
  const server = createServer(async (request, response) => {
    try {
      const url = await text(request);
      response.end(request.method === 'DELETE' ? await cluster.drop(url) : await cluster.create());
    } catch (error) {
      response.writeHead(500).end(error instanceof Error ? error.stack : String(error));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  project.provide('testDatabases', `http://127.0.0.1:${address.port}`);

  return async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await cluster.stop();
  };
}
