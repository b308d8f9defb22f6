import { describe, expect, it } from 'vitest';
import { netScore } from '../../core/stats/net-score.ts';

describe('the net promoter score', () => {
  it('is the percentage of promoters less that of critics', () => {
    expect(netScore({ promoters: 6, passives: 1, critics: 3 })?.index).toBe(30);
    expect(netScore({ promoters: 0, passives: 0, critics: 4 })?.index).toBe(-100);
    expect(netScore({ promoters: 0, passives: 0, critics: 0 })).toBeNull();
  });

  it('has an interval as Bonett and Price reckon it', () => {
    // ũ = 51/102, d̃ = 21/102: 30/102 ± 1.96 √((72/102 − (30/102)²) / 102)
    const { low, high } = netScore({ promoters: 50, passives: 30, critics: 20 }) ?? { low: 0, high: 0 };
    expect(low).toBeCloseTo(14.14, 1);
    expect(high).toBeCloseTo(44.68, 1);
  });

  it('stays between −100 and 100', () => {
    expect(netScore({ promoters: 1, passives: 0, critics: 0 })).toMatchObject({ index: 100, high: 100 });
    expect(netScore({ promoters: 0, passives: 0, critics: 3 })).toMatchObject({ index: -100, low: -100 });
  });

  /** Of all samples that can be drawn, those whose interval holds the truth, by their chance: no draw is made. */
  const coverage = (answers: number, up: number, down: number): number => {
    const logs = [0];
    for (let number = 1; number <= answers; number += 1) logs.push((logs.at(-1) ?? 0) + Math.log(number));
    const log = (number: number): number => logs[number] ?? 0;
    let held = 0;
    for (let promoters = 0; promoters <= answers; promoters += 1) {
      for (let critics = 0; critics + promoters <= answers; critics += 1) {
        const passives = answers - promoters - critics;
        const found = netScore({ promoters, passives, critics });
        const truth = 100 * (up - down);
        if (!found || found.low > truth || found.high < truth) continue;
        const ways = log(answers) - log(promoters) - log(critics) - log(passives);
        held += Math.exp(
          ways + promoters * Math.log(up) + critics * Math.log(down) + passives * Math.log(1 - up - down),
        );
      }
    }
    return held;
  };

  it('holds the truth 95 times of 100, with few answers as with many', () => {
    const shares = [
      [0.5, 0.2],
      [0.8, 0.05],
      [0.2, 0.6],
      [0.34, 0.33],
      [0.6, 0.3],
    ] as const;
    const found = [5, 10, 20, 50, 100, 200].flatMap((answers) =>
      shares.map(([up, down]) => coverage(answers, up, down)),
    );
    expect(Math.min(...found)).toBeGreaterThan(0.93);
    expect(found.reduce((sum, one) => sum + one, 0) / found.length).toBeGreaterThan(0.945);
  });
});
