import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ZodType } from 'zod';
import { ENDPOINTS } from '../../api/app.ts';
import { METRICS_TYPE } from '../../api/metrics.ts';
import { PROBLEMS } from '../../api/problem.ts';
import { FIELD_WORDS, wordsKeyOf } from '../../api/words/field-words.ts';
import { PLATFORM_SECRET, signedOrder } from '../support/platform-orders.ts';
import { ADMIN_KEY, type Answered, type Instance, ORIGIN, startInstance } from '../support/shop.ts';
import { newBrowser } from '../support/visitor.ts';
import { writeReview } from '../support/write-review.ts';

type Json = Record<string, unknown>;
interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  security?: Record<string, unknown>[];
  parameters?: { name: string; in: string; required: boolean; description?: string; schema: Json }[];
  requestBody?: { content: Record<string, { schema: Json; example?: unknown }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: Json }> }>;
}

let instance: Instance;

beforeAll(async () => {
  instance = await startInstance({ fetch: async () => new Response(null, { status: 204 }) });
});
afterAll(() => instance.close());

/** Every value of this name, at any depth. */
function* valuesOf(part: unknown, name: string): Generator<unknown> {
  if (typeof part !== 'object' || part === null) return;
  for (const [key, value] of Object.entries(part)) {
    if (key === name) yield value;
    yield* valuesOf(value, name);
  }
}

describe('the OpenAPI document', () => {
  let document: {
    openapi: string;
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: Json; examples: Json; securitySchemes: Json };
    servers: unknown;
  };
  let operations: [name: string, operation: Operation, path: string][];

  beforeAll(async () => {
    const { status, body } = await instance.call('GET', '/openapi.json');
    expect(status).toBe(200);
    document = body;
    operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]): [string, Operation, string] => [
        `${method} ${path}`,
        operation,
        path,
      ]),
    );
  });

  it('is of version 3.1 and tells where it is served', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(document.servers).toEqual([{ url: 'https://linger.example' }]);
  });

  it('has each endpoint once, each with a name of its own', () => {
    const mounted = ENDPOINTS.map(({ spec }) => `${spec.method} ${spec.path.replaceAll(/:(\w+)/g, '{$1}')}`);
    expect(operations.map(([name]) => name).sort()).toEqual(mounted.sort());
    const ids = operations.map(([, { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z][A-Za-z0-9]+$/);
  });

  it('refers only to what it holds, and holds only what it refers to', () => {
    const found = [...valuesOf(document, '$ref')].map(String);
    const named = (kind: string) =>
      new Set(found.flatMap((one) => (one.startsWith(kind) ? [one.slice(kind.length)] : [])));
    const names = named('#/components/schemas/');
    const shown = Object.keys(document.components.examples);
    expect([...named('#/components/examples/')].filter((name) => !shown.includes(name))).toEqual([]);
    expect([...names].filter((name) => !(name in document.components.schemas))).toEqual([]);
    expect(Object.keys(document.components.schemas).filter((name) => !names.has(name))).toEqual([]);
    for (const scheme of operations.flatMap(([, { security = [] }]) => security.flatMap(Object.keys))) {
      expect(document.components.securitySchemes).toHaveProperty(scheme);
    }
  });

  it('declares each parameter of a path, and no other', () => {
    for (const [name, { parameters = [] }, path] of operations) {
      const inPath = parameters.filter((one) => one.in === 'path');
      expect([name, inPath.map((one) => one.name)]).toEqual([
        name,
        [...path.matchAll(/\{(\w+)\}/g)].map(([, one]) => one),
      ]);
      expect(inPath.every((one) => one.required)).toBe(true);
      expect(new Set(parameters.map((one) => `${one.in} ${one.name}`)).size).toBe(parameters.length);
    }
  });

  it('says of each answer what it is, and of each body what it takes', () => {
    for (const [name, { responses, requestBody, summary, tags }] of operations) {
      expect([name, summary.length > 0, tags.length]).toEqual([name, true, 1]);
      for (const [status, { description }] of Object.entries(responses))
        expect([name, status, description.length > 0]).toEqual([name, status, true]);
      for (const [media, { schema, example }] of Object.entries(requestBody?.content ?? {})) {
        const body = `${name} ${media}`;
        expect([body, Object.keys(schema).length > 0]).toEqual([body, true]);
        if (!/^text\/|ndjson/.test(media)) expect([body, example !== undefined]).toEqual([body, true]);
      }
    }
  });

  it('says of each field and parameter what it means, and has no words for what there is not', () => {
    const used = new Set<string>();
    const bare: string[] = [];
    const walk = (schema: unknown, path: string[]): void => {
      if (typeof schema !== 'object' || schema === null) return;
      const { properties = {}, items, additionalProperties, ...rest } = schema as Record<string, unknown>;
      for (const [name, field] of Object.entries(properties as Record<string, Record<string, unknown>>)) {
        const here = [...path, name];
        const key = wordsKeyOf(here) ?? '';
        if (!field.description) bare.push(here.join('.'));
        if (field.description === FIELD_WORDS.get(key)) used.add(key);
        walk(field, here);
      }
      for (const part of ['anyOf', 'oneOf', 'allOf'])
        for (const one of (rest[part] ?? []) as unknown[]) walk(one, path);
      walk(items, path);
      walk(additionalProperties, path);
    };
    for (const [name, schema] of Object.entries(document.components.schemas)) walk(schema, [name]);
    for (const [name, { operationId, requestBody, responses, parameters = [] }] of operations) {
      for (const part of [requestBody, ...Object.values(responses)])
        for (const { schema } of Object.values(part?.content ?? {})) walk(schema, [operationId]);
      for (const { name: parameter, description } of parameters) if (!description) bare.push(`${name} ${parameter}`);
    }
    expect(bare).toEqual([]);
    const ofCalls = [...FIELD_WORDS].filter(([key]) => /^(path|query)\./.test(key));
    const told = new Set(operations.flatMap(([, { parameters = [] }]) => parameters.map((one) => one.description)));
    expect(ofCalls.filter(([, words]) => !told.has(words))).toEqual([]);
    expect([...FIELD_WORDS.keys()].filter((key) => !used.has(key) && !/^(path|query)\./.test(key))).toEqual([]);
  });

  it('shows of each call that pages make what they send', () => {
    for (const { spec } of ENDPOINTS)
      if (spec.access === 'page' && spec.body) {
        const read = spec.body.safeParse(spec.example);
        expect([spec.path, read.error?.issues]).toEqual([spec.path, undefined]);
      }
  });

  it('names only problems that exist, each under its status', () => {
    for (const [name, { responses }] of operations) {
      for (const [status, { description, content }] of Object.entries(responses)) {
        if (!content?.['application/problem+json']) continue;
        for (const [, code = ''] of description.matchAll(/`(\w+)`/g)) {
          expect([name, code, PROBLEMS[code as keyof typeof PROBLEMS]?.[0]]).toEqual([name, code, Number(status)]);
        }
      }
    }
  });

  it('holds nothing that JSON Schema has no word for', () => {
    const types = new Set(
      [...valuesOf(document.components.schemas, 'type')].flat().filter((one) => typeof one === 'string'),
    );
    for (const type of types)
      expect(['string', 'number', 'integer', 'boolean', 'null', 'array', 'object']).toContain(type);
    expect([...valuesOf(document, '$defs'), ...valuesOf(document, '~standard')]).toEqual([]);
  });

  it('has a reader that needs nothing from elsewhere', async () => {
    const { status, text, headers } = await instance.call('GET', '/docs');
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(text).not.toMatch(/<script|<link|src="https?:|@import/i);
    for (const [, { operationId }] of operations) expect(text).toContain(`id="${operationId}"`);
    for (const [, id = ''] of text.matchAll(/href="#([^"]+)"/g)) expect(text).toContain(`id="${id}"`);
  });
});

describe('the examples of the document', () => {
  it('work on a fresh shop, and all answers are what they are said to be', async () => {
    const key: Record<string, string> = { operator: ADMIN_KEY };
    const ids: Record<string, string> = { flows: 'short-reminder', orders: '1001', segments: 'loyal' };
    const asked = new Set<string>();
    const answered: [call: string, answer: Answered, schema: ZodType | undefined][] = [];

    const run = async (
      call: string,
      path: string,
      body?: unknown,
      headers: Record<string, string> = {},
    ): Promise<Answered> => {
      const [method = '', pattern = ''] = call.split(' ');
      const found = ENDPOINTS.find(({ spec }) => spec.method === method && spec.path === pattern);
      if (!found) throw new Error(`no endpoint ${call}`);
      const { spec } = found;
      asked.add(call);
      const answer = await instance.call(method.toUpperCase(), path, body ?? spec.example, {
        authorization: `Bearer ${key[spec.access]}`,
        ...headers,
      });
      const documented = Object.keys(spec.answers)
        .map(Number)
        .find((status) => status === answer.status && status < 300);
      expect([call, answer.status, answer.text.slice(0, 300)]).toEqual([call, documented, answer.text.slice(0, 300)]);
      answered.push([call, answer, spec.answers[answer.status]?.schema]);
      return answer;
    };

    const shop = (await run('post /v1/shops', '/v1/shops')).body;
    key.shop = shop.secretKey;
    await run('get /v1/shop', '/v1/shop');
    await run('get /v1/shop/domain', '/v1/shop/domain?selector=pm');
    await run('get /v1/setup', '/v1/setup');
    await run('post /v1/flows', '/v1/flows');
    ids.feeds = (await run('post /v1/feeds', '/v1/feeds')).body.id;
    ids.rules = (await run('post /v1/rules', '/v1/rules')).body.id;
    const rule = (
      await instance.call(
        'POST',
        '/v1/rules',
        {
          name: 'On screen',
          enabled: true,
          moment: 'exit',
          when: ['pages', '>=', 1],
          holdout: 0,
          offer: { kind: 'percent', value: 10, minOrder: 20, expiresIn: '7d' },
          code: { reveal: 'screen' },
        },
        { authorization: `Bearer ${key.shop}` },
      )
    ).body.id;

    const handle = {
      ...shop,
      page: (path: string, body: unknown) =>
        run(`post ${path}`, path, body, { origin: ORIGIN, 'content-type': 'text/plain' }),
    };
    const browser = newBrowser(handle);
    await run('get /v1/config', `/v1/config?shop=${shop.siteKey}`);
    await browser.look();
    const { body: claimed } = await browser.claim(rule);
    expect(claimed).toEqual({ status: 'sent', code: expect.any(String), expiresAt: expect.any(String) });
    await handle.page('/v1/forms', {
      shop: shop.siteKey,
      visitor: browser.visitor,
      visit: browser.visit,
      kind: 'subscribe',
      email: 'bob@example.com',
      consent: { data: true },
    });
    await instance.tick();
    await run('patch /v1/shop', '/v1/shop', {
      integrations: { postmark: { user: 'postmark', password: 'long-enough-1' } },
    });
    await run(
      'post /hooks/postmark/:shop',
      `/hooks/postmark/${shop.id}`,
      { RecordType: 'Delivery', MessageID: '1' },
      { authorization: `Basic ${btoa('postmark:long-enough-1')}` },
    );
    await run('patch /v1/shop', '/v1/shop', { integrations: { smtp: { user: 'mailbox', password: 'long-enough-2' } } });
    await run('post /hooks/mail/:shop', `/hooks/mail/${shop.id}`, 'Subject: nothing', {
      authorization: `Basic ${btoa('mailbox:long-enough-2')}`,
      'content-type': 'message/rfc822',
    });

    await run('patch /v1/shop', '/v1/shop', {
      integrations: { shopify: { secret: PLATFORM_SECRET }, woocommerce: { secret: PLATFORM_SECRET } },
    });
    await run('post /hooks/shopify/:shop', `/hooks/shopify/${shop.id}`, ...signedOrder('shopify'));
    await run('post /hooks/woocommerce/:shop', `/hooks/woocommerce/${shop.id}`, ...signedOrder('woocommerce'));

    const review = await writeReview(instance, shop.id);
    ids.keys = (await run('post /v1/keys', '/v1/keys')).body.id;
    ids.contacts = (await run('post /v1/contacts', '/v1/contacts')).body.id;

    for (const [call, path] of [
      ['post /v1/codes/import', '/v1/codes/import'],
      ['get /v1/pools', '/v1/pools'],
      ['post /v1/feeds/import', '/v1/feeds/import'],
      ['get /v1/products', '/v1/products'],
      ['get /v1/feeds', '/v1/feeds'],
      ['get /v1/feeds/:id', `/v1/feeds/${ids.feeds}`],
      ['patch /v1/feeds/:id', `/v1/feeds/${ids.feeds}`],
      ['post /v1/feeds/:id/fetch', `/v1/feeds/${ids.feeds}/fetch`],
      ['delete /v1/feeds/:id', `/v1/feeds/${ids.feeds}`],
      ['get /v1/codes/:code', `/v1/codes/${claimed.code}`],
      ['post /v1/codes/:code/check', `/v1/codes/${claimed.code}/check`],
      ['post /v1/codes/:code/reserve', `/v1/codes/${claimed.code}/reserve`],
      ['post /v1/codes/:code/release', `/v1/codes/${claimed.code}/release`],
      ['post /v1/codes/:code/redeem', `/v1/codes/${claimed.code}/redeem`],
      ['post /v1/orders', '/v1/orders'],
      ['get /v1/orders/:id', `/v1/orders/${ids.orders}`],
      ['get /v1/visits/:id', `/v1/visits/${browser.visit}`],
      ['get /v1/explain', `/v1/explain?visit=${browser.visit}`],
      ['get /v1/reports/exit-signals', '/v1/reports/exit-signals'],
      ['get /v1/reports/leaving-reasons', '/v1/reports/leaving-reasons'],
      ['get /v1/reports/experiments', `/v1/reports/experiments?rule=${ids.rules}`],
      ['get /v1/reports/funnel', '/v1/reports/funnel'],
      ['get /v1/reports/flows', '/v1/reports/flows'],
      ['get /v1/reports/nps', '/v1/reports/nps'],
      ['get /v1/reports/replenishment', '/v1/reports/replenishment'],
      ['get /v1/reviews', '/v1/reviews'],
      ['patch /v1/reviews/:id', `/v1/reviews/${review}`],
      ['get /v1/reviews/published', `/v1/reviews/published?shop=${shop.siteKey}`],
      ['post /v1/referrals', '/v1/referrals'],
      ['get /v1/referrals', '/v1/referrals?contact=ann@example.com'],
      ['get /v1/reports/referrals', '/v1/reports/referrals'],
      ['get /v1/messages', '/v1/messages?contact=ann@example.com'],
      ['get /v1/rules', '/v1/rules'],
      ['get /v1/rules/:id', `/v1/rules/${ids.rules}`],
      ['patch /v1/rules/:id', `/v1/rules/${ids.rules}`],
      ['get /v1/rules/:id/versions', `/v1/rules/${ids.rules}/versions`],
      ['post /v1/rules/:id/dry-run', `/v1/rules/${ids.rules}/dry-run`],
      ['post /v1/rules/dry-run', '/v1/rules/dry-run'],
      ['get /v1/rules/advice', '/v1/rules/advice'],
      ['delete /v1/rules/:id', `/v1/rules/${ids.rules}`],
      ['post /v1/events', '/v1/events'],
      ['get /v1/templates', '/v1/templates'],
      ['put /v1/templates/:key', '/v1/templates/offer'],
      ['get /v1/templates/:key', '/v1/templates/offer'],
      ['get /v1/templates/:key/versions', '/v1/templates/offer/versions'],
      ['post /v1/templates/:key/revert', '/v1/templates/offer/revert'],
      ['post /v1/templates/:key/preview', '/v1/templates/offer/preview'],
      ['post /v1/templates/:key/test', '/v1/templates/offer/test'],
      ['delete /v1/templates/:key', '/v1/templates/offer'],
      ['post /v1/webhooks', '/v1/webhooks'],
      ['get /v1/webhooks', '/v1/webhooks'],
      ['get /v1/webhooks/:name', '/v1/webhooks/crm'],
      ['patch /v1/webhooks/:name', '/v1/webhooks/crm'],
      ['post /v1/webhooks/:name/rotate', '/v1/webhooks/crm/rotate'],
      ['post /v1/webhooks/:name/test', '/v1/webhooks/crm/test'],
      ['get /v1/webhooks/:name/deliveries', '/v1/webhooks/crm/deliveries'],
      ['delete /v1/webhooks/:name', '/v1/webhooks/crm'],
      ['get /v1/keys', '/v1/keys'],
      ['delete /v1/keys/:id', `/v1/keys/${ids.keys}`],
      ['get /v1/contacts', '/v1/contacts'],
      ['post /v1/contacts/import', '/v1/contacts/import'],
      ['get /v1/contacts/:id', `/v1/contacts/${ids.contacts}`],
      ['patch /v1/contacts/:id', `/v1/contacts/${ids.contacts}`],
      ['get /v1/contacts/:id/export', `/v1/contacts/${ids.contacts}/export`],
      ['delete /v1/contacts/:id', `/v1/contacts/${ids.contacts}`],
      ['post /v1/segments/preview', '/v1/segments/preview'],
      ['post /v1/segments', '/v1/segments'],
      ['get /v1/segments', '/v1/segments'],
      ['get /v1/segments/:key', `/v1/segments/${ids.segments}`],
      ['patch /v1/segments/:key', `/v1/segments/${ids.segments}`],
      ['get /v1/segments/:key/members', `/v1/segments/${ids.segments}/members`],
      ['delete /v1/segments/:key', `/v1/segments/${ids.segments}`],
      ['get /v1/flows', '/v1/flows'],
      ['get /v1/flows/recipes', '/v1/flows/recipes'],
      ['get /v1/holidays', '/v1/holidays'],
      ['get /v1/flows/:key', `/v1/flows/${ids.flows}`],
      ['patch /v1/flows/:key', `/v1/flows/${ids.flows}`],
      ['post /v1/flows/:key/simulate', `/v1/flows/${ids.flows}/simulate`],
      ['put /v1/flows/:key/scenarios/:name', `/v1/flows/${ids.flows}/scenarios/buys`],
      ['get /v1/flows/:key/scenarios', `/v1/flows/${ids.flows}/scenarios`],
      ['get /v1/flows/:key/scenarios/:name', `/v1/flows/${ids.flows}/scenarios/buys`],
      ['delete /v1/flows/:key/scenarios/:name', `/v1/flows/${ids.flows}/scenarios/buys`],
      ['post /v1/flows/:key/replay', `/v1/flows/${ids.flows}/replay`],
      ['post /v1/flows/:key/activate', `/v1/flows/${ids.flows}/activate`],
      ['post /v1/flows/:key/migrate', `/v1/flows/${ids.flows}/migrate`],
      ['delete /v1/flows/:key', `/v1/flows/${ids.flows}`],
      ['patch /v1/shop', '/v1/shop'],
      ['get /health', '/health'],
      ['get /ready', '/ready'],
      ['get /metrics', '/metrics'],
    ] as const) {
      await run(call, path);
    }

    // What takes a token out of a letter is asked where that letter is written: links, pages, cart-links.
    const rest = ENDPOINTS.map(({ spec }) => `${spec.method} ${spec.path}`).filter(
      (call) => !asked.has(call) && !call.includes('/:token') && call !== 'post /v1/restore',
    );
    expect(rest).toEqual([]);
    for (const [call, { body, headers, status }, schema] of answered) {
      const type = call === 'get /metrics' ? METRICS_TYPE : 'application/json';
      if (status !== 204) expect([call, headers.get('content-type')]).toEqual([call, type]);
      const checked = schema?.safeParse(body);
      expect([call, checked?.error?.issues ?? []]).toEqual([call, []]);
    }
  });
});

describe('all answers', () => {
  it.each(['/health', '/ready', '/docs', '/openapi.json', '/inbox', '/v1/shop', '/nowhere', '/u/nothing'])(
    'of %s may not be sniffed',
    async (path) => {
      expect((await instance.call('GET', path)).headers.get('x-content-type-options')).toBe('nosniff');
    },
  );

  it.each(['/docs', '/u/nothing'])('that are pages run nothing and are framed by nobody: %s', async (path) => {
    const { headers } = await instance.call('GET', path);
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });

  it.each([
    ['GET', '/nowhere'],
    ['GET', '/secrets.js'],
    ['GET', '/../package.json'],
    ['GET', '/.env'],
  ])('are a problem where there is nothing: %s %s', async (method, path) => {
    const { status, body, headers } = await instance.call(method, path);
    expect([status, body.code, body.type, headers.get('content-type')]).toEqual([
      404,
      'not_found',
      'urn:linger:problem:not_found',
      'application/problem+json',
    ]);
  });

  it('tell that the process lives, and that the database answers', async () => {
    expect((await instance.call('GET', '/health')).body).toEqual({ status: 'ok' });
    expect((await instance.call('GET', '/ready')).body).toEqual({ status: 'ok', database: 'ok', dueLagSeconds: 0 });
  });

  it('tell how much work waits, line by line as Prometheus reads it', async () => {
    const { text } = await instance.call('GET', '/metrics');
    for (const line of text.trimEnd().split('\n'))
      expect(line).toMatch(/^(# (HELP|TYPE) linger_\w+ .+|linger_\w+(\{\w+="\w+"\})? \d+(\.\d+)?)$/);
    expect(text).toMatch(/^linger_due_lag_seconds 0$/m);
    expect(text).toMatch(/^linger_letters\{state="due"\} 0$/m);
    expect(Number(/^linger_letters_sent_last_hour (\d+)$/m.exec(text)?.[1])).toBeGreaterThan(0);
    expect(Number(/^linger_shops (\d+)$/m.exec(text)?.[1])).toBeGreaterThan(0);
  });

  it('keep what is private out of caches', async () => {
    const shop = await instance.openShop();
    for (const path of [
      '/v1/shop',
      '/v1/rules',
      '/v1/flows',
      '/v1/setup',
      '/v1/messages?contact=a@example.com',
      '/v1/orders/none',
    ]) {
      expect([path, (await shop.call('GET', path)).headers.get('cache-control')]).toEqual([path, 'no-store']);
    }
  });
});
