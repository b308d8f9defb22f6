import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Instance, startInstance } from '../support/shop.ts';

describe('methods', () => {
  let instance: Instance;
  beforeAll(async () => {
    instance = await startInstance();
  });
  afterAll(() => instance.close());

  it.each([
    ['GET', '/v1/shops', 'POST'],
    ['PUT', '/v1/rules', 'GET, POST'],
    ['POST', '/v1/rules/11111111-1111-4111-8111-111111111111', 'GET, PATCH, DELETE'],
    ['DELETE', '/v1/visits', 'POST'],
    ['PUT', '/u/some-token', 'GET, POST'],
    ['DELETE', '/v1/rules/advice', 'GET'],
    ['GET', '/v1/contacts/import', 'POST'],
    ['GET', '/v1/codes/import', 'POST'],
    ['PATCH', '/v1/reviews/published', 'GET'],
  ])('%s %s is told what the address takes', async (method, path, allow) => {
    const answer = await instance.call(method, path);
    expect([answer.status, answer.body.code, answer.headers.get('allow')]).toEqual([405, 'method_not_allowed', allow]);
  });

  it('an address that there is not is a 404', async () => {
    const answer = await instance.call('GET', '/v1/nothing');
    expect([answer.status, answer.body.code]).toEqual([404, 'not_found']);
  });
});
