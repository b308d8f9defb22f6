import { describe, expect, it } from 'vitest';
import { type FairTurnsOptions, fairTurns, NO_TURNS } from '../../api/turns.ts';

/** Works that end when the test says so, and in which order they began and ended. */
function desk(options: Partial<FairTurnsOptions> = {}) {
  let time = 0;
  const pauses: { until: number; end: () => void }[] = [];
  const turns = fairTurns({
    now: () => time,
    pause: (ms) => new Promise((end) => pauses.push({ until: time + ms, end })),
    ...options,
  });
  const ends = new Map<string, () => void>();
  const begun: string[] = [];
  const results = new Map<string, string | null>();
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return {
    turns,
    begun,
    results,
    settled,
    call(name: string, shop: string, network: string | null) {
      const work = () =>
        new Promise<string>((resolve) => {
          begun.push(name);
          ends.set(name, () => resolve(name));
        });
      void turns.take({ shop, network }, work).then((result) => results.set(name, result));
    },
    async end(name: string) {
      ends.get(name)?.();
      await settled();
    },
    async later(ms: number) {
      time += ms;
      for (const { until, end } of pauses) if (until <= time) end();
      await settled();
    },
  };
}

describe('turns of pages', () => {
  it('let one network hold no more places than its own, over all shops, and others begin at once', async () => {
    const { call, begun, end, turns } = desk({ places: 4, perNetwork: 2 });
    for (const name of ['a1', 'a2', 'a3']) call(name, 'a', 'flood');
    call('b1', 'b', 'flood');
    call('c1', 'c', 'other');
    expect([begun, turns.waiting()]).toEqual([['a1', 'a2', 'c1'], 2]);
    await end('a1');
    expect(begun.slice(3)).toEqual(['a3']);
    await end('a2');
    expect([begun.slice(4), turns.waiting()]).toEqual([['b1'], 0]);
  });

  it('give a place that becomes free to the shop with the fewest calls at work, and there to who has waited longest', async () => {
    const { call, begun, end } = desk({ places: 3, perNetwork: 2 });
    for (const network of ['1', '2', '3', '4', '5']) call(`a${network}`, 'a', network);
    call('a4 again', 'a', '4');
    call('b1', 'b', '9');
    expect(begun).toEqual(['a1', 'a2', 'a3']);
    await end('a1');
    expect(begun.slice(3)).toEqual(['b1']);
    for (const name of ['a2', 'a3', 'b1']) await end(name);
    expect(begun.slice(4)).toEqual(['a4', 'a5', 'a4 again']);
  });

  it('drop what comes from a network of which too many wait, and do none of it', async () => {
    const { call, begun, results, settled } = desk({ perNetwork: 1, mostWaiting: 2 });
    for (const name of ['1', '2', '3', '4']) call(name, 'a', 'flood');
    call('other', 'a', 'other');
    await settled();
    expect([begun, [...results]]).toEqual([['1', 'other'], [['4', null]]]);
  });

  it('where too many wait in all, take the last from the network with the most', async () => {
    const { call, results, settled, turns } = desk({ places: 1, perNetwork: 1, mostWaitingInAll: 4 });
    for (const name of ['1', '2', '3', '4']) call(name, 'a', 'flood');
    for (const name of ['x', 'y']) call(name, 'a', name);
    await settled();
    expect([turns.waiting(), [...results]]).toEqual([4, [['4', null]]]);
  });

  it('pass on the place of a work that fails, and tell of the failure', async () => {
    const { turns } = desk({ perNetwork: 1 });
    const caller = { shop: 'a', network: 'n' };
    const failing = turns.take(caller, async () => {
      throw new Error('no');
    });
    const next = turns.take(caller, async () => 'done');
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('done');
  });

  it('tell calls from nobody knows where apart by shop alone', () => {
    const { call, begun } = desk({ places: 3, perNetwork: 1 });
    for (const name of ['1', '2', '3', '4']) call(name, 'a', null);
    expect(begun).toEqual(['1', '2', '3']);
  });

  it('let a network that sends most of all calls have one at work at a time, and none for twice as long as each took', async () => {
    const { call, begun, end, later } = desk({ perNetwork: 2 });
    call('other', 'b', 'other');
    for (let number = 1; number <= 110; number += 1) call(`${number}`, 'a', 'flood');
    expect(begun).toEqual(['other', '1', '2']);
    await later(10);
    await end('1');
    expect(begun.slice(3)).toEqual([]);
    await end('2');
    await later(19);
    expect(begun.slice(3)).toEqual([]);
    call('beside', 'a', 'beside');
    await later(1);
    expect(begun.slice(3)).toEqual(['beside', '3']);
  });

  it('do so only while it does, and never where nobody else calls', async () => {
    const alone = desk({ perNetwork: 2 });
    for (let number = 1; number <= 200; number += 1) alone.call(`${number}`, 'a', 'the proxy');
    await alone.later(10);
    await alone.end('1');
    expect(alone.begun).toEqual(['1', '2', '3']);

    const past = desk({ perNetwork: 2 });
    past.call('other', 'b', 'other');
    for (let number = 1; number <= 110; number += 1) past.call(`${number}`, 'a', 'flood');
    await past.later(10_000);
    await past.end('1');
    expect(past.begun).toEqual(['other', '1', '2', '3']);
  });

  it('are taken by nobody where nothing outlives a call', async () => {
    expect(await NO_TURNS.take({ shop: 'a', network: 'n' }, async () => 1)).toBe(1);
  });
});
