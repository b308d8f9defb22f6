/** The pages behind a letter's links: GET shows, POST acts, in the reader's language, without a script. */

import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { pageBrand } from '../../../api/pages/brand.ts';
import type { TokenPurpose } from '../../../api/signing.ts';
import { signToken } from '../../../api/signing.ts';
import { AWAY_REASONS } from '../../../core/letters/letter-wishes.ts';
import { contrast } from '../../../emails/palette.ts';
import { addFlow, type Enrolled, enroll } from '../../support/enroll.ts';
import { DAY, HOUR, type Sending, startSending } from '../../support/sending.ts';

vi.setConfig({ testTimeout: 60_000 });

let sending: Sending;
let people = 0;

beforeAll(async () => {
  sending = await startSending();
  const { deps } = sending.instance;
  await addFlow(deps, sending.shop.id, 'greeting', [{ send: 'offer' }, { wait: '1d' }, { send: 'reminder-1' }], {
    intent: 'welcome',
  });
  await addFlow(deps, sending.shop.id, 'orders', [{ send: 'offer' }, { wait: '1d' }, { send: 'reminder-1' }], {
    purpose: 'transactional',
    stopOn: [],
  });
  await addFlow(deps, sending.shop.id, 'asking', [
    { send: 'nps' },
    { waitFor: { event: 'nps_answered', timeout: '7d', then: [{ stop: 'answered' }] } },
  ]);
  await addFlow(deps, sending.shop.id, 'wondering', [
    { send: 'why' },
    {
      waitFor: {
        event: 'reason_given',
        timeout: '7d',
        then: [{ branch: { if: ['reason', '=', 'price'], then: [{ stop: 'too_dear' }], else: [{ stop: 'other' }] } }],
      },
    },
  ]);
  for (const [group, intent] of [
    ['critic', 'news'],
    ['promoter', 'stock'],
  ] as const) {
    await addFlow(deps, sending.shop.id, `for-${group}s`, [{ tag: { add: [group] } }], {
      entry: { on: 'nps_answered', group },
      intent,
    });
  }
});
afterAll(() => sending.close());
beforeEach(() => sending.postmark.clear());

interface Reader extends Enrolled {
  path(kind: 'u' | 'p' | 'y' | 'n', purpose: TokenPurpose): Promise<string>;
}

async function reader(flow = 'discount-reminder'): Promise<Reader> {
  people += 1;
  const person = await enroll(sending.instance.deps, sending.shop.id, { email: `reader${people}@example.com`, flow });
  await sending.instance.tick();
  const [letter] = await sending.letters(person.contactId);
  const { signingKey } = sending.instance.settings;
  return {
    ...person,
    path: async (kind, purpose) => `/${kind}/${await signToken(signingKey, purpose, letter?.id ?? '')}`,
  };
}

const preferences = (person: Reader) => person.path('p', 'preferences');
const get = (path: string, headers = {}) => sending.instance.call('GET', path, undefined, headers);
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const post = (path: string, fields: [string, string][], agent = BROWSER) =>
  sending.instance.call('POST', path, new URLSearchParams(fields).toString(), {
    'content-type': 'application/x-www-form-urlencoded',
    ...(agent ? { 'user-agent': agent } : {}),
  });

interface Known {
  marketing: string;
  muted: string[];
  pausedUntil: number | null;
  locale: string;
  nps: number | null;
  reason: string | null;
  tags: string[];
}
async function known({ contactId }: Enrolled): Promise<Known> {
  const [row] = await sending.instance.db.engine(
    ({ sql }) => sql<Known[]>`select * from contact where id = ${contactId}`,
  );
  if (!row) throw new Error('no such contact');
  return row;
}
/** Everything that the database holds, in one text. */
async function dump(): Promise<string> {
  const [row] = await sending.instance.db.engine(
    ({ sql }) => sql<{ all: string }[]>`
      select concat((select jsonb_agg(c order by id) from contact c), (select jsonb_agg(d order by key) from delivery_event d),
        (select jsonb_agg(e order by id) from enrollment e), (select jsonb_agg(m order by id) from message m),
        (select jsonb_agg(s order by address_hash) from suppression s), (select jsonb_agg(n order by id) from consent n)) as all`,
  );
  return row?.all ?? '';
}

const PAGES = [
  ['u', 'unsubscribe'],
  ['p', 'preferences'],
  ['y', 'confirm'],
  ['n', 'nps'],
  ['n', 'away'],
  ['n', 'review'],
  ['n', 'reason'],
] as const;

describe.each(PAGES)('/%s of a token for %s', (kind, purpose) => {
  it('shows without changing anything, however it is asked', async () => {
    const path = await (await reader()).path(kind, purpose);
    const before = await dump();
    for (const method of ['GET', 'HEAD']) {
      const { status } = await sending.instance.call(
        method,
        `${path}${kind === 'n' ? '?score=9&reason=price&stars=4' : ''}`,
      );
      expect(status).toBe(200);
    }
    expect(await dump()).toBe(before);
  });

  it('runs nothing, is framed by nobody, is indexed by nobody and never shows the address', async () => {
    const person = await reader();
    const { headers, text } = await get(await person.path(kind, purpose));
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    expect([headers.get('x-robots-tag'), headers.get('cache-control'), headers.get('referrer-policy')]).toEqual([
      'noindex',
      'no-store',
      'no-referrer',
    ]);
    expect(text).not.toMatch(/<script|\son\w+=|javascript:/i);
    expect(text).not.toContain(person.email);
    expect(text).toContain('<html lang="en">');
  });

  it('speaks Russian to who reads Russian', async () => {
    const person = await reader();
    await sending.instance.db.engine(({ sql }) => sql`update contact set locale = 'ru' where id = ${person.contactId}`);
    const { text } = await get(await person.path(kind, purpose));
    expect(text).toContain('<html lang="ru">');
    const visible = text
      .replace(/<style>.*?<\/style>/s, '')
      .replace(/<[^>]+>/g, ' ')
      .replaceAll('Lamp &amp; Leaf', '')
      .replace('English', '')
      .replace('Kettle', '');
    expect(visible).not.toMatch(/[a-z]{3,}/i);
  });

  it('opens to no token of another purpose, nor to one that was changed', async () => {
    const person = await reader();
    for (const [otherKind, other] of PAGES) {
      if (otherKind === kind) continue;
      const path = await person.path(kind, other);
      expect([
        other,
        (await get(path)).status,
        (
          await post(path, [
            ['act', 'unsubscribe'],
            ['score', '1'],
            ['reason', 'price'],
            ['stars', '1'],
          ])
        ).status,
      ]).toEqual([other, 404, 404]);
    }
    const path = await person.path(kind, purpose);
    expect((await get(path.slice(0, -1))).status).toBe(404);
    expect(await known(person)).toMatchObject({ marketing: 'subscribed', nps: null, reason: null });
  });
});

describe('unsubscribing', () => {
  it('is noted on the letter that led there, once, and asks why', async () => {
    const person = await reader();
    const path = await person.path('u', 'unsubscribe');
    await post(path, [['List-Unsubscribe', 'One-Click']]);
    const { text, status } = await post(path, []);
    expect(status).toBe(200);
    const { body } = await sending.shop.call('GET', `/v1/messages?contact=${person.email}`);
    expect(body.data[0].unsubscribedAt).not.toBeNull();
    expect(body.data[0].events.map(({ kind }: { kind: string }) => kind)).toEqual(['unsubscribed']);
    const [, why] = /action="(\/n\/[\w-]+)"/.exec(text) ?? [];
    expect((await post(why ?? '', [['reason', 'too_often']])).text).toContain('Thank you');
    expect((await known(person)).reason).toBe('too_often');
    expect((await post(why ?? '', [['reason', '<b>']])).status).toBe(200);
    expect((await known(person)).reason).toBe('too_often');
  });

  it('shows the way to fewer letters before, and back after', async () => {
    const person = await reader();
    const path = await person.path('u', 'unsubscribe');
    const own = await preferences(person);
    expect((await get(path)).text).toContain(`href="${own}"`);
    expect((await post(path, [])).text).toContain(`href="${own}"`);
    expect((await get(own)).text).toContain('value="subscribe"');
    expect((await post(own, [['act', 'subscribe']])).text).toContain('value="save"');
    expect((await known(person)).marketing).toBe('subscribed');
    const [row] = await sending.instance.db.engine(
      ({ sql }) => sql<{ words: string[]; listed: number }[]>`
        select (select jsonb_agg(method || ':' || granted order by at, granted) from consent where contact_id = ${person.contactId}) as words,
          (select count(*) from suppression x join message m on m.address_hash = x.address_hash where m.contact_id = ${person.contactId}) as listed`,
    );
    expect(row).toEqual({ words: ['one_click:false', 'preferences_page:true'], listed: 0 });
  });
});

describe('choosing letters', () => {
  it('shows what the shop writes about, in friendly words', async () => {
    const { text } = await get(await preferences(await reader()));
    for (const topic of ['leaving', 'welcome']) expect(text).toContain(`value="${topic}" checked`);
    expect(text).toContain('Getting to know the shop');
    expect(text).not.toMatch(/discount-reminder|greeting|orders"/);
  });

  it('holds: what is not wanted is not sent, and nothing new of it begins', async () => {
    const person = await reader('greeting');
    await post(await preferences(person), [
      ['act', 'save'],
      ['topic', 'leaving'],
      ['locale', 'en'],
    ]);
    expect((await known(person)).muted).toEqual(expect.arrayContaining(['welcome']));
    expect((await known(person)).muted).not.toContain('leaving');
    sending.instance.travel(2 * DAY);
    await sending.instance.tick();
    expect((await sending.trail(person.contactId)).at(-1)).toEqual(['reminder-1', 'suppressed', 'muted']);
    expect(await sending.chain(person.enrollmentId)).toMatchObject({ status: 'stopped', reason: 'muted' });
  });

  it('does not touch news of orders', async () => {
    const person = await reader('orders');
    await post(await preferences(person), [
      ['act', 'save'],
      ['pause', '30'],
    ]);
    sending.instance.travel(2 * DAY);
    await sending.instance.tick();
    expect((await sending.trail(person.contactId)).map(([, status]) => status)).toEqual(['sent', 'sent']);
  });

  it('can be undone', async () => {
    const person = await reader();
    const path = await preferences(person);
    await post(path, [['act', 'save']]);
    const { text } = await post(path, [
      ['act', 'save'],
      ['topic', 'leaving'],
      ['topic', 'welcome'],
      ['topic', 'nonsense'],
    ]);
    expect((await known(person)).muted).not.toEqual(expect.arrayContaining(['leaving']));
    expect((await known(person)).muted).not.toContain('welcome');
    expect(text).toContain('Saved.');
  });

  it('takes a break of 30 days: letters wait, and go on after it', async () => {
    const person = await reader();
    const path = await preferences(person);
    await post(path, [
      ['act', 'save'],
      ['topic', 'leaving'],
      ['pause', '30'],
    ]);
    const left = ((await known(person)).pausedUntil ?? 0) - (await sending.now());
    expect(left / DAY).toBeCloseTo(30, 2);
    expect((await get(path)).text).toMatch(/Quiet until \w+ \d+/);
    sending.instance.travel(2 * DAY);
    await sending.instance.tick();
    expect((await sending.trail(person.contactId)).at(-1)).toEqual(['reminder-1', 'queued', 'contact_paused']);
    sending.instance.travel(27 * DAY);
    await sending.instance.tick();
    expect((await sending.trail(person.contactId)).at(-1)?.[1]).toBe('queued');
    sending.instance.travel(DAY + HOUR);
    await sending.instance.tick();
    expect((await sending.trail(person.contactId)).at(-1)?.slice(0, 2)).toEqual(['reminder-1', 'sent']);
    expect((await get(path)).text).not.toContain('Quiet until');
  });

  it('changes the language, also of chains that run', async () => {
    const person = await reader();
    const { text } = await post(await preferences(person), [
      ['act', 'save'],
      ['topic', 'leaving'],
      ['locale', 'ru'],
    ]);
    expect(text).toContain('<html lang="ru">');
    sending.instance.travel(2 * DAY);
    await sending.instance.tick();
    const letters = sending.postmark.sent().filter(({ To }) => To === person.email);
    expect(letters.at(-1)?.Subject).toMatch(/[а-я]/);
    await post(await preferences(person), [
      ['act', 'save'],
      ['topic', 'leaving'],
      ['locale', 'xx'],
    ]);
    expect((await known(person)).locale).toBe('ru');
  });

  it('ends all at once', async () => {
    const person = await reader();
    const { text } = await post(await preferences(person), [['act', 'unsubscribe']]);
    expect(text).toContain('You are unsubscribed');
    expect((await known(person)).marketing).toBe('unsubscribed');
    expect(await sending.chain(person.enrollmentId)).toMatchObject({ status: 'stopped', reason: 'unsubscribed' });
  });

  it('says nothing without its button', async () => {
    const person = await reader();
    const path = await preferences(person);
    expect((await post(path, [['topic', 'leaving']])).status).toBe(200);
    expect((await sending.instance.call('POST', path, '{"act":"unsubscribe"}')).status).toBe(200);
    expect(await known(person)).toMatchObject({ marketing: 'subscribed', muted: [] });
  });
});

describe('would you recommend us', () => {
  it('is eleven links in the letter, and the one that was tapped is chosen on the page', async () => {
    const person = await reader('asking');
    const letter = sending.postmark.sent().find(({ To }) => To === person.email);
    const links = [...(letter?.HtmlBody ?? '').matchAll(/(\/n\/[\w-]+\?score=(\d+))/g)];
    expect(links.map(([, , score]) => Number(score))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(letter?.TextBody).toContain('/n/');
    const { text } = await get(links[7]?.[1] ?? '');
    expect(text).toMatch(/value="7" required checked/);
    expect((await known(person)).nps).toBeNull();
  });

  it.each([
    [3, ['critic']],
    [8, []],
    [10, ['promoter']],
  ])('stores a %i, wakes who waits, and begins what is for its group', async (score, tags) => {
    const person = await reader('asking');
    const path = await person.path('n', 'nps');
    const { text } = await post(path, [
      ['score', String(score)],
      ['comment', 'Nice\r\nshop\u0000 <script>'],
    ]);
    expect(text).toContain('Thank you');
    await sending.instance.tick();
    expect(await known(person)).toMatchObject({ nps: score, tags });
    expect(await sending.chain(person.enrollmentId)).toMatchObject({ status: 'stopped', reason: 'answered' });
    const { body } = await sending.shop.call('GET', `/v1/messages?contact=${person.email}`);
    expect(body.data[0].events).toEqual([
      expect.objectContaining({ kind: 'answered', detail: { nps: score, comment: 'Nice\nshop <script>' } }),
    ]);
  });

  it('takes the latest answer', async () => {
    const person = await reader('asking');
    const path = await person.path('n', 'nps');
    await post(path, [['score', '2']]);
    await post(path, [['score', '9']]);
    expect((await known(person)).nps).toBe(9);
    expect((await get(path)).text).toMatch(/value="9" required checked/);
  });

  it.each(['11', '-1', '1.5', 'x', '', ' 5'.repeat(3)])('asks again for %j', async (score) => {
    const person = await reader('asking');
    const { text, status } = await post(await person.path('n', 'nps'), [['score', score]]);
    expect([status, text.includes('Please choose a number.')]).toEqual([200, true]);
    expect((await known(person)).nps).toBeNull();
  });
});

describe('why somebody stays away', () => {
  it('is six links in the letter, and the one that was tapped is chosen on the page', async () => {
    const person = await reader('wondering');
    const letter = sending.postmark.sent().find(({ To }) => To === person.email);
    const links = [...(letter?.HtmlBody ?? '').matchAll(/(\/n\/[\w-]+\?reason=(\w+))/g)];
    expect(links.map(([, , reason]) => reason)).toEqual([...AWAY_REASONS]);
    const { text } = await get(links[3]?.[1] ?? '');
    expect(text).toMatch(/value="delivery" required checked/);
    expect((await known(person)).reason).toBeNull();
  });

  it.each([
    ['price', 'too_dear'],
    ['quality', 'other'],
  ])('%s is stored, and the flow branches', async (reason, end) => {
    const person = await reader('wondering');
    const { text } = await post(await person.path('n', 'away'), [
      ['reason', reason],
      ['comment', 'Well'],
    ]);
    expect(text).toContain('Thank you');
    await sending.instance.tick();
    expect((await known(person)).reason).toBe(reason);
    expect(await sending.chain(person.enrollmentId)).toMatchObject({ status: 'stopped', reason: end });
    const { body } = await sending.shop.call('GET', `/v1/messages?contact=${person.email}`);
    expect(body.data[0].events).toMatchObject([{ kind: 'answered', detail: { away: reason, comment: 'Well' } }]);
  });

  it('shows the way to fewer letters where they were too many', async () => {
    const person = await reader('wondering');
    const { text } = await post(await person.path('n', 'away'), [['reason', 'too_often']]);
    expect(text).toContain(`href="${await preferences(person)}"`);
  });

  it('asks again for what is none of them', async () => {
    const person = await reader('wondering');
    const { text } = await post(await person.path('n', 'away'), [['reason', 'never_asked']]);
    expect(text).toContain('Please choose a reason.');
    expect((await known(person)).reason).toBeNull();
  });
});

describe('scanners', () => {
  it.each(['', 'Mozilla/5.0 (compatible; Barracuda Sentinel)', 'python-requests/2.32'])(
    'that send the form as %j answer nothing',
    async (agent) => {
      const person = await reader('asking');
      const path = await person.path('n', 'nps');
      const { status, text } = await post(path, [['score', '0']], agent);
      expect([status, text.includes('name="score"')]).toEqual([200, true]);
      expect(await known(person)).toMatchObject({ nps: null, tags: [] });
      expect(await sending.chain(person.enrollmentId)).toMatchObject({ status: 'active' });
    },
  );
});

describe('the brand of the shop', () => {
  const paths: [string, TokenPurpose, 'u' | 'p' | 'y' | 'n'][] = PAGES.map(([kind, purpose]) => [
    `/${kind} ${purpose}`,
    purpose,
    kind,
  ]);

  it.each(paths)('is on %s', async (_name, purpose, kind) => {
    await sending.shop.call('PATCH', '/v1/shop', {
      brand: {
        accent: '#7a1f3d',
        logo: 'https://shop.example/logo.png',
        font: 'serif',
        footer: 'Weekdays 10 to 18',
        social: [{ name: 'Instagram', url: 'https://instagram.com/lamp' }],
      },
    });
    const { text } = await get(await (await reader()).path(kind, purpose));
    for (const part of [
      '#7a1f3d',
      'https://shop.example/logo.png',
      'Georgia',
      'Weekdays 10 to 18',
      'instagram.com/lamp',
    ])
      expect(text).toContain(part);
    expect(text).toContain('alt="Lamp &amp; Leaf"');
  });

  it('can be read, in the light and in the dark', () => {
    for (const accent of ['#ffff00', '#000000', '#0b6b4f', '#7a1f3d', '#fff', '#2040ff']) {
      const { style } = pageBrand({ name: 'Shop', brand: { accent } });
      const [light = '', dark = ''] = [...style.matchAll(/--link: (#\w{6})/g)].map(([, colour]) => colour ?? '');
      expect(contrast(light, '#fbfaf7'), accent).toBeGreaterThanOrEqual(4.5);
      expect(contrast(dark, '#171a19'), accent).toBeGreaterThanOrEqual(4.5);
    }
  });
});
