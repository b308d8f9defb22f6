import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENDPOINTS } from '../../api/app.ts';
import { FRIEND_REFUSALS, REWARD_REFUSALS } from '../../core/codes/referral.ts';
import { readDoc } from '../support/docs.ts';
import { type Instance, type ShopHandle, startInstance } from '../support/shop.ts';

describe.each(['referral.md', 'referral.ru.md'])('what docs/%s shows', (name) => {
  let instance: Instance;
  let shop: ShopHandle;

  beforeAll(async () => {
    instance = await startInstance();
    shop = await instance.openShop();
  });
  afterAll(() => instance.close());

  const text = readDoc(name);

  it('is calls that work', async () => {
    const calls = [...text.matchAll(/^curl (?:-X (\w+) )?https:\/\/linger\.example(\S+) .*? -d '(.*?)'$/gms)];
    const answers = [];
    for (const [, method = 'POST', path = '', body] of calls)
      answers.push(await shop.call(method, path, JSON.parse(body ?? '')));
    expect(answers.map(({ status }) => status)).toEqual([200, 201]);
    expect(answers[0]?.body.referral).toMatchObject({ friend: { minOrder: 30 }, reward: { value: 5 } });
    const [, short = ''] = /`(\{"referral": .*?\}\})`/.exec(text) ?? [];
    expect((await shop.call('PATCH', '/v1/shop', JSON.parse(short))).status).toBe(200);
    expect(answers[1]?.body.link).toMatch(/^https:\/\/linger\.example\/r\/[0-9a-z]{11}$/);
    const [, asked = ''] = /`GET (\/v1\/referrals\?\S+)`/.exec(text) ?? [];
    expect((await shop.call('GET', asked)).status).toBe(200);
  });

  it('is endpoints that there are, and every reason', () => {
    const mounted = ENDPOINTS.map(({ spec }) => spec.path);
    const told = [...text.matchAll(/`(?:GET|POST) (\/v1\/[a-z/{}-]+)/g)].map(([, path = '']) =>
      path.replace('{code}', ':code'),
    );
    expect(told.filter((path) => !mounted.includes(path))).toEqual([]);
    for (const reason of [...FRIEND_REFUSALS, ...REWARD_REFUSALS]) expect(text).toContain(`\`${reason}\``);
  });
});
