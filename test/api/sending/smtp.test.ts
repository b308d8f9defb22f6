/** What the ledger says of letters that leave through a mail server, which can't be asked about them later. */

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { smtpMailer } from '../../../api/node/smtp.ts';
import type { MessageRow } from '../../../db/messages.ts';
import { addFlow, enroll } from '../../support/enroll.ts';
import { GRACE } from '../../support/sending.ts';
import { type Instance, type ShopHandle, startInstance } from '../../support/shop.ts';
import { startSmtpServer, type TestSmtpServer } from '../../support/smtp-server.ts';

vi.setConfig({ testTimeout: 60_000 });

let server: TestSmtpServer;
let mailer: ReturnType<typeof smtpMailer>;
let instance: Instance;
let shop: ShopHandle;
let people = 0;
beforeAll(async () => {
  server = await startSmtpServer();
  mailer = smtpMailer(`smtp://127.0.0.1:${server.port}`);
  instance = await startInstance({ mailer });
  shop = await instance.openShop({ sending: { dailyCap: null, quietHours: null } });
  await addFlow(instance.deps, shop.id, 'two', [{ send: 'offer' }, { send: 'reminder-1' }]);
});
afterAll(async () => {
  await instance.close();
  mailer.close();
  await server.stop();
});

const join = () => {
  people += 1;
  return enroll(instance.deps, shop.id, { email: `p${people}@example.com`, flow: 'two' });
};
const letters = (contactId: string) =>
  instance.db.engine(
    ({ sql }) => sql<MessageRow[]>`select * from message where contact_id = ${contactId} order by step`,
  );

describe('a letter through a mail server', () => {
  it('is sent, and known by its Message-ID', async () => {
    const person = await join();
    await instance.tick();
    const [offer, reminder] = await letters(person.contactId);
    expect(offer).toMatchObject({ status: 'sent', provider: 'smtp', providerId: `${offer?.id}@shop.example` });
    expect(reminder?.status).toBe('sent');
  });

  it('whose connection was lost after its last byte is never sent again, code or not, and the chain goes on', async () => {
    const person = await join();
    server.clear();
    server.fail('drop-after-data');
    await instance.tick();
    expect((await letters(person.contactId)).map(({ status }) => status)).toEqual(['unknown']);
    instance.travel(GRACE);
    await instance.tick();
    expect((await letters(person.contactId)).map(({ letter, status, reason }) => [letter, status, reason])).toEqual([
      ['offer', 'failed', 'unconfirmed'],
      ['reminder-1', 'sent', null],
    ]);
    expect(server.taken().length).toBe(2);
  });

  it('whose connection was lost before its text goes again', async () => {
    const person = await join();
    server.clear();
    // Over the kept connection and the new one that is tried in its place.
    server.fail('drop-before-data', 'drop-before-data');
    await instance.tick();
    instance.travel(60_000);
    await instance.tick();
    expect((await letters(person.contactId)).map(({ status, attempt }) => [status, attempt])).toEqual([
      ['sent', 2],
      ['sent', 1],
    ]);
    expect(server.taken().length).toBe(2);
  });

  it('that the server won’t take as it is fails with its words, and the shop goes on sending', async () => {
    const person = await join();
    server.clear();
    server.fail({ at: 'DATA', reply: '552 5.3.4 Message too big' });
    await instance.tick();
    expect((await letters(person.contactId)).map(({ status, reason }) => [status, reason])).toEqual([
      ['failed', 'smtp data: 552 5.3.4 Message too big'],
      ['sent', null],
    ]);
  });
});
