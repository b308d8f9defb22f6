/** The time that a report is about may be told in days of the shop's, whatever its clocks do. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Instance, RULE, type ShopHandle, startInstance } from '../support/shop.ts';

let instance: Instance;
let shop: ShopHandle;
let rule: string;

beforeAll(async () => {
  instance = await startInstance({ clock: () => Date.UTC(2026, 10, 30, 12) });
  shop = await instance.openShop({ timezone: 'Europe/Berlin' });
  rule = await shop.addRule();
});
afterAll(() => instance.close());

/** Of days on which clocks in Berlin were put back (25 October) and forward (29 March). */
const PERIODS = [
  ['2026-10-25', '2026-10-25', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
  ['2026-03-29', '2026-03-29', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
  ['2026-11-01', '2026-11-30', '2026-10-31T23:00:00.000Z', '2026-11-30T23:00:00.000Z'],
  ['2026-11-01', '2026-11-02T09:30:00+01:00', '2026-10-31T23:00:00.000Z', '2026-11-02T08:30:00.000Z'],
] as const;

const REPORTS = [
  '/v1/reports/experiments?rule=RULE&',
  '/v1/reports/flows?',
  '/v1/reports/nps?',
  '/v1/reports/referrals?',
  '/v1/reports/exit-signals?',
  '/v1/reports/leaving-reasons?',
  '/v1/reports/funnel?',
  '/v1/rules/advice?',
];

describe.each(REPORTS)('%s', (path) => {
  const ask = (period: string) => shop.call('GET', `${path.replace('RULE', rule)}${period}`);

  it.each(PERIODS)('from %s to %s', async (from, to, begin, end) => {
    const { status, body } = await ask(`from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`);
    expect([status, body.from, body.to]).toEqual([200, begin, end]);
  });

  it.each([
    ['from=2026-02-30', [{ path: 'from', message: 'must be a day that there is' }]],
    ['from=1969-12-31', [{ path: 'from', message: 'must lie between the years 1970 and 2200' }]],
    [
      'from=yesterday',
      [{ path: 'from', message: 'must be a day such as 2026-11-22 or a time such as 2026-11-22T09:30:00Z' }],
    ],
    ['from=2026-11-03&to=2026-11-02', [{ path: 'to', message: 'must be later than from' }]],
    ['from=2024-01-01', [{ path: 'from', message: 'must be at most 400 days before to' }]],
  ])('refuses %s', async (period, errors) => {
    const { status, body } = await ask(period);
    expect([status, body.errors]).toEqual([422, errors]);
  });
});

it('a dry run takes days, too, and refuses them before it tells of any progress', async () => {
  const run = (period: Record<string, string>, headers = {}) =>
    shop.call('POST', '/v1/rules/dry-run', { rule: RULE, ...period }, headers);
  const { body } = await run({ from: '2026-11-01', to: '2026-11-02' });
  expect([body.from, body.to]).toEqual(['2026-10-31T23:00:00.000Z', '2026-11-02T23:00:00.000Z']);
  const refused = await run({ from: '2026-11-03', to: '2026-11-02' }, { accept: 'application/x-ndjson' });
  expect([refused.status, refused.body.errors]).toEqual([422, [{ path: 'to', message: 'must be later than from' }]]);
});
