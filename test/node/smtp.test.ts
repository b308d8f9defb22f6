import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { smtpMailer } from '../../api/node/smtp.ts';
import type { OutgoingLetter, SendOutcome } from '../../emails/mailer.ts';
import { type SmtpFault, startSmtpServer, type TestSmtpServer } from '../support/smtp-server.ts';

const letter: OutgoingLetter = {
  id: '0198c0de-0000-7000-8000-000000000001',
  shop: 'shop_1',
  stream: 'broadcast',
  from: { name: 'Лён, "и" хлопок', email: 'hello@linen.example' },
  to: 'anna@mail.example',
  subject: 'Ваша скидка 10 %',
  html: '<p>Привет</p>',
  text: '.Привет\n..\n',
  headers: { 'List-Unsubscribe': '<https://l.example/u/1>', 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
  tag: 'offer',
};

let server: TestSmtpServer;
const open: { close(): void }[] = [];
beforeAll(async () => {
  server = await startSmtpServer();
});
afterEach(() => {
  for (const one of open.splice(0)) one.close();
  server.clear();
});
afterAll(() => server.stop());

const mailer = (url = `smtp://127.0.0.1:${server.port}`) => {
  const made = smtpMailer(url);
  open.push(made);
  return made;
};

async function sendUnder(fault: SmtpFault, timeoutMs = 5_000): Promise<SendOutcome> {
  server.fail(fault);
  return mailer().send(letter, timeoutMs);
}

describe('an accepted letter', () => {
  it('carries its id as Message-ID, the unsubscribe headers, both readings and one recipient', async () => {
    const outcome = await mailer().send(letter, 5_000);
    expect(outcome).toEqual({ kind: 'accepted', providerId: `${letter.id}@linen.example` });
    const [taken] = server.taken();
    expect(taken).toMatchObject({ from: 'hello@linen.example', to: ['anna@mail.example'] });
    const text = taken?.text.replace(/\r\n[ \t]/g, ' ') ?? '';
    expect(text).toContain(`Message-ID: <${letter.id}@linen.example>`);
    expect(text).toContain('List-Unsubscribe: <https://l.example/u/1>');
    expect(text).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    expect(text).toContain('To: anna@mail.example');
    expect(text).toMatch(/Content-Type: multipart\/alternative/);
    expect(text).toContain(Buffer.from('<p>Привет</p>').toString('base64'));
  });

  it('goes over the connection of the one before', async () => {
    const before = server.connections();
    const same = mailer();
    for (let one = 0; one < 5; one += 1) {
      expect(await same.send({ ...letter, id: `letter-${one}` }, 5_000)).toMatchObject({ kind: 'accepted' });
    }
    expect(server.connections() - before).toBe(1);
  });

  it('goes over a new connection where the server gave the kept one up', async () => {
    const same = mailer();
    await same.send(letter, 5_000);
    server.drop();
    expect(await same.send({ ...letter, id: 'second' }, 5_000)).toMatchObject({ kind: 'accepted' });
    expect(server.taken().length).toBe(2);
  });

  it('leaves under the name and password of the url, over TLS where the server has it', async () => {
    const user = `smtp://shop%40linen:right@127.0.0.1:${server.port}`;
    expect(await mailer(user).send(letter, 5_000)).toMatchObject({ kind: 'accepted' });
    expect(server.taken()[0]).toMatchObject({ user: 'shop@linen', secure: true });
  });

  it('leaves over TLS from the start', async () => {
    const strict = await startSmtpServer({ secure: true });
    const sent = await mailer(`smtps://localhost:${strict.port}`).send(letter, 5_000);
    expect([sent.kind, strict.taken()[0]?.secure]).toEqual(['accepted', true]);
    await strict.stop();
  });
});

describe('a definite answer', () => {
  const at = (command: 'MAIL FROM' | 'RCPT TO' | 'DATA', reply: string): SmtpFault => ({ at: command, reply });
  const cases: [string, SmtpFault, Partial<SendOutcome>][] = [
    ['an unknown mailbox', at('RCPT TO', '550 5.1.1 User unknown'), { kind: 'refused', reason: 'invalid_address' }],
    ['an unknown mailbox, said plainly', at('RCPT TO', '550 No such user'), { kind: 'refused' }],
    ['a closed mailbox', at('RCPT TO', '550 5.2.1 Disabled'), { kind: 'refused', reason: 'inactive_recipient' }],
    ['an unknown mailbox, found late', at('DATA', '550 5.1.1 User unknown'), { kind: 'refused' }],
    ['a full mailbox', at('RCPT TO', '552 5.2.2 Mailbox full'), { kind: 'retry' }],
    ['greylisting', at('RCPT TO', '451 4.7.1 Try again later'), { kind: 'retry' }],
    ['too much at once', at('MAIL FROM', '421 4.3.2 Too many messages'), { kind: 'retry' }],
    ['a failure after the text', at('DATA', '451 4.3.0 Disk full'), { kind: 'retry' }],
    ['a relay that does not know us', at('RCPT TO', '550 5.7.1 Relaying denied'), { kind: 'halt' }],
    ['the same, said plainly', at('RCPT TO', '554 Relay access denied'), { kind: 'halt' }],
    ['a sender that is not ours', at('MAIL FROM', '550 5.7.1 Sender not allowed'), { kind: 'halt' }],
    ['a sender that fails DMARC', at('DATA', '550 5.7.26 Unauthenticated'), { kind: 'halt' }],
    ['an unknown sender', at('RCPT TO', '550 5.1.8 Bad sender'), { kind: 'halt' }],
    ['a letter that is too large', at('DATA', '552 5.3.4 Message too big'), { kind: 'rejected' }],
    ['a letter that can’t be read', at('DATA', '554 5.6.0 Malformed'), { kind: 'rejected' }],
  ];
  it.each(cases)('%s', async (_, fault, expected) => {
    expect(await sendUnder(fault)).toMatchObject(expected);
    expect(server.taken()).toEqual([]);
  });

  it('a wrong password halts', async () => {
    const outcome = await mailer(`smtp://shop:wrong@127.0.0.1:${server.port}`).send(letter, 5_000);
    expect(outcome).toMatchObject({ kind: 'halt', reason: expect.stringContaining('auth') });
  });

  it('names no address', async () => {
    const outcome = await sendUnder(at('RCPT TO', '451 4.2.0 <anna@mail.example>: Greylisted'));
    expect(JSON.stringify(outcome)).not.toContain('anna');
  });
});

describe('a connection that ends or hangs', () => {
  const cases: [string, SmtpFault, SendOutcome['kind'], number][] = [
    ['before the text: certainly not taken', 'drop-before-data', 'retry', 0],
    ['in the text: nobody knows', 'drop-in-data', 'unknown', 0],
    ['after the text: nobody knows', 'drop-after-data', 'unknown', 1],
    ['silent before the text: certainly not taken', 'hang-before-data', 'retry', 0],
    ['silent after the text: nobody knows', 'hang-after-data', 'unknown', 1],
  ];
  it.each(cases)('%s', async (_, fault, kind, taken) => {
    expect(await sendUnder(fault, 400)).toMatchObject({ kind });
    expect(server.taken().length).toBe(taken);
  });

  it('a letter given up before its text never arrives later', async () => {
    server.fail('hang-before-data');
    const same = mailer();
    expect(await same.send(letter, 200)).toMatchObject({ kind: 'retry' });
    expect(await same.send({ ...letter, id: 'second' }, 5_000)).toMatchObject({ kind: 'accepted' });
    expect(server.taken().map(({ text }) => text.includes('second@'))).toEqual([true]);
  });

  it('a server that is not there', async () => {
    expect(await mailer('smtp://127.0.0.1:1').send(letter, 5_000)).toMatchObject({ kind: 'retry' });
  });
});

describe('TLS', () => {
  // The same machine by an address that is not the loopback's: as strangers' servers are reached.
  const abroad = (port: number, scheme = 'smtp') => `${scheme}://0.0.0.0:${port}`;

  it('is demanded of a server elsewhere: one without it gets no letter', async () => {
    const plain = await startSmtpServer({ disabledCommands: ['STARTTLS'] });
    const outcome = await mailer(abroad(plain.port)).send(letter, 5_000);
    expect([outcome.kind, plain.taken().length]).toEqual(['halt', 0]);
    expect(await mailer(`smtp://127.0.0.1:${plain.port}`).send(letter, 5_000)).toMatchObject({ kind: 'accepted' });
    await plain.stop();
  });

  it.each(['smtp', 'smtps'])('with a certificate that nobody vouches for is none: %s', async (scheme) => {
    const selfMade = await startSmtpServer({ secure: scheme === 'smtps' });
    const outcome = await mailer(abroad(selfMade.port, scheme)).send(letter, 5_000);
    expect([outcome.kind, selfMade.taken().length]).toEqual(['halt', 0]);
    await selfMade.stop();
  });
});

describe('a letter that no one could receive or answer for', () => {
  const recipients = ['a@b.example\r\nBcc: x@y.example', 'a@b.example, c@d.example', `${'a'.repeat(65)}@b.example`];
  it.each(recipients)('never leaves to %j', async (to) => {
    expect(await mailer().send({ ...letter, to }, 5_000)).toMatchObject({ kind: 'refused', reason: 'invalid_address' });
    expect(server.taken()).toEqual([]);
  });

  it('keeps what strangers typed on one line of its own header', async () => {
    await mailer().send(
      {
        ...letter,
        from: { name: 'Shop" <x@y.example>\r\nBcc: z', email: 'hello@linen.example' },
        subject: 'Sale\r\nBcc: x@y.example\u2028\0now',
        headers: { 'X-Note': 'one\r\nBcc: x@y.example', 'Bad\r\nBcc': 'x', Bcc: 'x@y.example' },
      },
      5_000,
    );
    const [taken] = server.taken();
    expect(taken?.to).toEqual(['anna@mail.example']);
    expect(taken?.text).not.toMatch(/^Bcc:/im);
  });
});

it('can’t be asked about a letter', async () => {
  expect(await mailer().find(letter.id, 100)).toMatchObject({ kind: 'unknowable' });
});
