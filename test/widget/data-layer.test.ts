import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { EventBody } from '../../core/visits/event.ts';
import { foldVisit, newVisit, type VisitState } from '../../core/visits/visit.ts';
import { readEntry } from '../../widget/collect/ga4.ts';
import { merged } from '../../widget/collect/reading.ts';
import { eventsOf } from '../../widget/collect/told.ts';
import { DATA_LAYER_CASES } from '../cases/widget-data-layer.ts';

const PAGE = 'https://shop.example/p/1';

test.each(DATA_LAYER_CASES)('%s', (_name, entry, expected) => {
  const readings = readEntry(entry, PAGE);
  if (expected.length === 0) expect(readings).toEqual([]);
  else expect(readings.slice(0, expected.length)).toMatchObject(expected);
});

/** Pushes written by others, where they are at hand. */
const fixtures = join(process.env.FIXTURES ?? '../shared/fixtures', 'datalayer');

describe.runIf(existsSync(fixtures))('real pushes', () => {
  test('the vendor’s own example becomes a view, a cart and an order', () => {
    const { events, visit } = folded('ga4-google-doc.json');
    expect(visit.viewed).toMatchObject([
      { id: 'SKU_12345', title: 'Stan and Friends Tee', price: 10.01, currency: 'USD' },
    ]);
    expect(visit.cart).toEqual([]);
    const order = events.find(({ type }) => type === 'purchase');
    expect(order).toMatchObject({
      orderId: 'T_12345',
      value: 72.05,
      currency: 'USD',
      codes: ['SUMMER_SALE', 'SUMMER_FUN'],
    });
    expect(order?.type === 'purchase' && order.items.length).toBe(2);
  });

  test('what is added and removed leaves nothing', () => {
    expect(folded('ga4-add-remove.json').visit.cart).toEqual([]);
  });
});

function folded(file: string): { events: EventBody[]; visit: VisitState } {
  const entries: unknown[] = JSON.parse(readFileSync(join(fixtures, file), 'utf8'));
  const events = entries.flatMap((entry) =>
    readEntry(entry, PAGE).flatMap((told): EventBody[] => {
      const item = told.kind === 'view' ? merged([told.reading], PAGE) : null;
      return item ? [{ type: 'view_item', item }] : eventsOf(told, PAGE);
    }),
  );
  const visit = events.reduce((state, event, index) => foldVisit(state, { ...event, at: index }), newVisit(0));
  return { events, visit };
}
