/** Random flows, people and what happens to them: everything the flow language has, at moments that many share. */

import type { Item } from '../../core/catalogue/item.ts';
import type {
  ContactCondition,
  Entry,
  Flow,
  HeardEvent,
  LetterKey,
  LetterVariant,
  Step,
  Wording,
} from '../../core/flows/flow.ts';
import type { Offer } from '../../core/rules/offer.ts';
import type { Occurrence, ScenarioEvent, ScenarioPerson } from '../../core/simulation/scenario.ts';
import type { Duration } from '../../core/values/duration.ts';
import type { Random } from './random.ts';

const HALF_HOUR = 1_800_000;
const HALF_HOURS = 20 * 48;

export interface FlowCase {
  flows: Flow[];
  person: ScenarioPerson<number>;
  events: ScenarioEvent<number>[];
  sending: { dailyCap: number | null; quietHours: { from: string; to: string } | null };
  zone: string;
  /** How many days things last, by their ids. */
  lasts?: Readonly<Record<string, number>>;
  /** Working days that delivery takes. */
  deliveryDays?: number;
  /** What goes with things, by their ids. */
  goesWith?: Readonly<Record<string, readonly string[]>>;
}

const item = (id: string): Item => ({
  id,
  title: `Thing ${id}`,
  price: 10,
  currency: 'EUR',
  url: `https://shop.example/${id}`,
  category: id < 'c' ? 'Kitchen' : 'Garden',
});
const ITEMS = ['a', 'b', 'c', 'd'].map(item);
const LETTERS: LetterKey[] = ['offer', 'reminder-1', 'reminder-2', 'last-chance', 'nps'];
const ZONES = ['Europe/Berlin', 'Asia/Tokyo', 'America/New_York', 'Asia/Kolkata', 'UTC'];
const HEARD: HeardEvent[] = [
  'purchased',
  'redeemed',
  'clicked',
  'visited',
  'viewed',
  'carted',
  'subscribed',
  'form_submitted',
  'nps_answered',
  'reason_given',
  'reviewed',
];

const offer = (random: Random): Offer => ({
  kind: random.pick(['percent', 'fixed'] as const),
  value: random.int(1, 50),
  ...(random.chance(0.6) ? { expiresIn: random.pick<Duration>(['12h', '1d', '3d', '1w']) } : {}),
});

const condition = (random: Random, flow: string, depth = 2): ContactCondition =>
  random.pick<() => ContactCondition>([
    () => ['orders', '>=', random.int(0, 2)],
    () => ['spent', '>', random.pick([0, 15, 100])],
    () => ['tags', 'contains', `${flow}-seen`],
    () => ['clicked', '>=', random.int(0, 2)],
    () => ['daysSinceLastVisit', '<', random.int(1, 5)],
    () => ['daysSinceLastOrder', '>=', random.int(0, 4)],
    () => ['cartedWithinDays', '<=', random.int(1, 5)],
    () => ['interests.category', 'contains', 'Kitchen'],
    () => ['bought.id', 'in', ['a', 'b']],
    () => ['nps', '>=', random.int(0, 10)],
    () => ['codeUsed', '=', random.chance(0.5)],
    () => ['reason', '=', 'price'],
    () => ['subscribed', '=', true],
    ...(depth > 0 ? nested(random, flow, depth - 1) : []),
  ])();

const nested = (random: Random, flow: string, depth: number): (() => ContactCondition)[] => {
  const inner = (): ContactCondition => condition(random, flow, depth);
  return [() => ({ not: inner() }), () => ({ all: [inner(), inner()] }), () => ({ any: [inner(), inner()] })];
};

const tried = (random: Random): { subjects: Wording[] } | { variants: LetterVariant[] } =>
  random.chance(0.5)
    ? { subjects: [{ en: 'One' }, { en: 'Two' }, { en: 'Three' }] }
    : { variants: [{}, { letter: random.pick(LETTERS), ...later(random) }] };

const later = (random: Random): Pick<LetterVariant, 'wait' | 'until'> => ({
  ...(random.chance(0.5) ? { wait: random.pick<Duration>(['30m', '2h', '1d']) } : {}),
  ...(random.chance(0.5) ? { until: random.pick(['10:00', '18:30', '23:30']) } : {}),
});

/** `issues`: of two flows of a case only one hands codes out, for which of two does so first at one moment is nobody's promise. */
function steps(random: Random, flow: string, depth: number, issues: boolean): Step[] {
  const inner = (): Step[] => steps(random, flow, depth - 1, issues);
  const one = (): Step => {
    switch (random.int(0, depth > 0 ? 10 : 6)) {
      case 0:
      case 1:
        return {
          send: random.pick(LETTERS),
          ...(random.chance(0.3) ? { expiresAfter: random.pick<Duration>(['1h', '6h', '1d']) } : {}),
          ...(random.chance(0.2) ? tried(random) : {}),
        };
      case 2:
      case 3:
        return {
          wait: random.pick<Duration>(['0s', '30m', '1h', '5h', '1d', '2d', '1w']),
          ...(random.chance(0.3) ? { until: random.pick(['10:00', '18:30', '23:30', 'usual']) } : {}),
          ...(random.chance(0.2) ? { days: random.pick([[1], [6, 7], [1, 2, 3, 4, 5]]) } : {}),
        };
      case 4:
        return { tag: random.chance(0.7) ? { add: [`${flow}-seen`] } : { remove: [`${flow}-seen`] } };
      case 5:
        return issues ? { issue: offer(random) } : { notify: 'Somebody came by' };
      case 6:
        return random.chance(0.3) ? { stop: 'enough' } : { webhook: 'crm' };
      case 7:
      case 8:
        return {
          waitFor: {
            event: random.pick(HEARD),
            timeout: random.pick<Duration>(['30m', '1d', '3d']),
            ...(random.chance(0.8) ? { then: inner() } : {}),
            ...(random.chance(0.6) ? { else: inner() } : {}),
          },
        };
      case 9:
        return {
          branch: { if: condition(random, flow), then: inner(), ...(random.chance(0.6) ? { else: inner() } : {}) },
        };
      default:
        return {
          split: [
            { weight: 1, steps: inner() },
            { weight: random.int(1, 3), steps: inner() },
          ],
        };
    }
  };
  return Array.from({ length: random.int(1, depth > 1 ? 5 : 3) }, one);
}

/** `second`: a flow that runs beside; left carts and left pages then wait for different times. */
function flow(random: Random, key: string, second: boolean): Flow {
  const entry = random.pick<Entry>([
    { on: 'offer_accepted' },
    { on: 'offer_accepted' },
    { on: 'subscribed' },
    { on: 'cart_abandoned', after: second ? '2h' : '1h' },
    { on: 'browse_abandoned', after: second ? '5h' : '4h' },
    { on: 'absent', after: second ? '6d' : '5d' },
    { on: 'order_placed' },
    { on: 'order_status', status: 'shipped' },
    { on: 'order_delivered' },
    { on: 'nps_answered', group: random.pick(['critic', 'promoter'] as const) },
    { on: 'letter_clicked' },
    { on: 'form_submitted' },
    { on: 'shared', act: 'like' },
    { on: 'custom', name: 'ping' },
    { on: 'code_issued' },
    { on: 'segment_entered', segment: 'vip' },
  ]);
  const intent = random.pick([undefined, 'leaving', 'welcome', 'after-sale']);
  return {
    key,
    name: key,
    enabled: true,
    purpose: random.chance(0.8) ? 'marketing' : 'transactional',
    entry,
    ...(intent ? { intent } : {}),
    ...(random.chance(0.2) ? { filter: condition(random, key) } : {}),
    ...(random.chance(0.3) ? { reentry: random.pick<Duration>(['12h', '3d']) } : {}),
    ...(second ? { priority: random.pick([-1, 5]) } : {}),
    stopOn: (['redeemed', 'purchased', 'unsubscribed', 'code_expired'] as const).filter(() => random.chance(0.5)),
    steps: steps(random, key, 2, !second),
  };
}

function occurrence(random: Random, { flows }: Pick<FlowCase, 'flows'>, at: number): Occurrence<number> {
  const things = (): Item[] => [...new Set(random.list(3, () => random.pick(ITEMS)))];
  const orderId = random.pick(['A1', 'A2']);
  const starts: Record<string, () => Occurrence<number>> = {
    offer_accepted: () => ({
      on: 'offer_accepted',
      offer: random.chance(0.7) ? offer(random) : { kind: 'none' },
      items: things(),
    }),
    cart_abandoned: () => ({ on: 'visited', viewed: things(), carted: [random.pick(ITEMS)] }),
    browse_abandoned: () => ({ on: 'visited', viewed: [random.pick(ITEMS)] }),
    absent: () => ({ on: 'visited' }),
    shared: () => ({ on: 'visited', shared: 'like' }),
    order_placed: () => ({ on: 'ordered', order: orderId, total: random.int(1, 99), items: things() }),
    order_status: () => ({ on: 'ordered', order: orderId, status: random.pick(['shipped', 'paid', 'cancelled']) }),
    order_delivered: () => ({ on: 'ordered', order: orderId, status: 'delivered', items: things() }),
    subscribed: () => ({ on: 'subscribed' }),
    nps_answered: () => ({ on: 'nps_answered', score: random.int(0, 10) }),
    letter_clicked: () => ({ on: 'clicked' }),
    form_submitted: () => ({
      on: 'form_submitted',
      form: random.pick(['download', 'sign_up'] as const),
      items: things(),
    }),
    custom: () => ({ on: 'custom', name: random.pick(['ping', 'ping', 'pong']), items: things() }),
    code_issued: () => ({ on: 'code_issued', offer: offer(random), items: things() }),
    segment_entered: () => ({ on: 'segment_entered', segment: 'vip' }),
  };
  const rest: (() => Occurrence<number>)[] = [
    ...Object.values(starts),
    () => ({ on: 'redeemed' }),
    () => ({ on: 'redeemed' }),
    () => ({ on: 'clicked' }),
    () => ({ on: 'visited', viewed: things(), carted: things() }),
    () => ({ on: 'reviewed', stars: random.int(1, 5) }),
    () => ({ on: 'reason_given', reason: random.pick(['price', 'quality'] as const) }),
    () => ({ on: random.pick(['unsubscribed', 'bounced', 'complained'] as const) }),
    () => ({ on: 'paused', until: at + random.int(1, 10) * 48 * HALF_HOUR }),
    () => ({ on: 'muted', topics: random.list(2, () => random.pick(['leaving', 'welcome', 'other'])) }),
  ];
  const own = starts[random.pick(flows).entry.on];
  return own && random.chance(0.5) ? own() : random.pick(rest)();
}

/** A case that begins at `from` and is over within some forty days. */
export function randomFlowCase(random: Random, from: number): FlowCase {
  const two = random.chance(0.4);
  const flows = [flow(random, 'first', false), ...(two ? [flow(random, 'second', true)] : [])];
  const quiet = random.chance(0.5);
  const moments = new Set(random.list(10, () => random.int(1, HALF_HOURS)));
  moments.add(random.int(1, 96));
  const times = [...moments].sort((one, other) => one - other).map((moment) => from + moment * HALF_HOUR);
  const tags = random.chance(0.2) ? { facts: { tags: ['first-seen'] } } : {};
  return {
    flows,
    zone: random.pick(ZONES),
    person: {
      timezone: random.pick(ZONES),
      marketing: random.pick(['subscribed', 'subscribed', 'subscribed', 'none'] as const),
      ...tags,
    },
    events: times.map((at) => ({ at, ...occurrence(random, { flows }, at) })),
    sending: {
      dailyCap: random.pick([null, 1, 2]),
      quietHours: quiet
        ? random.pick([
            { from: '21:00', to: '09:00' },
            { from: '12:00', to: '13:30' },
          ])
        : null,
    },
  };
}
