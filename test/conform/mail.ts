/** What a provider tells of letters: each sample about a letter that has left, posted to the hook, and what the trail and the list of the barred say then. */

import { changeShop } from '../../api/actions/shops/change-shop.ts';
import { createShop } from '../../api/actions/shops/create-shop.ts';
import { createApp } from '../../api/app.ts';
import type { Deps } from '../../api/deps.ts';
import { addressHash } from '../../api/signing.ts';
import { parseEmail } from '../../core/values/email-address.ts';
import { enroll } from '../support/enroll.ts';
import { differ, type Sample, type Verdict } from './sample.ts';
import { withDeps } from './with-deps.ts';

export interface MailExpected {
  record_type: string;
  recipient: string | null;
  message_id: string;
  bounce_type: string | null;
  stop_sending: boolean;
  at: string | null;
}

const USER = 'postmark';
const PASSWORD = 'a-long-password';
/** Whose letter it is where the sample names nobody. */
const NOBODY = 'somebody@example.net';

export async function conformMail(samples: Sample<MailExpected>[]): Promise<Verdict[]> {
  if (samples.length === 0) return [];
  return withDeps(async (deps) => {
    const verdicts: Verdict[] = [];
    for (const sample of samples) verdicts.push({ name: sample.name, problems: await problemsOf(deps, sample) });
    return verdicts;
  });
}

/** A shop of its own for each: what one sample bars must not decide another. */
async function problemsOf(deps: Deps, { text, expected }: Sample<MailExpected>): Promise<string[]> {
  const app = createApp({ deps, peer: () => null, widgetFile: async () => null });
  const { shop, secretKey } = await createShop(deps, {
    name: 'Shop',
    origins: ['https://shop.example'],
    currency: 'EUR',
    locale: 'en',
    timezone: 'Europe/Berlin',
    sender: { name: 'Shop', email: 'hello@shop.example' },
    postalAddress: '1 Example Street',
  });
  await changeShop(deps, shop.id, { integrations: { postmark: { user: USER, password: PASSWORD } } });
  const email = expected.recipient ?? NOBODY;
  const { contactId, enrollmentId } = await enroll(deps, shop.id, { email });
  await deps.db.engine(
    ({ sql, now }) => sql`
      update message set status = 'sent', settled_at = ${now}, provider = 'postmark', provider_id = ${expected.message_id}
      where enrollment_id = ${enrollmentId}`,
  );
  const post = () =>
    app.request(`/hooks/postmark/${shop.id}`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${USER}:${PASSWORD}`)}`, 'content-type': 'application/json' },
      body: text,
    });
  const statuses = [(await post()).status, (await post()).status];
  const trail = await app.request(`/v1/messages?contact=${encodeURIComponent(email)}`, {
    headers: { authorization: `Bearer ${secretKey}` },
  });
  const [message] = ((await trail.json()) as { data: Told[] }).data;
  const [event] = message?.events ?? [];
  const hash = await addressHash(deps.settings.signingKey, parseEmail(email)?.canonical ?? '');
  const [barred] = await deps.db.engine(
    ({ sql }) => sql`select from suppression where shop_id = ${shop.id} and address_hash = ${hash}`,
  );
  const { bounce_type: bounce, record_type: record, at } = expected;
  return [
    ...differ('statuses', [200, 200], statuses),
    ...differ('events', 1, message?.events.length),
    ...differ('recipient', email, message?.email),
    ...differ('record_type', record, event?.detail.record),
    ...differ('message_id', expected.message_id, event?.detail.providerId),
    // The kind of a bounce; other records have none.
    ...differ('bounce_type', bounce, event?.detail.type ?? null),
    ...differ('stop_sending', expected.stop_sending, Boolean(barred)),
    ...differ('chain stopped', expected.stop_sending, message?.chain.status === 'stopped'),
    ...(at === null ? [] : differ('at', Date.parse(at.replace(/(\.\d{3})\d+/, '$1')), Date.parse(event?.at ?? ''))),
    ...differ('contact', contactId, message?.contact),
  ];
}

interface Told {
  email: string;
  contact: string;
  chain: { status: string };
  events: { at: string; detail: Record<string, unknown> }[];
}
