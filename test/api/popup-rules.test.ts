import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Instance, type ShopHandle, startInstance } from '../support/shop.ts';

let instance: Instance;
let shop: ShopHandle;

beforeAll(async () => {
  instance = await startInstance();
  shop = await instance.openShop();
});
afterAll(() => instance.close());

const rule = { name: 'Stay', moment: 'exit', when: ['pages', '>=', 1], offer: { kind: 'shipping', minOrder: 3_000 } };
const save = (popup: object, more: object = {}) =>
  shop.call('POST', '/v1/rules', { ...rule, popup, ...more }).then(({ status, body }) => ({ status, body }));

it.each([
  { format: 'sheet', fields: { name: 'required', birthday: 'optional', phone: 'optional' } },
  { format: 'bar', steps: ['progress'], reviews: 'none' },
  { format: 'slide', reviews: 'items' },
  { format: 'inline', steps: ['tease', 'progress', 'reason'] },
  { format: 'modal', steps: ['act'], act: { act: 'share', network: 'any' } },
  { format: 'slide', steps: ['act'], act: { act: 'invite', network: 'telegram', url: 'https://shop.example/gift' } },
  { format: 'tab', steps: ['act'], act: { act: 'join', network: 'vk', url: 'https://vk.com/shop' } },
])('keeps %j as it is, and tells it to every page', async (popup) => {
  const { status, body } = await save(popup, { enabled: true });
  expect([status, body.popup]).toEqual([201, popup]);
  const { body: config } = await instance.call('GET', `/v1/config?shop=${shop.siteKey}`);
  expect(config.rules.find((one: { id: string }) => one.id === body.id).popup).toEqual(popup);
});

it.each<[string, object, object?]>([
  ['popup.act', { steps: ['act'] }],
  ['popup.act', { act: { act: 'share', network: 'vk' } }],
  ['popup.act.url', { steps: ['act'], act: { act: 'join', network: 'vk' } }],
  ['popup.act.url', { steps: ['act'], act: { act: 'share', network: 'vk', url: 'javascript:alert(1)' } }],
  ['popup.act.network', { steps: ['act'], act: { act: 'like', network: 'any', url: 'https://shop.example/' } }],
  ['popup.act.network', { steps: ['act'], act: { act: 'share', network: 'myspace' } }],
  ['popup.steps', { format: 'modal', steps: ['progress'] }],
  ['popup.steps', { format: 'bar', steps: ['progress'] }, { offer: { kind: 'shipping' } }],
  ['popup.steps', { steps: ['reason', 'reason'] }],
  ['popup.steps.0', { steps: ['address'] }],
  ['popup.fields.address', { fields: { address: 'required' } }],
  ['popup.fields.name', { fields: { name: true } }],
  ['popup.reviews', { format: 'bar', reviews: 'shop' }],
  ['variants.0.popup.reviews', { reviews: 'items' }, { variants: [{ key: 'a', popup: { format: 'bar' } }] }],
  [
    'variants.0.popup.steps',
    { format: 'bar', steps: ['progress'] },
    { variants: [{ key: 'a', popup: { format: 'tab' } }] },
  ],
  ['variants.0.popup.act', {}, { variants: [{ key: 'a', popup: { steps: ['act'] } }] }],
])('a problem of %s is named so: %j %j', async (path, popup, more) => {
  const { status, body } = await save(popup, more);
  expect(status).toBe(422);
  expect(body.errors.map((error: { path: string }) => error.path)).toEqual([path]);
});
