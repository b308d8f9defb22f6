/** Puts the demo shop on the server: opened through the same API that a real shop is, with a chain that takes seconds. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Hono } from 'hono';
import { demoShop } from '../../demo/shop.ts';
import type { Settings } from '../settings.ts';

interface DemoKeys {
  siteKey: string;
  secretKey: string;
}

const FLOW = {
  steps: [
    { send: 'offer' },
    { wait: '8s' },
    { send: 'reminder-1' },
    { wait: '8s' },
    { send: 'reminder-2' },
    { wait: '8s' },
    { send: 'last-chance' },
  ],
};

const RULE = {
  name: 'Leaving with things in mind',
  enabled: true,
  moment: 'exit',
  when: {
    all: [
      ['pages', '>=', 2],
      {
        any: [
          ['viewed', '>=', 1],
          ['carted', '>=', 1],
        ],
      },
    ],
  },
  offer: { kind: 'percent', value: 10, expiresIn: '7d' },
  code: { prefix: 'LINGER' },
  quietFor: { shown: '0s' },
  holdout: 0,
};

/** The app with the demo shop beside it. */
export async function withDemo(app: Hono, settings: Settings, dataDir: string): Promise<Hono> {
  const call = async (path: string, init: RequestInit): Promise<Response> => app.request(path, init);
  const origins = [
    ...new Set([settings.publicUrl, `http://localhost:${settings.port}`, `http://127.0.0.1:${settings.port}`]),
  ].map((url) => new URL(url).origin);
  const file = join(dataDir, 'demo.json');
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as DemoKeys) : null;
  // The port or the public url may be another than last time.
  const alive = known && (await json(call, 'PATCH', '/v1/shop', known.secretKey, { origins }));
  const keys = known && alive ? known : await openShop(call, settings.adminKey, origins);
  if (!alive) writeFileSync(file, JSON.stringify(keys, null, 2), { mode: 0o600 });
  const served = new Hono();
  served.route('/demo', demoShop({ call, ...keys, widget: '/l.js', base: '/demo', inbox: '/inbox' }));
  served.get('/', (context) => context.redirect('/demo'));
  served.mount('/', (request, env) => app.fetch(request, env as object), { replaceRequest: (request) => request });
  return served;
}

type Caller = (path: string, init: RequestInit) => Promise<Response>;

async function openShop(call: Caller, adminKey: string, origins: string[]): Promise<DemoKeys> {
  const shop = await json(call, 'POST', '/v1/shops', adminKey, {
    name: 'Quiet Hour',
    origins,
    currency: 'RUB',
    locale: 'en',
    timezone: 'Europe/Moscow',
    sender: { name: 'Quiet Hour', email: 'hello@quiet-hour.example' },
    postalAddress: 'Quiet Hour, 1 Lamp Lane, Teapot 101',
    consent: 'one',
    // As the shop's own pages look.
    brand: { accent: '#9c4a2c', background: '#fffdf8', text: '#2d2a26', radius: 10 },
  });
  if (!shop) throw new Error('the demo shop could not be opened');
  const { siteKey, secretKey } = shop as unknown as DemoKeys;
  await json(call, 'PATCH', '/v1/flows/discount-reminder', secretKey, FLOW);
  await json(call, 'POST', '/v1/rules', secretKey, RULE);
  return { siteKey, secretKey };
}

async function json(
  call: Caller,
  method: string,
  path: string,
  key: string,
  body: unknown,
): Promise<Record<string, unknown> | null> {
  const response = await call(path, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return response.ok ? ((await response.json()) as Record<string, unknown>) : null;
}
