import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { OutgoingLetter, SendOutcome } from '../../emails/mailer.ts';
import { postmarkMailer } from '../../emails/postmark.ts';
import { type FakePostmark, type Fault, startFakePostmark } from '../support/fake-postmark.ts';

const letter: OutgoingLetter = {
  id: 'msg_1',
  shop: 'shop_1',
  stream: 'broadcast',
  from: { name: 'Лён, "и" хлопок', email: 'hello@linen.example' },
  to: 'anna@mail.example',
  subject: 'Ваша скидка 10 %',
  html: '<p>Привет</p>',
  text: 'Привет',
  headers: { 'List-Unsubscribe': '<https://l.example/u/1>', 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
  tag: 'offer',
};

let clock = 0;
let postmark: FakePostmark;
beforeAll(async () => {
  postmark = await startFakePostmark({ token: 'right', searchLagMs: 1_000, now: () => clock });
});
afterEach(() => postmark.clear());
afterAll(() => postmark.stop());

const mailer = (token = 'right') => postmarkMailer({ token, url: postmark.url });

async function sendUnder(fault: Fault | null, timeoutMs = 5_000): Promise<SendOutcome> {
  postmark.fail([fault]);
  return mailer().send(letter, timeoutMs);
}

describe('an accepted letter', () => {
  it('carries its id as metadata, its stream, its tag and the unsubscribe headers', async () => {
    const outcome = await mailer().send(letter, 5_000);
    const [sent] = postmark.sent();
    expect(outcome).toEqual({ kind: 'accepted', providerId: sent?.MessageID });
    expect(sent).toMatchObject({
      From: '"Лён, \\"и\\" хлопок" <hello@linen.example>',
      To: 'anna@mail.example',
      Subject: letter.subject,
      HtmlBody: letter.html,
      TextBody: letter.text,
      MessageStream: 'broadcast',
      Tag: 'offer',
      Metadata: { m: 'msg_1' },
      Headers: [
        { Name: 'List-Unsubscribe', Value: '<https://l.example/u/1>' },
        { Name: 'List-Unsubscribe-Post', Value: 'List-Unsubscribe=One-Click' },
      ],
      TrackOpens: false,
      TrackLinks: 'None',
    });
  });

  it('goes on the stream that the shop named for its kind', async () => {
    const streams = { broadcast: 'broadcast', transactional: 'outbound' };
    await postmarkMailer({ token: 'right', url: postmark.url, streams }).send(
      { ...letter, stream: 'transactional' },
      5_000,
    );
    expect(postmark.sent()[0]?.MessageStream).toBe('outbound');
  });
});

describe('a definite no', () => {
  const cases: [string, Fault, Partial<SendOutcome>][] = [
    ['406 refuses an inactive recipient', { answer: 406 }, { kind: 'refused', reason: 'inactive_recipient' }],
    ['300 refuses an invalid address', { answer: 300 }, { kind: 'refused', reason: 'invalid_address' }],
    ['300 about the sender halts', { answer: 300, message: "Invalid 'From' address: 'x'." }, { kind: 'halt' }],
    ['429 is tried again later', { answer: 429, status: 429 }, { kind: 'retry' }],
    ['100 is tried again later', { answer: 100, status: 503 }, { kind: 'retry' }],
    ['500 with an answer is tried again later', { answer: 0, status: 500 }, { kind: 'retry' }],
    ['503 with an answer is tried again later', { answer: 0, status: 503 }, { kind: 'retry' }],
    ...[10, 400, 401, 405, 412, 413].map((code): [string, Fault, Partial<SendOutcome>] => [
      `${code} halts the shop`,
      { answer: code, status: code === 10 ? 401 : 422 },
      { kind: 'halt' },
    ]),
  ];
  it.each(cases)('%s', async (_, fault, expected) => {
    expect(await sendUnder(fault)).toMatchObject(expected);
    expect(postmark.sent()).toEqual([]);
  });

  it('halts on a wrong token', async () => {
    expect(await mailer('wrong').send(letter, 5_000)).toMatchObject({
      kind: 'halt',
      reason: expect.stringContaining('postmark 10:'),
    });
  });
});

describe('anything else says nothing about the letter', () => {
  const cases: [string, Fault, number][] = [
    ['a socket destroyed before acceptance', 'drop', 0],
    ['a reset after acceptance', 'accept-reset', 1],
    ['a body cut in the middle', 'accept-cut', 1],
    ["a proxy's 502 page", { page: '<h1>Bad gateway</h1>', status: 502 }, 0],
    ["a proxy's 503 page without Postmark's answer", { page: 'busy', status: 503 }, 0],
    ['a 200 that is not JSON', { page: 'ok', status: 200 }, 0],
    ['an empty 200', { page: '', status: 200 }, 0],
    ['a code that is not on the list', { answer: 1235 }, 0],
  ];
  it.each(cases)('%s', async (_, fault, accepted) => {
    expect(await sendUnder(fault)).toMatchObject({ kind: 'unknown' });
    expect(postmark.sent()).toHaveLength(accepted);
  });

  const slow: [string, Fault, number][] = [
    ['a silent provider', 'hang', 0],
    ['silence after acceptance', 'accept-hang', 1],
    ['a body that never ends', 'accept-hang-in-body', 1],
  ];
  it.each(slow)('%s is given up in time', async (_, fault, accepted) => {
    expect(await sendUnder(fault, 300)).toMatchObject({ kind: 'unknown' });
    expect(postmark.sent()).toHaveLength(accepted);
  });

  it('a fetch that ignores its signal is given up in time', async () => {
    const deaf = postmarkMailer({ token: 't', url: postmark.url, fetch: () => new Promise(() => {}) });
    expect(await deaf.send(letter, 50)).toEqual({ kind: 'unknown', reason: 'OverdueError: no answer within 50 ms' });
  });

  it('a provider that is not there', async () => {
    const nobody = postmarkMailer({ token: 't', url: 'http://127.0.0.1:1' });
    expect(await nobody.send(letter, 5_000)).toMatchObject({ kind: 'unknown' });
  });
});

describe('a letter that no one could receive or answer for', () => {
  const recipients = ['a@b.example\r\nBcc: x@y.example', 'a@b.example, c@d.example', `${'a'.repeat(65)}@b.example`];
  it.each(recipients)('never leaves to %j', async (to) => {
    const outcome = await mailer().send({ ...letter, to }, 5_000);
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'invalid_address' });
    expect(postmark.received()).toBe(0);
  });

  it('halts when the sender holds a line break', async () => {
    const from = { name: 'Shop', email: 'a@b.example\nBcc: x@y.example' };
    expect(await mailer().send({ ...letter, from }, 5_000)).toMatchObject({ kind: 'halt' });
  });

  it('keeps what strangers typed on one line of its own header', async () => {
    await mailer().send(
      {
        ...letter,
        from: { name: 'Shop" <x@y.example>\r\nBcc: z', email: 'hello@linen.example' },
        subject: 'Sale\r\nBcc: x@y.example\u2028\0now',
        headers: { 'X-Note': 'one\r\nBcc: x@y.example', 'Bad\r\nBcc': 'x', Bcc: 'x@y.example', 'To ': 'x' },
      },
      5_000,
    );
    expect(postmark.sent()[0]).toMatchObject({
      From: '"Shop\\" <x@y.example> Bcc: z" <hello@linen.example>',
      To: 'anna@mail.example',
      Subject: 'Sale Bcc: x@y.example now',
      Headers: [{ Name: 'X-Note', Value: 'one Bcc: x@y.example' }],
    });
  });
});

describe('asking about a letter', () => {
  it('finds it by its id once the index knows it, and not before', async () => {
    clock = 10_000;
    await sendUnder('accept-reset');
    expect(await mailer().find('msg_1', 5_000)).toEqual({ kind: 'missing' });
    clock = 11_000;
    expect(await mailer().find('msg_1', 5_000)).toEqual({
      kind: 'found',
      providerId: postmark.sent()[0]?.MessageID,
    });
    expect(await mailer().find('msg_2', 5_000)).toEqual({ kind: 'missing' });
  });

  it('does not take a listing of other messages for a find', async () => {
    const other = { TotalCount: 1, Messages: [{ MessageID: 'x', Metadata: { m: 'another' } }] };
    const careless = postmarkMailer({ token: 't', fetch: async () => Response.json(other) });
    expect(await careless.find('msg_1', 5_000)).toEqual({ kind: 'missing' });
  });

  const faults: Fault[] = [
    'drop',
    { answer: 0, status: 500 },
    { answer: 10, status: 401 },
    { page: 'hm', status: 200 },
  ];
  it.each(faults)('is unanswered after %j', async (fault) => {
    postmark.failSearches([fault]);
    expect(await mailer().find('msg_1', 5_000)).toMatchObject({ kind: 'unanswered' });
  });

  it('is unanswered when the provider stays silent', async () => {
    postmark.failSearches(['hang']);
    expect(await mailer().find('msg_1', 100)).toMatchObject({ kind: 'unanswered' });
  });
});
