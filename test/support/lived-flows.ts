/** Lives random cases on the real server: each in a shop of its own, all at once under one clock that jumps from moment to moment. */

import { randomUUID } from 'node:crypto';
import { announceCode } from '../../api/actions/codes/announce-code.ts';
import { followPerson } from '../../api/actions/contacts/follow-person.ts';
import { enterFlow } from '../../api/actions/flows/enter-flow.ts';
import { enterFlows, hear } from '../../api/actions/flows/enter-flows.ts';
import { recordDelivery } from '../../api/actions/sending/record-delivery.ts';
import { tick } from '../../api/actions/tick.ts';
import { codeKey } from '../../core/codes/code.ts';
import { npsGroup } from '../../core/letters/letter-wishes.ts';
import { DISCOUNT_REMINDER } from '../../core/recipes/discount-reminder.ts';
import type { Offer } from '../../core/rules/offer.ts';
import type { ScenarioEvent } from '../../core/simulation/scenario.ts';
import { after } from '../../core/values/calendar.ts';
import { clickJudgedAt } from '../../core/visits/click.ts';
import { type CodeRow, insertCode } from '../../db/codes.ts';
import type { Tx } from '../../db/connect.ts';
import { contactById, saveAnswer, saveWishes, subscribeContact } from '../../db/contacts.ts';
import { insertDeliveryEvent } from '../../db/delivery.ts';
import { enrollmentById } from '../../db/enrollments.ts';
import { flowByKey } from '../../db/flows.ts';
import { messageById } from '../../db/messages.ts';
import type { FlowCase } from './random-flows.ts';
import { type Instance, type ShopHandle, startInstance } from './shop.ts';

export interface Life {
  one: FlowCase;
  shop: ShopHandle;
  contactId: string;
  visitorId: string;
  email: string;
  /** When each order was placed. */
  orders: Map<string, string>;
}

const DAY_MS = 86_400_000;

/** What became of each case, as lines; in the order of the cases. */
export async function liveCases(
  cases: readonly FlowCase[],
  { from, until }: { from: number; until: number },
): Promise<{ id: string; lines: string[] }[]> {
  let now = from;
  // Nobody is a stranger here: the caps on letters that strangers ask for are off, as in the demo.
  const instance = await startInstance({ clock: () => now, env: { DEMO: '1' } });
  try {
    const lives: Life[] = [];
    for (const one of cases) lives.push(await beginLife(instance, one, from));
    const coming = lives
      .flatMap((life) => life.one.events.map((event) => ({ life, event })))
      .sort((one, other) => one.event.at - other.event.at);
    for (;;) {
      now = Math.max(
        now,
        Math.min((await nextDue(instance)) ?? Number.POSITIVE_INFINITY, coming[0]?.event.at ?? Infinity),
      );
      if (now > until) break;
      while (coming[0] && coming[0].event.at <= now) {
        const next = coming.shift();
        if (next) await befall(instance, next.life, next.event, now);
      }
      await tick(instance.deps, { limit: 1_000, deadline: instance.deps.now() + 60_000 });
    }
    return await Promise.all(lives.map(async (life) => ({ id: life.contactId, lines: await linesOf(instance, life) })));
  } finally {
    await instance.close();
  }
}

async function beginLife(instance: Instance, one: FlowCase, from: number): Promise<Life> {
  const shop = await instance.openShop({ sending: one.sending, timezone: one.zone });
  // Counts nobody in by itself: that is the scenario's to tell.
  const named = new Set(one.flows.flatMap(({ entry }) => ('segment' in entry ? [entry.segment] : [])));
  for (const key of named)
    await shop.call('POST', '/v1/segments', { key, name: 'Nobody', condition: ['orders', '>=', 1_000_000] });
  await shop.call('POST', '/v1/webhooks', { name: 'crm', url: 'https://crm.example/' });
  for (const flow of one.flows) {
    // Every shop begins with one of this key.
    const { status, text } =
      flow.key === DISCOUNT_REMINDER.key
        ? await shop.call('PATCH', `/v1/flows/${flow.key}`, flow)
        : await shop.call('POST', '/v1/flows', flow);
    if (status >= 300) throw new Error(`${text}\n${JSON.stringify(flow)}`);
  }
  if (one.lasts) await shop.call('PATCH', '/v1/shop', { replenishment: { products: one.lasts } });
  if (one.deliveryDays) await shop.call('PATCH', '/v1/shop', { holidays: { deliveryDays: one.deliveryDays } });
  const contactId = randomUUID();
  const visitorId = randomUUID();
  const email = 'ann@example.com';
  const { marketing = 'subscribed', timezone = null, facts } = one.person;
  await instance.db.engine(async ({ sql }) => {
    for (const [thing, others] of Object.entries(one.goesWith ?? {}))
      for (const id of [thing, ...others]) {
        const item = { id, title: id, price: null, currency: null, url: `https://shop.example/${id}` };
        await sql`
          insert into item_tally (shop_id, item_id, item, sold, viewed, gaps, gap_people)
          values (${shop.id}, ${id}, ${sql.json(item)}, 10, 10, 0, 0) on conflict do nothing`;
        if (id !== thing)
          await sql`insert into pair_tally (shop_id, kind, item_id, other_id, count) values (${shop.id}, 'bought', ${thing}, ${id}, 10)`;
      }
    await sql`
      insert into contact (shop_id, id, email, canonical, locale, timezone, marketing, tags, created_at)
      values (${shop.id}, ${contactId}, ${email}, ${email}, 'en', ${timezone}, ${marketing}, ${sql.json((facts?.tags ?? []) as never)}, ${from - DAY_MS})`;
    await sql`
      insert into visitor (shop_id, id, contact_id, visits, first_at, last_at, shown)
      values (${shop.id}, ${visitorId}, ${contactId}, 0, ${from - DAY_MS}, ${from - DAY_MS}, '{}')`;
  });
  return { one, shop, contactId, visitorId, email, orders: new Map() };
}

const nextDue = (instance: Instance): Promise<number | null> =>
  instance.db.engine(async ({ sql }) => {
    const [row] = await sql<{ at: number | null }[]>`
      select least(
        (select min(due_at) from enrollment where status = 'active'),
        (select min(not_before) from message where status = 'queued'),
        (select min(due_at) from pending_entry), (select min(judge_at) from delivery_event),
        (select min(not_before) from errand where kind = 'untag' and status = 'queued'),
        (select min(plan_at) from flow where enabled and deleted_at is null)) as at`;
    return row?.at ?? null;
  });

async function befall(instance: Instance, life: Life, event: ScenarioEvent<number>, now: number): Promise<void> {
  const { deps } = instance;
  const { shop, contactId, visitorId, email, one } = life;
  const who = { shopId: shop.id, contactId };
  const engine = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => instance.db.engine(work);
  const expect200 = ({ status, text }: { status: number; text: string }): void => {
    if (status >= 300) throw new Error(text);
  };
  switch (event.on) {
    case 'offer_accepted': {
      const flow = one.flows.find(({ entry }) => entry.on === 'offer_accepted');
      if (!flow) return;
      const { offer = { kind: 'none' as const }, items = [] } = event;
      await engine(async (tx) => {
        const stored = await flowByKey(tx, shop.id, flow.key);
        if (!stored) throw new Error('no flow');
        const code = offer.kind === 'none' ? null : await giveCode(tx, instance, life, offer);
        const entry = { ...who, id: randomUUID(), visitorId, ruleId: randomUUID(), codeId: code?.id ?? null };
        const dedupeKey = `test:${randomUUID()}`;
        const carried = { dedupeKey, items: [...items], offer, locale: 'en', claimed: true };
        await enterFlow(tx, deps, stored, { ...entry, ...carried });
        if (code) await announceCode(tx, deps, { code, visitorId, items, locale: 'en', claimed: true });
      });
      return;
    }
    case 'code_issued': {
      const { offer = { kind: 'percent', value: 10 }, items = [] } = event;
      await engine(async (tx) => {
        const code = await giveCode(tx, instance, life, offer);
        await announceCode(tx, deps, { code, visitorId: null, items, locale: 'en', claimed: false });
      });
      return;
    }
    case 'visited': {
      const { viewed = [], carted = [], shared } = event;
      const events = [
        ...viewed.map((item) => ({ type: 'view_item', item })),
        ...carted.map((item) => ({ type: 'add_to_cart', item, quantity: 1 })),
        ...(shared ? [{ type: 'share', act: shared }] : []),
      ].map((told) => ({ at: now, ...told }));
      const ids = { shop: shop.siteKey, visitor: visitorId, visit: randomUUID(), batch: randomUUID() };
      expect200(await shop.page('/v1/visits', { ...ids, sentAt: now, events }));
      return;
    }
    case 'ordered': {
      const { order: id, status = 'placed', total = 0, items = [] } = event;
      const placedAt = life.orders.get(id) ?? new Date(now).toISOString();
      life.orders.set(id, placedAt);
      const lines = items.map(({ id: line, title, price, url, category }) => ({
        id: line,
        title,
        price,
        url,
        category,
      }));
      const body = { id, status, email, total, currency: 'EUR', items: lines, placedAt };
      expect200(await shop.call('POST', '/v1/orders', body));
      return;
    }
    case 'redeemed': {
      const code = await engine(async ({ sql }) => {
        const [row] = await sql<{ code: string }[]>`
          select code from code where shop_id = ${shop.id} and status = 'issued' and (expires_at is null or expires_at > ${now})
          order by issued_at desc limit 1`;
        return row?.code;
      });
      if (code) expect200(await shop.call('POST', `/v1/codes/${code}/redeem`, { orderId: randomUUID(), total: 100 }));
      return;
    }
    case 'subscribed':
      await engine(async (tx) => {
        const subscribed = await subscribeContact(tx, shop.id, contactId);
        const contact = await contactById(tx, shop.id, contactId);
        if (contact) await followPerson(tx, deps, { contact, visitorId, subscribed, items: [], locale: 'en' });
      });
      return;
    case 'unsubscribed':
    case 'bounced':
    case 'complained':
      await recordDelivery(deps, shop.id, {
        provider: 'postmark',
        kind: event.on,
        key: randomUUID(),
        messageId: null,
        providerId: null,
        address: email,
        at: now,
        stop: event.on,
        byReader: true,
        link: null,
        userAgent: null,
        detail: {},
      });
      return;
    case 'form_submitted':
      await engine(async (tx) => {
        const contact = await contactById(tx, shop.id, contactId);
        const { items = [], form: kind } = event;
        const left = { visitorId, subscribed: false, form: { kind, id: randomUUID() }, items, locale: 'en' };
        if (contact) await followPerson(tx, deps, { contact, ...left });
      });
      return;
    case 'clicked': {
      const messageId = await latestLetter(instance, life);
      if (!messageId) return;
      const told = { kind: 'clicked' as const, machine: false, link: 'https://shop.example/', detail: {}, at: now };
      const judgeAt = clickJudgedAt(now);
      await engine((tx) => insertDeliveryEvent(tx, { ...who, key: randomUUID(), messageId, ...told, judgeAt }));
      return;
    }
    case 'nps_answered': {
      const messageId = await latestLetter(instance, life);
      await engine(async (tx) => {
        const message = messageId ? await messageById(tx, messageId) : null;
        const asked = message && (await enrollmentById(tx, message.enrollmentId));
        await saveAnswer(tx, shop.id, contactId, { nps: event.score });
        await hear(tx, who, 'nps_answered');
        const happened = { on: 'nps_answered' as const, group: npsGroup(event.score) };
        const about = { about: `nps:${messageId}`, orderId: asked?.orderId ?? null, items: asked?.items ?? [] };
        await enterFlows(tx, deps, { ...who, visitorId: null, happened, ...about });
      });
      return;
    }
    case 'reason_given':
      await engine(async (tx) => {
        await saveAnswer(tx, shop.id, contactId, { reason: event.reason });
        await hear(tx, who, 'reason_given');
      });
      return;
    case 'reviewed':
      await engine((tx) => hear(tx, who, 'reviewed'));
      return;
    case 'changed': {
      const { locale, timezone: moved, tags } = event;
      const patch = { ...(locale ? { locale } : {}), ...(moved ? { timezone: moved } : {}), ...(tags ? { tags } : {}) };
      expect200(await shop.call('PATCH', `/v1/contacts/${contactId}`, patch));
      return;
    }
    case 'paused':
      return engine((tx) => saveWishes(tx, shop.id, contactId, { pausedUntil: event.until }));
    case 'muted':
      return engine((tx) => saveWishes(tx, shop.id, contactId, { muted: event.topics }));
    case 'ends': {
      const { thing: id = 'thing', what, endsAt, items = [] } = event;
      if (endsAt === undefined) throw new Error('no server says that something ends now');
      const told = {
        id,
        name: 'ends',
        email,
        endsAt: new Date(endsAt).toISOString(),
        ...(what ? { what } : {}),
        items,
      };
      expect200(await shop.call('POST', '/v1/events', { events: [told] }));
      return;
    }
    default: {
      const { at: _at, ...told } = event;
      const { items = [], ...happened } = { items: [], ...told };
      const about = `${event.on}:${now}`;
      await engine((tx) => enterFlows(tx, deps, { ...who, visitorId: null, happened, about, items }));
    }
  }
}

async function giveCode(
  tx: Tx,
  { deps }: Instance,
  { shop, contactId, visitorId, email, one }: Life,
  offer: Offer,
): Promise<CodeRow> {
  const text = deps.newCode('');
  const code = await insertCode(tx, {
    shopId: shop.id,
    contactId,
    id: randomUUID(),
    code: text,
    key: codeKey(text),
    ruleId: randomUUID(),
    canonical: email,
    visitorId,
    status: 'issued',
    offer,
    issuedAt: tx.now,
    expiresAt: offer.expiresIn ? after(tx.now, offer.expiresIn, one.zone) : null,
  });
  if (!code) throw new Error('the code is taken');
  return code;
}

const latestLetter = ({ db }: Instance, { shop }: Life): Promise<string | undefined> =>
  db.engine(async ({ sql }) => {
    const [row] = await sql<{ id: string }[]>`
      select m.id from message m join enrollment e on e.id = m.enrollment_id where m.shop_id = ${shop.id} and m.status = 'sent'
      order by m.call_started_at desc, e.flow_key desc, e.entered_at desc, m.step desc limit 1`;
    return row?.id;
  });

/** Who came in, what left and what didn't, what ended, when and why. */
async function linesOf({ db }: Instance, { shop }: Life): Promise<string[]> {
  const [chains, letters] = await db.engine(({ sql }) =>
    Promise.all([
      sql<{ flow: string; status: string; reason: string; enteredAt: number; endedAt: number | null }[]>`
        select flow_key as flow, status, reason, entered_at, ended_at from enrollment where shop_id = ${shop.id}`,
      sql<
        {
          flow: string;
          letter: string;
          step: number;
          status: string;
          reason: string;
          at: number | null;
          variant: number | null;
        }[]
      >`
        select e.flow_key as flow, m.letter, m.step, m.status, m.reason, m.settled_at as at, m.variant
        from message m join enrollment e on e.id = m.enrollment_id where m.shop_id = ${shop.id}`,
    ]),
  );
  return [
    ...chains.map(({ flow, enteredAt }) => line(enteredAt, flow, 'enter')),
    ...chains.flatMap(({ flow, status, reason, endedAt }) =>
      endedAt === null ? [] : [line(endedAt, flow, status === 'completed' ? 'finish' : 'stop', reason)],
    ),
    ...letters.flatMap(({ flow, letter, step, status, reason, at, variant }) => {
      if (at === null) return [];
      return [
        line(at, flow, status === 'sent' ? `send ${step} ${letter} ${variant}` : `drop ${letter}`, reason ?? 'due'),
      ];
    }),
  ].sort();
}

export const line = (at: number, ...words: string[]): string => `${new Date(at).toISOString()} ${words.join(' ')}`;
