/** Bounces and complaints that come by mail, and what a mail server refuses at once: each ends what has to end. */

import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { smtpMailer } from '../../../api/node/smtp.ts';
import { addressHash } from '../../../api/signing.ts';
import { parseEmail } from '../../../core/values/email-address.ts';
import { MAIL_REPORTS, type MailReport } from '../../cases/mail-reports.ts';
import { addFlow, enroll, enrollAll } from '../../support/enroll.ts';
import { GRACE } from '../../support/sending.ts';
import { type Instance, type ShopHandle, startInstance } from '../../support/shop.ts';
import { startSmtpServer, type TestSmtpServer } from '../../support/smtp-server.ts';

vi.setConfig({ testTimeout: 60_000 });

const LOGIN = { user: 'mailbox', password: 'a-long-password' };
const BASIC = `Basic ${btoa(`${LOGIN.user}:${LOGIN.password}`)}`;

let server: TestSmtpServer;
let mailer: ReturnType<typeof smtpMailer>;
let instance: Instance;
let shop: ShopHandle;
let people = 0;
beforeAll(async () => {
  server = await startSmtpServer();
  mailer = smtpMailer(`smtp://127.0.0.1:${server.port}`);
  instance = await startInstance({ mailer });
  shop = await newShop();
});
afterAll(async () => {
  await instance.close();
  mailer.close();
  await server.stop();
});
beforeEach(async () => {
  server.clear();
  await shop.done('PATCH', '/v1/shop', { sending: { resume: true } });
});

async function newShop(): Promise<ShopHandle> {
  const opened = await instance.openShop({ sending: { dailyCap: null, quietHours: null } });
  await opened.done('PATCH', '/v1/shop', { integrations: { smtp: LOGIN } });
  await addFlow(instance.deps, opened.id, 'two', [{ send: 'offer' }, { wait: '1d' }, { send: 'reminder-1' }]);
  return opened;
}

/** A person whose first letter has left, and the Message-ID that it left with. */
async function reached() {
  people += 1;
  const email = `reader${people}@example.com`;
  await enroll(instance.deps, shop.id, { email, flow: 'two' });
  server.clear();
  await instance.tick();
  const [, messageId = ''] = /^Message-ID: <(.*)>/im.exec(server.taken()[0]?.text ?? '') ?? [];
  return { email, messageId };
}

const hand = (mail: string, { to = shop, authorization = BASIC }: { to?: ShopHandle; authorization?: string } = {}) =>
  instance.call('POST', `/hooks/mail/${to.id}`, mail, { 'content-type': 'message/rfc822', authorization });

const barred = async (email: string, of = shop): Promise<string | null> => {
  const hash = await addressHash(instance.settings.signingKey, parseEmail(email)?.canonical ?? '');
  const [row] = await instance.db.engine(
    ({ sql }) =>
      sql<{ reason: string }[]>`select reason from suppression where shop_id = ${of.id} and address_hash = ${hash}`,
  );
  return row?.reason ?? null;
};
const trail = async (email: string) => (await shop.done('GET', `/v1/messages?contact=${email}`)).data;
const stopOf = ({ told }: MailReport) => told && (told.kind === 'bounced' ? (told.hard ? 'bounced' : null) : told.kind);

describe('a mailbox hands on', () => {
  it.each(MAIL_REPORTS)('$name', async (report) => {
    const person = await reached();
    const mail = report.mail(person);
    const twice = [await hand(mail), await hand(mail.replaceAll('\r\n', '\n'))];
    expect(twice.map(({ status, body }) => [status, body.heard])).toEqual(
      // What is a report of some letter is heard, whosever it was.
      [0, 1].map(() => [200, report.told !== null || report.name === 'of a letter that nobody sent']),
    );
    const [letter] = await trail(person.email);
    expect(letter.events.map(({ kind }: { kind: string }) => kind)).toEqual(report.told ? [report.told.kind] : []);
    if (report.told?.kind === 'bounced') expect(letter.events[0].detail.hard).toBe(report.told.hard);
    expect(JSON.stringify(letter.events)).not.toContain('mail.example>');
    expect(await barred(person.email)).toBe(stopOf(report));
    const stopped = stopOf(report);
    expect([letter.chain.status, letter.chain.reason]).toEqual(stopped ? ['stopped', stopped] : ['active', null]);
  });

  it('nothing where the password is wrong, or none is set, or the shop is another', async () => {
    const bounce = MAIL_REPORTS[0] as MailReport;
    const person = await reached();
    const mail = bounce.mail(person);
    expect((await hand(mail, { authorization: `Basic ${btoa('mailbox:a-wrong-password')}` })).status).toBe(401);
    const other = await newShop();
    expect((await hand(mail, { to: other })).body).toEqual({ heard: true });
    expect([await barred(person.email), await barred(person.email, other)]).toEqual([null, null]);
    await other.done('PATCH', '/v1/shop', { integrations: { smtp: null } });
    expect((await hand(mail, { to: other })).status).toBe(401);
    expect((await hand(mail, { to: { ...shop, id: 'x' } })).status).toBe(404);
    expect((await hand('x'.repeat(1_100_000))).status).toBe(413);
  });

  it('proof that a letter in doubt had left: it counts as sent', async () => {
    people += 1;
    const email = `reader${people}@example.com`;
    await enroll(instance.deps, shop.id, { email, flow: 'two' });
    server.fail('drop-after-data');
    await instance.tick();
    instance.travel(GRACE);
    await instance.tick();
    expect((await trail(email))[0]).toMatchObject({ status: 'failed', reason: 'unconfirmed' });
    const [, messageId = ''] = /^Message-ID: <(.*)>/im.exec(server.taken()[0]?.text ?? '') ?? [];
    const full = MAIL_REPORTS.find(({ name }) => name === 'a full mailbox') as MailReport;
    expect((await hand(full.mail({ email, messageId }))).body).toEqual({ heard: true });
    expect((await trail(email))[0]).toMatchObject({ status: 'sent', reason: null });
  });
});

describe('an address that the mail server refuses at once', () => {
  it('has bounced: it is told in the trail, barred, and its chains end', async () => {
    people += 1;
    const email = `reader${people}@example.com`;
    await enroll(instance.deps, shop.id, { email, flow: 'two' });
    server.fail({ at: 'RCPT TO', reply: '550 5.1.1 User unknown' });
    await instance.tick();
    const [letter] = await trail(email);
    expect(letter).toMatchObject({
      status: 'suppressed',
      reason: 'invalid_address',
      chain: { status: 'stopped', reason: 'invalid_address' },
      events: [{ kind: 'bounced', detail: { hard: true, description: '550 5.1.1 User unknown' } }],
    });
    expect(await barred(email)).toBe('invalid_address');
  });

  it('counts: more than five in a hundred halt what sells', async () => {
    const full = await newShop();
    const some = (from: number, count: number) =>
      Array.from({ length: count }, (_, n) => ({ email: `many${from + n}@example.com`, flow: 'two' }));
    await enrollAll(instance.deps, full.id, some(0, 56));
    await instance.tick();
    await enrollAll(instance.deps, full.id, some(56, 4));
    server.fail(...Array.from({ length: 4 }, () => ({ at: 'RCPT TO' as const, reply: '550 5.1.1 User unknown' })));
    await instance.tick();
    // They are refused at the same time: whichever is counted first as too many halts.
    expect((await full.done('GET', '/v1/shop')).marketingHaltedReason).toMatch(
      /^[34] of the last (59|60) letters went to addresses that don’t exist$/,
    );
  });
});

it('setup says where the mailbox has to hand its mail on, until it does', async () => {
  const other = await instance.openShop();
  const how = async (): Promise<string> => {
    const { steps } = await other.done('GET', '/v1/setup');
    return steps.find(({ step }: { step: string }) => step === 'mail').how;
  };
  expect(await how()).not.toContain('through its webhook');
  await other.done('PATCH', '/v1/shop', { integrations: { smtp: LOGIN } });
  expect((await other.done('GET', '/v1/shop')).integrations.smtp).toEqual({ connected: true });
});
