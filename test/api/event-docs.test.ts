import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TOLD_ENTRIES } from '../../core/flows/told-event.ts';
import { jsonBlocks, readDoc } from '../support/docs.ts';
import { type Instance, type ShopHandle, startInstance } from '../support/shop.ts';

describe.each(['events.md', 'events.ru.md'])('what docs/%s shows', (name) => {
  let instance: Instance;
  let shop: ShopHandle;
  beforeAll(async () => {
    instance = await startInstance();
    shop = await instance.openShop();
  });
  afterAll(() => instance.close());

  const text = readDoc(name);

  it('is events that are taken', async () => {
    expect(jsonBlocks(text)).toHaveLength(5);
    for (const body of jsonBlocks(text)) {
      const answer = await shop.call('POST', '/v1/events', body);
      expect([answer.status, answer.body.errors]).toEqual([200, undefined]);
      for (const { status } of answer.body.data) expect(status).toBe('accepted');
    }
  });

  it('is flows that work', async () => {
    expect(jsonBlocks(text, 'json flow')).toHaveLength(2);
    for (const flow of jsonBlocks(text, 'json flow')) {
      const answer = await shop.call('POST', '/v1/flows', flow);
      expect([answer.status, answer.body.errors]).toEqual([201, undefined]);
    }
  });

  it('names every name that means something', () => {
    for (const entry of TOLD_ENTRIES) expect(text).toContain(`\`${entry}\``);
  });
});
