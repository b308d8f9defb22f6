import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decide, GATES } from '../../core/rules/decide.ts';
import { STANDING_GATES } from '../../core/rules/standing.ts';
import { localTime } from '../../core/values/calendar.ts';
import { visitFacts } from '../../core/visits/facts.ts';
import { foldVisit, newVisit } from '../../core/visits/visit.ts';
import type { Config, VisitAnswer } from '../../core/visits/wire.ts';
import { type Instance, type ShopHandle, startInstance } from '../support/shop.ts';
import { type Browser, LAMP, newBrowser, TEAPOT } from '../support/visitor.ts';

const HISTORIES: [string, Record<string, unknown>[]][] = [
  ['that has just begun', []],
  ['of one page', [{ type: 'page_view', url: 'https://shop.example/?utm_source=mail', path: '/' }]],
  [
    'with an item viewed',
    [
      { type: 'page_view', url: TEAPOT.url, path: '/teapot' },
      { type: 'view_item', item: TEAPOT },
    ],
  ],
  [
    'with a full cart',
    [
      { type: 'page_view', url: LAMP.url, path: '/lamp' },
      { type: 'add_to_cart', item: LAMP, quantity: 2 },
    ],
  ],
  [
    'that was offered something',
    [
      { type: 'page_view', url: LAMP.url, path: '/lamp' },
      { type: 'offer_shown', rule: 'RULE', variant: null },
    ],
  ],
  [
    'that declined',
    [
      { type: 'page_view', url: LAMP.url, path: '/lamp' },
      { type: 'offer_declined', rule: 'RULE', variant: null },
    ],
  ],
  [
    'that bought',
    [
      { type: 'page_view', url: LAMP.url, path: '/lamp' },
      { type: 'purchase', orderId: 'X' },
    ],
  ],
];

describe('an explanation', () => {
  let instance: Instance;
  let shop: ShopHandle;
  let rule: string;
  let chance: number[] = [];

  beforeAll(async () => {
    instance = await startInstance({ random: () => chance.shift() ?? 0.9 });
    shop = await instance.openShop();
    await shop.addRule({ name: 'Cart', priority: 5, when: ['cartValue', '>=', 200] });
    rule = await shop.addRule({
      name: 'Looked',
      priority: 1,
      when: {
        any: [
          ['viewed', '>=', 1],
          ['path', 'startsWith', '/lamp'],
        ],
      },
      holdout: 0.5,
    });
    const always = { weekdays: [1, 2, 3, 4, 5, 6, 7], hours: { from: 0, to: 24 } };
    await shop.addRule({ name: 'Lamps', pages: { include: ['/lamp*'] }, schedule: always, when: ['carted', '=', 0] });
    await shop.addRule({ name: 'Mail', when: ['utm.source', '=', 'mail'], moment: 'idle' });
    await shop.call('POST', '/v1/flows', { key: 'off', enabled: false, steps: [{ send: 'offer' }] });
    await shop.addRule({ name: 'Off', priority: 99, flow: 'off', when: ['pages', '>=', 0] });
  });
  afterAll(() => instance.close());

  const explain = async (browser: Browser) =>
    (await shop.call('GET', `/v1/explain?visit=${browser.visit}`)).body.moments;

  /** What the page decides by what it knows: its own events, the config, and the answer to its batch. */
  async function decidedByPage(events: Record<string, unknown>[], { visitor }: VisitAnswer, moment: 'exit' | 'idle') {
    const { rules, shop: about } = (await instance.call('GET', `/v1/config?shop=${shop.siteKey}`)).body as Config;
    const now = Date.now();
    const visit = events.reduce((state, event) => foldVisit(state, { at: now, ...event } as never), newVisit(now));
    const at = (iso: string | null) => (iso === null ? null : Date.parse(iso));
    const facts = visitFacts({
      visit,
      visitor,
      purchasedAt: at(visitor.purchasedAt),
      refusedAt: at(visitor.refusedAt),
      language: null,
      currency: about.currency,
      wall: localTime(now, about.timezone),
      now,
    });
    return decide(rules, {
      facts,
      trail: visit.trail,
      moment,
      purchased: visit.purchased,
      refusedAt: at(visitor.refusedAt),
      shown: Object.fromEntries(Object.entries(visitor.shown).map(([id, iso]) => [id, Date.parse(iso)])),
      arms: visitor.arms,
      now,
    });
  }

  it.each(HISTORIES)('of a visit %s is what the page decides', async (_name, history) => {
    for (const drawn of [0.1, 0.9]) {
      chance = [0.9, drawn];
      const events = history.map((event) => ('rule' in event ? { ...event, rule } : event));
      const browser = newBrowser(shop);
      const { body } = await browser.send(events);
      for (const { moment, decision } of await explain(browser)) {
        expect(decision, moment).toEqual(await decidedByPage(events, body, moment));
      }
    }
  });

  it('names every gate and what each comparison saw', async () => {
    const browser = newBrowser(shop);
    await browser.look();
    const [exit] = await explain(browser);
    const cart = exit.rules.find(
      (one: { when: { condition: unknown[] }[] }) => one.when[0]?.condition[0] === 'cartValue',
    );
    expect(cart).toMatchObject({
      closed: 'when',
      when: [{ condition: ['cartValue', '>=', 200], value: 0, verdict: false }],
    });
    expect(cart.gates.map((one: { gate: string }) => one.gate)).toEqual([...STANDING_GATES, ...GATES]);
  });

  it('of a rule whose flow is off is that the rule is off', async () => {
    const browser = newBrowser(shop);
    await browser.look();
    const [exit] = await explain(browser);
    expect(exit.rules.filter((one: { closed: string }) => one.closed === 'enabled')).toHaveLength(1);
  });

  it('tells in the visit how each claim was answered, and why', async () => {
    chance = [0.9, 0.9];
    const browser = newBrowser(shop);
    await browser.look();
    await browser.claim(rule, { email: 'why@example.com' });
    await browser.send([{ type: 'offer_declined', rule, variant: null }]);
    await browser.claim(rule, { email: 'why@example.com' });
    const { decisions } = (await shop.call('GET', `/v1/visits/${browser.visit}`)).body;
    expect(decisions.map((one: { rule: string; outcome: string }) => [one.rule, one.outcome])).toEqual([
      [rule, 'accepted'],
      [rule, 'refused'],
    ]);
  });

  it('of an unknown visit is 404', async () => {
    expect((await shop.call('GET', `/v1/explain?visit=${crypto.randomUUID()}`)).status).toBe(404);
  });
});
