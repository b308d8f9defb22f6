/** What shops push into `dataLayer`, before and after the widget has come, and what must be told of it. */

import type { VisitEvent } from '../../core/visits/event.ts';
import { foldVisit, newVisit } from '../../core/visits/visit.ts';
import { differ, type Sample, type Verdict } from './sample.ts';
import { openSite } from './site.ts';

interface ViewExpected {
  id: string;
  title?: string;
  price?: number | null;
  currency?: string | null;
}

export interface PushesExpected {
  viewed?: (string | ViewExpected)[];
  cart_after_each?: string[];
  cart_final?: unknown[];
  order?: { id: string; total: number; currency: string; coupons: string[]; items?: number };
}

const HOST = 'pushes.example';

export async function conformPushes(samples: Sample<PushesExpected>[]): Promise<Verdict[]> {
  const site = await openSite([HOST]);
  const verdicts: Verdict[] = [];
  try {
    for (const { name, text, expected } of samples) {
      const before = await site.open(
        `<script>dataLayer = ${text.replace(/</g, '\\u003c')}</script>`,
        `http://${HOST}/before`,
      );
      const after = await site.open('<title>Shop</title>', `http://${HOST}/after`);
      await after.leaveAfter(() =>
        after.page.evaluate((entries) => {
          const layer: unknown = Reflect.get(window, 'dataLayer') ?? [];
          Reflect.set(window, 'dataLayer', layer);
          // A page that makes its layer anew: ours finds it within its next look.
          return new Promise<void>((resolve) => {
            setTimeout(() => {
              for (const entry of entries) (layer as unknown[]).push(entry);
              resolve();
            }, 1_000);
          });
        }, JSON.parse(text)),
      );
      const problems = [before, after].flatMap(({ events }, index) =>
        problemsOf(expected, events).map((problem) => `${index ? 'after' : 'before'}: ${problem}`),
      );
      verdicts.push({ name, problems });
      await Promise.all([before.close(), after.close()]);
    }
  } finally {
    await site.close();
  }
  return verdicts;
}

function problemsOf(expected: PushesExpected, events: VisitEvent[]): string[] {
  const viewed = events.flatMap((event) => (event.type === 'view_item' ? [event.item] : []));
  const order = events.find((event) => event.type === 'purchase');
  const carts = cartStates(events);
  const problems: string[] = [];
  for (const [index, wanted] of (expected.viewed ?? []).entries()) {
    const item = viewed[index];
    const fields = typeof wanted === 'string' ? { id: wanted } : wanted;
    const got = Object.fromEntries(Object.keys(fields).map((key) => [key, item?.[key as keyof ViewExpected] ?? null]));
    problems.push(...differ('viewed', fields, got));
  }
  if (expected.viewed && viewed.length > expected.viewed.length)
    problems.push(...differ('views', expected.viewed.length, viewed.length));
  if (expected.cart_final) problems.push(...differ('cart at last', '[]', carts.at(-1)));
  if (expected.cart_after_each) {
    const wanted = expected.cart_after_each.map((state) => (/^empty|^\[\]/.test(state) ? '[]' : state));
    if (!passes(changes(wanted), carts)) problems.push(...differ('carts', changes(wanted), carts));
  }
  if (expected.order) {
    const { id, total, currency, coupons, items } = expected.order;
    const got = order?.type === 'purchase' ? order : undefined;
    problems.push(
      ...differ(
        'order',
        [id, total, currency, [...coupons].sort()],
        [got?.orderId, got?.value, got?.currency, got?.codes.sort()],
      ),
    );
    if (items !== undefined) problems.push(...differ('order lines', items, got?.items.length));
  }
  return problems;
}

/** Each state of the cart that differs from the one before. */
function cartStates(events: VisitEvent[]): string[] {
  let visit = newVisit(0);
  const states = ['[]'];
  for (const event of events) {
    visit = foldVisit(visit, event);
    states.push(visit.cart.map(({ id, quantity }) => `${id} x${quantity}`).join(', ') || '[]');
  }
  return changes(states);
}

/** Things that one push moves together are told one after the other: what lies between two states is nobody's mistake. */
function passes(wanted: readonly string[], got: readonly string[]): boolean {
  let next = 0;
  for (const state of got) {
    const around = wanted.slice(Math.max(next - 1, 0), next + 1).flatMap((one) => one.split(', '));
    if (state === wanted[next]) next += 1;
    else if (!state.split(', ').every((line) => around.includes(line))) return false;
  }
  return next === wanted.length && got.at(-1) === wanted.at(-1);
}

const changes = (states: string[]): string[] => states.filter((state, index) => state !== states[index - 1]);
