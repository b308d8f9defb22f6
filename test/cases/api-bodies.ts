/** The fullest valid body of every call that takes one, and what of it may be left out or be null. Bad bodies are made from these. */

import { SHOP } from '../support/shop.ts';

export type Json = Record<string, unknown>;

export interface BodyCase {
  /** As in the endpoint's spec: `POST /v1/codes/:code/redeem`. */
  call: string;
  /** The path that is really called. */
  path: string;
  access: 'operator' | 'shop' | 'page';
  /** Names every field that the call knows. */
  body: Json;
  /** Dotted paths that can't be left out. */
  required: string[];
  /** Places that match one of those and yet can be left out. */
  optional?: string[];
  /** Dotted paths where null is an answer, too. */
  nullable?: string[];
  /** Dotted paths that take any scalar. */
  scalar?: string[];
  /** What the valid body is answered with. */
  answer: number;
}

export interface CaseParts {
  siteKey: string;
  rule: string;
  code: string;
  visitor: string;
  visit: string;
  /** What can be claimed, and by whom. */
  claim: { rule: string; visitor: string; visit: string };
  review: string;
  feed: string;
  /** The id of kim@example.com. */
  contact: string;
}

const ITEM = {
  id: 'teapot',
  title: 'Teapot',
  price: 42,
  currency: 'EUR',
  url: 'https://shop.example/teapot',
  image: 'https://shop.example/teapot.jpg',
  category: 'Kitchen',
  available: true,
};

const SHOP_FULL = {
  ...SHOP,
  brand: {
    accent: '#00aa77',
    logo: 'https://shop.example/logo.png',
    font: 'serif',
    background: '#fffdf8',
    text: '#222222',
    radius: 12,
    side: 'left',
    picture: 'https://shop.example/workshop.jpg',
    footer: 'Open from 10 to 7',
    social: [{ name: 'Instagram', url: 'https://social.example/linenandclay' }],
    facts: {
      en: {
        choosing: 'Linen shrinks once: take a size up.',
        delivery: '2–4 days, free from €80',
        returns: '30 days, at our cost',
      },
      ru: { delivery: '2–4 дня, от 80 € бесплатно' },
    },
    replyTo: 'help@linenandclay.example',
  },
  consent: 'both',
  privacyUrl: 'https://shop.example/privacy',
  sending: { dailyCap: 2, quietHours: { from: '21:00', to: '09:00' } },
  memory: 'session',
  outward: false,
  limits: {
    visitsPerDay: 500_000,
    codesPerRange: 5,
    codesPerVisitor: 3,
    codesPerDay: 1_000,
    offersPerVisitor: { count: 3, days: 7 },
    disposable: 'confirm',
    disposableDomains: ['mailbox.example'],
  },
  waitlist: false,
  margin: 0.4,
  referral: {
    enabled: true,
    friend: { kind: 'percent', value: 10, minOrder: 20, expiresIn: '30d' },
    reward: { kind: 'fixed', value: 5, expiresIn: '90d' },
    returnTerm: '14d',
    perMonth: 10,
  },
  replenishment: { days: 60, categories: { Tea: 30 }, products: { teapot: 365 } },
  nameStyle: 'formal',
  visitsKeptFor: '90d',
  holidays: { country: 'DE', deliveryDays: 3, lastOrder: { christmas: 7 }, guide: { christmas: ['Tea'] } },
};

const NULLABLE_LIMITS = [
  'limits.codesPerRange',
  'limits.codesPerVisitor',
  'limits.codesPerDay',
  'limits.offersPerVisitor',
];
const NULLABLE_HOLIDAYS = ['country', 'deliveryDays', 'lastOrder.christmas', 'guide.christmas'].map(
  (field) => `holidays.${field}`,
);
const REQUIRED_OF_OFFERS = ['friend', 'reward'].flatMap((who) => [`referral.${who}.kind`, `referral.${who}.value`]);
const REQUIRED_LIMITS = ['limits.offersPerVisitor.count', 'limits.offersPerVisitor.days'];

const CODE_ORDER = {
  orderId: 'order-2',
  total: 42,
  items: [
    {
      id: '7',
      title: 'Teapot',
      price: 42,
      was: 50,
      quantity: 1,
      category: 'Tea',
      url: 'https://shop.example/teapot',
      image: 'https://shop.example/teapot.jpg',
    },
  ],
  currency: 'EUR',
  email: 'ann@example.com',
};

const RULE_FULL = {
  name: 'Leaving with things in mind',
  enabled: false,
  priority: 10,
  moment: 'exit',
  when: {
    all: [
      ['pages', '>=', 2],
      { not: ['path', 'startsWith', '/checkout'] },
      { sequence: ['view_item', 'exit_intent'], within: '30m' },
    ],
  },
  schedule: {
    startsAt: '2026-11-27',
    endsAt: '2026-11-30T18:00',
    weekdays: [1, 5],
    hours: { from: 22, to: 2 },
  },
  pages: { include: ['/sale/*', '*shoes*'], exclude: ['/cart'] },
  caps: { perVisit: 1, perVisitor: 3, perDay: 100, total: 1_000 },
  afterPurchase: false,
  offer: {
    kind: 'percent',
    value: 10,
    on: 'items',
    exclude: { categories: ['Gift cards'], reduced: true },
    minOrder: 20,
    tiers: [{ from: 90, kind: 'percent', value: 15 }],
    expiresIn: '7d',
  },
  code: { mode: 'unique', prefix: 'BACK', reveal: 'email', uses: 2, binding: 'loose', onRefund: 'reopen' },
  popup: {
    format: 'modal',
    texts: { en: { title: 'Wait' } },
    theme: { accent: '#0a7', background: '#fff', text: '#000000', radius: 8 },
    steps: ['tease', 'act', 'reason'],
    fields: { name: 'optional', birthday: 'optional', phone: 'required' },
    act: { act: 'join', network: 'vk', url: 'https://vk.com/shop' },
    reviews: 'shop',
  },
  quietFor: { refused: '30d', shown: '1d' },
  holdout: 0.1,
  variants: [
    { key: 'a', weight: 1, moment: 'idle' },
    { key: 'b', weight: 2, offer: { value: 5 } },
  ],
  flow: 'discount-reminder',
};

const REQUIRED_OF_RULE = [
  'name',
  'moment',
  'when',
  'offer',
  'offer.kind',
  'offer.value',
  'offer.tiers.*.from',
  'offer.tiers.*.kind',
  'offer.tiers.*.value',
  'schedule.hours.from',
  'schedule.hours.to',
  'popup.act',
  'popup.act.act',
  'popup.act.network',
  'popup.act.url',
  'variants.*.key',
];

const FLOW_FULL = {
  key: 'short-reminder',
  name: 'Two letters',
  enabled: true,
  purpose: 'marketing',
  entry: { on: 'offer_accepted' },
  goal: { on: 'purchased', within: '7d' },
  stopOn: ['redeemed', 'purchased', 'unsubscribed', 'code_expired'],
  steps: [
    { send: 'offer', expiresAfter: '1d' },
    { wait: '2d', until: '10:00' },
    { send: 'last-chance' },
    { stop: 'done' },
  ],
};

const SCENARIO_FULL = {
  person: {
    id: '11111111-1111-4111-8111-111111111111',
    name: 'Ann',
    locale: 'en',
    timezone: 'Europe/Berlin',
    marketing: 'subscribed',
    pausedUntil: '2026-11-20T00:00:00Z',
    muted: ['welcome'],
    facts: { orders: 2, spent: 80, lastOrderAt: '2026-10-01T00:00:00Z', tags: ['friend'], birthday: '03-27' },
  },
  events: [
    { at: '2026-11-20T18:30:00Z', on: 'offer_accepted', offer: { kind: 'percent', value: 10 }, items: [ITEM] },
    { at: '2026-11-23T20:00:00Z', on: 'ordered', order: 'A1', status: 'paid', total: 40 },
    { at: '2026-11-24T20:00:00Z', on: 'nps_answered', score: 9 },
  ],
  beside: [],
  from: '2026-11-20T00:00:00Z',
  days: 30,
};
const REQUIRED_OF_SCENARIO = [
  'events.*.at',
  'events.*.on',
  'events.*.offer.kind',
  'events.*.offer.value',
  'events.*.items.*.id',
  'events.*.items.*.title',
  'events.*.items.*.url',
  'events.*.order',
  'events.*.score',
];
const NULLABLE_OF_SCENARIO = ['price', 'currency', 'image', 'category', 'available'].map(
  (field) => `events.*.items.*.${field}`,
);
const SEGMENT_FULL = {
  key: 'loyal',
  name: 'Loyal buyers',
  condition: { all: [['orders', '>=', 2], { not: ['tags', 'contains', 'lost'] }] },
};

const WORDS_FULL = {
  subject: '{{ contact.first_name }}, still thinking?',
  preheader: 'Until {{ expires.day }}',
  headline: 'Hello',
  greeting: 'Dear {{ contact.name }},',
  body: 'Your things.',
  after: 'Bye.',
  button: 'To the shop',
  items: 'Your things',
  blocks: ['headline', { paragraph: '{{ code }}' }, { html: '<p>Hello</p>' }, 'items'],
  text: 'Hello',
};

const CONTACT_FULL = {
  email: 'kim@example.com',
  name: 'Kim',
  patronymic: 'Lee',
  lastName: 'Park',
  nameStyle: 'formal',
  phone: '+49 30 123456',
  birthday: '1990-03-27',
  dates: { wedding: '2019-06-14' },
  locale: 'en-GB',
  timezone: 'Europe/Berlin',
  city: 'Berlin',
  tags: ['club'],
  source: 'till',
  consent: { data: true, marketing: true, text: 'Yes, write to me.', at: '2026-11-22T09:30:00Z', page: '/join' },
};

const REQUIRED_OF_ORDER = ['id', 'status', 'total', 'currency', 'placedAt', 'items.*.id'];
const ORDER_FULL = {
  id: 'order-1',
  number: 'N-1',
  status: 'paid',
  email: 'ann@example.com',
  name: 'Ann',
  phone: '+4930123456',
  visitor: crypto.randomUUID(),
  total: 37.8,
  due: 0,
  currency: 'EUR',
  codes: ['SUMMER'],
  items: [
    {
      id: 'teapot',
      title: 'Teapot',
      price: 42,
      was: 50,
      category: 'Tea',
      quantity: 1,
      url: ITEM.url,
      image: ITEM.image,
    },
  ],
  placedAt: '2026-11-22T09:30:00Z',
  payUrl: 'https://shop.example/pay',
  payBefore: '2026-11-23T09:30:00Z',
  deliveryFrom: '2026-11-24T09:30:00+01:00',
  deliveryTo: '2026-11-25T09:30:00Z',
  tracking: 'T1',
  trackingUrl: 'https://shop.example/track',
  delayedUntil: '2026-11-26T09:30:00Z',
  locale: 'en',
};

const AT = 1_790_000_000_000;

/** One event of every type. */
const events = (rule: string): Json[] => [
  { type: 'page_view', at: AT, url: ITEM.url, path: '/teapot', title: 'Teapot', referrer: '', kind: 'product' },
  { type: 'view_item', at: AT, item: ITEM },
  { type: 'view_reviews', at: AT, item: ITEM },
  { type: 'search', at: AT, term: 'tea' },
  { type: 'add_to_wishlist', at: AT, item: ITEM },
  { type: 'add_to_cart', at: AT, item: ITEM, quantity: 2 },
  { type: 'remove_from_cart', at: AT, item: ITEM, quantity: 1 },
  { type: 'cart', at: AT, items: [{ ...ITEM, quantity: 1 }], value: 42, currency: 'EUR', codes: ['SUMMER'] },
  { type: 'begin_checkout', at: AT, value: 42 },
  { type: 'share', at: AT, act: 'like', network: 'vk', item: ITEM },
  { type: 'form', at: AT, kind: 'subscribe', item: ITEM },
  { type: 'engagement', at: AT, ms: 1_000 },
  { type: 'exit_intent', at: AT, signal: 'pointer' },
  { type: 'offer_shown', at: AT, rule, variant: 'a' },
  { type: 'identify', at: AT, email: 'ann@example.com', proof: '00' },
  { type: 'custom', at: AT, name: 'colour', data: { chosen: 'green' } },
  {
    type: 'purchase',
    at: AT,
    orderId: 'order-9',
    value: 42,
    currency: 'EUR',
    codes: [],
    items: [{ ...ITEM, quantity: 1 }],
  },
  { type: 'offer_withheld', at: AT, rule, variant: 'holdout' },
];

const OPTIONAL_ITEM = ['price', 'was', 'currency', 'image', 'category', 'available'];
const NULLABLE_EVENT_FIELDS = [
  ...OPTIONAL_ITEM.flatMap((field) => [`events.*.item.${field}`, `events.*.items.*.${field}`]),
  'events.*.value',
  'events.*.currency',
  'events.*.variant',
];
const REQUIRED_EVENT_FIELDS = [
  'type',
  'at',
  'url',
  'path',
  'item',
  'term',
  'act',
  'kind',
  'ms',
  'signal',
  'rule',
  'email',
  'name',
  'orderId',
].map((field) => `events.*.${field}`);
const REQUIRED_ITEM_FIELDS = ['id', 'title', 'url'].flatMap((field) => [
  `events.*.item.${field}`,
  `events.*.items.*.${field}`,
]);

export function bodyCases({
  siteKey,
  rule,
  code,
  visitor,
  visit,
  claim,
  review,
  contact,
  feed,
}: CaseParts): BodyCase[] {
  return [
    {
      call: 'POST /v1/shops',
      path: '/v1/shops',
      access: 'operator',
      body: SHOP_FULL,
      answer: 201,
      required: [
        ...Object.keys(SHOP),
        'sender.name',
        'sender.email',
        'sending.quietHours.from',
        'sending.quietHours.to',
        ...REQUIRED_LIMITS,
        ...REQUIRED_OF_OFFERS,
      ],
      nullable: [
        'referral.perMonth',
        'replenishment.days',
        'replenishment.categories.Tea',
        'replenishment.products.teapot',
        ...NULLABLE_HOLIDAYS,
        'privacyUrl',
        'brand.logo',
        'brand.picture',
        'margin',
        'sending.dailyCap',
        'sending.quietHours',
        ...NULLABLE_LIMITS,
      ],
    },
    {
      call: 'PATCH /v1/shop',
      path: '/v1/shop',
      access: 'shop',
      body: {
        ...SHOP_FULL,
        integrations: {
          shopify: { shop: 'lamps.myshopify.com', token: 'shpat_1', secret: 'shpss_1' },
          woocommerce: { url: 'https://lamps.example', key: 'ck_1', secret: 'cs_1' },
        },
      },
      answer: 200,
      required: ['sending.quietHours.from', 'sending.quietHours.to', ...REQUIRED_LIMITS, ...REQUIRED_OF_OFFERS],
      nullable: [
        'referral.perMonth',
        'replenishment.days',
        'replenishment.categories.Tea',
        'replenishment.products.teapot',
        ...NULLABLE_HOLIDAYS,
        'margin',
        'privacyUrl',
        'brand.logo',
        'brand.picture',
        'sending.dailyCap',
        'sending.quietHours',
        ...NULLABLE_LIMITS,
        'integrations.shopify',
        'integrations.woocommerce',
      ],
    },
    {
      call: 'POST /v1/rules',
      path: '/v1/rules',
      access: 'shop',
      body: RULE_FULL,
      answer: 201,
      required: REQUIRED_OF_RULE,
    },
    {
      call: 'PATCH /v1/rules/:id',
      path: `/v1/rules/${rule}`,
      access: 'shop',
      body: RULE_FULL,
      answer: 200,
      required: ['variants.*.key'],
    },
    {
      call: 'POST /v1/rules/dry-run',
      path: '/v1/rules/dry-run',
      access: 'shop',
      answer: 200,
      required: ['rule', ...REQUIRED_OF_RULE.map((field) => `rule.${field}`)],
      body: { rule: RULE_FULL, from: '2026-10-01T00:00:00Z', to: '2026-11-01T00:00:00Z' },
    },
    {
      call: 'POST /v1/rules/:id/dry-run',
      path: `/v1/rules/${rule}/dry-run`,
      access: 'shop',
      answer: 200,
      required: [],
      body: { change: { priority: 5 }, from: '2026-10-01T00:00:00Z', to: '2026-11-01T00:00:00Z' },
      nullable: ['change.priority'],
    },
    {
      call: 'POST /v1/flows',
      path: '/v1/flows',
      access: 'shop',
      body: FLOW_FULL,
      answer: 201,
      required: ['key', 'steps', 'entry.on', 'goal.on', 'goal.within'],
    },
    {
      call: 'PATCH /v1/flows/:key',
      path: '/v1/flows/discount-reminder',
      access: 'shop',
      body: { ...FLOW_FULL, key: 'discount-reminder' },
      answer: 200,
      required: [],
    },
    {
      call: 'POST /v1/flows/:key/simulate',
      path: '/v1/flows/discount-reminder/simulate',
      access: 'shop',
      body: { ...SCENARIO_FULL, flow: { name: 'Tried' } },
      answer: 200,
      required: REQUIRED_OF_SCENARIO,
      nullable: ['flow.name', ...NULLABLE_OF_SCENARIO],
    },
    {
      call: 'PUT /v1/flows/:key/scenarios/:name',
      path: '/v1/flows/discount-reminder/scenarios/full',
      access: 'shop',
      body: { ...SCENARIO_FULL, expect: [{ at: '2026-11-20T18:30:00Z', do: 'send', what: 'offer' }] },
      answer: 200,
      required: REQUIRED_OF_SCENARIO,
      nullable: NULLABLE_OF_SCENARIO,
    },
    {
      call: 'POST /v1/flows/:key/replay',
      path: '/v1/flows/discount-reminder/replay',
      access: 'shop',
      body: { days: 7, most: 10 },
      answer: 200,
      required: [],
    },
    {
      call: 'POST /v1/flows/:key/activate',
      path: '/v1/flows/discount-reminder/activate',
      access: 'shop',
      body: { preview: true, days: 7, backfill: { days: 7, most: 10 } },
      answer: 200,
      required: ['backfill.days'],
    },
    {
      call: 'POST /v1/flows/:key/migrate',
      path: '/v1/flows/discount-reminder/migrate',
      access: 'shop',
      body: { from: 1, to: 1, map: { end: 'end' } },
      answer: 200,
      required: [],
    },
    {
      call: 'POST /v1/events',
      path: '/v1/events',
      access: 'shop',
      answer: 200,
      required: ['events', 'events.0.name'],
      body: {
        events: [
          {
            id: 'told-1',
            name: 'form_submitted',
            email: 'ann@example.com',
            at: '2026-11-22T09:30:00Z',
            form: 'download',
            act: 'share',
            consent: { text: 'I agree.' },
            data: {},
          },
        ],
      },
    },
    {
      call: 'POST /v1/webhooks',
      path: '/v1/webhooks',
      access: 'shop',
      answer: 201,
      required: ['name', 'url'],
      body: { name: 'crm', url: 'https://crm.example/hook' },
    },
    {
      call: 'PATCH /v1/webhooks/:name',
      path: '/v1/webhooks/erp',
      access: 'shop',
      answer: 200,
      required: ['url'],
      body: { url: 'https://erp.example/hook' },
    },
    {
      call: 'POST /v1/feeds',
      path: '/v1/feeds',
      access: 'shop',
      answer: 201,
      required: ['url'],
      body: { url: 'https://shop.example/other.xml', every: '1d', enabled: false },
    },
    {
      call: 'PATCH /v1/feeds/:id',
      path: `/v1/feeds/${feed}`,
      access: 'shop',
      answer: 200,
      required: [],
      body: { url: 'https://shop.example/feed.xml', every: '2h', enabled: false },
    },
    {
      call: 'PATCH /v1/reviews/:id',
      path: `/v1/reviews/${review}`,
      access: 'shop',
      answer: 200,
      required: ['status'],
      body: { status: 'rejected' },
    },
    {
      call: 'POST /v1/keys',
      path: '/v1/keys',
      access: 'shop',
      answer: 201,
      required: ['name'],
      body: { name: 'checkout server', scopes: ['read', 'write'] },
    },
    {
      call: 'POST /v1/contacts',
      path: '/v1/contacts',
      access: 'shop',
      answer: 200,
      required: ['email'],
      body: CONTACT_FULL,
    },
    {
      call: 'PATCH /v1/contacts/:id',
      path: `/v1/contacts/${contact}`,
      access: 'shop',
      answer: 200,
      required: [],
      body: CONTACT_FULL,
    },
    {
      call: 'POST /v1/segments',
      path: '/v1/segments',
      access: 'shop',
      answer: 201,
      required: ['key', 'condition'],
      body: SEGMENT_FULL,
    },
    {
      call: 'POST /v1/segments/preview',
      path: '/v1/segments/preview',
      access: 'shop',
      answer: 200,
      required: ['condition'],
      body: { condition: SEGMENT_FULL.condition },
    },
    {
      call: 'PATCH /v1/segments/:key',
      path: '/v1/segments/buyers',
      access: 'shop',
      answer: 200,
      required: [],
      body: { ...SEGMENT_FULL, key: 'buyers' },
    },
    {
      call: 'POST /v1/codes/import',
      path: '/v1/codes/import',
      access: 'shop',
      answer: 200,
      required: ['codes'],
      body: { pool: 'spring', codes: ['SPRING-7H2K', 'SPRING-9QX4'] },
    },
    {
      call: 'POST /v1/codes/:code/check',
      path: `/v1/codes/${code}/check`,
      access: 'shop',
      answer: 200,
      required: ['items.*.id'],
      nullable: ['items.*.price', 'items.*.category', 'items.*.was'],
      body: CODE_ORDER,
    },
    {
      call: 'POST /v1/codes/:code/reserve',
      path: `/v1/codes/${code}/reserve`,
      access: 'shop',
      answer: 200,
      required: ['orderId', 'items.*.id'],
      nullable: ['items.*.price', 'items.*.category', 'items.*.was'],
      body: CODE_ORDER,
    },
    {
      call: 'POST /v1/codes/:code/release',
      path: `/v1/codes/${code}/release`,
      access: 'shop',
      answer: 200,
      required: ['orderId', 'items.*.id'],
      nullable: ['items.*.price', 'items.*.category', 'items.*.was'],
      body: CODE_ORDER,
    },
    {
      call: 'POST /v1/codes/:code/redeem',
      path: `/v1/codes/${code}/redeem`,
      access: 'shop',
      answer: 200,
      required: ['orderId', 'total', 'items.*.id'],
      nullable: ['items.*.price', 'items.*.category', 'items.*.was'],
      body: CODE_ORDER,
    },
    {
      call: 'POST /v1/orders',
      path: '/v1/orders',
      access: 'shop',
      body: ORDER_FULL,
      answer: 201,
      required: REQUIRED_OF_ORDER,
      nullable: [
        'items.*.price',
        ...Object.keys(ORDER_FULL).filter((field) => ![...REQUIRED_OF_ORDER, 'items', 'codes'].includes(field)),
        ...['url', 'image', 'category', 'was'].map((field) => `items.*.${field}`),
      ],
    },
    {
      call: 'POST /v1/referrals',
      path: '/v1/referrals',
      access: 'shop',
      answer: 201,
      required: ['email'],
      body: { email: 'sender@example.com', name: 'Ann', locale: 'en' },
    },
    {
      call: 'POST /v1/visits',
      path: '/v1/visits',
      access: 'page',
      answer: 202,
      body: {
        shop: siteKey,
        visitor,
        visit,
        batch: crypto.randomUUID(),
        sentAt: AT,
        events: events(rule),
        remember: true,
      },
      // An event's kind and its item are optional for some.
      optional: ['events.0.kind', 'events.9.item', 'events.10.item'],
      required: [
        'shop',
        'visitor',
        'visit',
        'sentAt',
        'events',
        ...REQUIRED_EVENT_FIELDS,
        ...REQUIRED_ITEM_FIELDS,
        'events.*.items.*.quantity',
      ],
      nullable: NULLABLE_EVENT_FIELDS,
      scalar: ['events.*.data.chosen'],
    },
    {
      call: 'POST /v1/claims',
      path: '/v1/claims',
      access: 'page',
      answer: 200,
      body: {
        shop: siteKey,
        ...claim,
        variant: 'a',
        email: 'ann@example.com',
        name: 'Ann',
        phone: '+49 30 123456',
        birthday: '1990-03-27',
        locale: 'en',
        batch: crypto.randomUUID(),
        sentAt: AT,
        consent: { data: true, marketing: true, text: 'I agree.' },
        hp: '',
        filledMs: 4_000,
        remember: true,
        events: [
          { type: 'page_view', at: AT, url: ITEM.url, path: '/teapot', title: 'Teapot', referrer: '', kind: 'product' },
        ],
      },
      required: [
        'shop',
        'visitor',
        'visit',
        'rule',
        'email',
        'consent',
        'consent.data',
        'events.*.type',
        'events.*.at',
        'events.*.url',
        'events.*.path',
      ],
      nullable: ['variant'],
    },
    {
      call: 'PUT /v1/templates/:key',
      path: '/v1/templates/offer',
      access: 'shop',
      answer: 200,
      body: { en: WORDS_FULL, ru: { html: '<p>{{ code }}</p>' } },
      required: [],
    },
    {
      call: 'POST /v1/templates/:key/revert',
      path: '/v1/templates/offer/revert',
      access: 'shop',
      answer: 200,
      body: { version: 1 },
      required: ['version'],
    },
    {
      call: 'POST /v1/templates/:key/preview',
      path: '/v1/templates/offer/preview',
      access: 'shop',
      answer: 200,
      body: { locale: 'en', contact: 'ann@example.com', draft: { en: WORDS_FULL } },
      required: [],
    },
    {
      call: 'POST /v1/templates/:key/test',
      path: '/v1/templates/offer/test',
      access: 'shop',
      answer: 200,
      body: { to: 'hello@shop.example', locale: 'en', contact: 'ann@example.com', draft: { en: WORDS_FULL } },
      required: [],
    },
    {
      call: 'POST /v1/forms',
      path: '/v1/forms',
      access: 'page',
      answer: 200,
      body: {
        shop: siteKey,
        visitor,
        visit,
        kind: 'waitlist',
        email: 'ann@example.com',
        name: 'Ann',
        phone: '(030) 123-456',
        birthday: '02-29',
        item: ITEM,
        locale: 'en',
        batch: crypto.randomUUID(),
        sentAt: AT,
        consent: { data: true, marketing: true, text: 'I agree.' },
        hp: '',
        filledMs: 4_000,
        remember: true,
        events: [
          { type: 'page_view', at: AT, url: ITEM.url, path: '/teapot', title: 'Teapot', referrer: '', kind: 'product' },
        ],
      },
      required: [
        'shop',
        'visitor',
        'visit',
        'kind',
        'email',
        'consent',
        'consent.data',
        'item.id',
        'item.title',
        'item.url',
        'events.*.type',
        'events.*.at',
        'events.*.url',
        'events.*.path',
      ],
      nullable: OPTIONAL_ITEM.map((field) => `item.${field}`),
    },
    {
      call: 'POST /v1/restore',
      path: '/v1/restore',
      access: 'page',
      answer: 404,
      body: { shop: siteKey, token: 'a'.repeat(43) },
      required: ['shop', 'token'],
    },
  ];
}
