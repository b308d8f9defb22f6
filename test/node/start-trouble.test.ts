import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrate } from '../../api/node/migrate.ts';
import { startTrouble } from '../../api/node/start-trouble.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const told = (start: Promise<unknown>): Promise<string> => start.then(() => 'it started', startTrouble);
const withUrl = (change: (url: URL) => void): string => {
  const url = new URL(database.url);
  change(url);
  return url.href;
};

it('a database that isn’t there is named, with the variable to look at', async () => {
  const nobody = withUrl((url) => {
    url.port = '1';
  });
  expect(await told(migrate(nobody))).toMatch(/^The database that DATABASE_URL names can’t be reached \(.*:1\)\.$/);
  const stranger = withUrl((url) => {
    url.password = 'wrong';
  });
  expect(await told(migrate(stranger))).toMatch(/^The database refuses the user or the password of DATABASE_URL/);
  const missing = withUrl((url) => {
    url.pathname = '/no_such_database';
  });
  expect(await told(migrate(missing))).toMatch(/no_such_database.*: create it, or name another in DATABASE_URL\.$/);
});

it('a port that is taken is named', async () => {
  const first = createServer().listen(0);
  await new Promise((resolve) => first.once('listening', resolve));
  const { port } = first.address() as { port: number };
  const trouble = await new Promise<string>((resolve) =>
    createServer()
      .once('error', (error) => resolve(startTrouble(error)))
      .listen(port),
  );
  first.close();
  expect(trouble).toBe(`Port ${port} is in use: stop what listens there, or set PORT to another.`);
});

it('whatever else it was speaks for itself', () => {
  expect([startTrouble(new Error('the disk is full')), startTrouble('no')]).toEqual(['the disk is full', 'no']);
});
