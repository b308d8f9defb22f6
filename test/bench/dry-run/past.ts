/** A shop's past, made inside the database: some thousand different visits, folded by the code that folds real ones, handed out to as many visitors as asked. */

import postgres from 'postgres';
import type { Item } from '../../../core/catalogue/item.ts';
import type { EventBody, VisitEvent } from '../../../core/visits/event.ts';
import { keptScenes } from '../../../core/visits/scenes.ts';
import { foldVisit, newVisit, type VisitState } from '../../../core/visits/visit.ts';
import type { Random } from '../../support/random.ts';

const DAYS = 30;
const A_DAY = 150;
const DAY_MS = 86_400_000;
/** Visits of one visitor, about. */
const PER_VISITOR = 1.4;

interface Template {
  id: number;
  at: number;
  state: VisitState;
  /** Only where the state alone does not tell the scenes: what nobody reads need not be there. */
  events: VisitEvent[];
}

export interface Past {
  visits: number;
  from: number;
  to: number;
  /** The share of visits that is folded again from its events. */
  folded: number;
}

/** `begin`: midnight of the first day, ms. */
export async function makePast(
  databaseUrl: string,
  shopId: string,
  { visits, begin, random }: { visits: number; begin: number; random: Random },
): Promise<Past> {
  const templates = Array.from({ length: DAYS * A_DAY }, (_, id) =>
    template(id, begin + (id % DAYS) * DAY_MS + random.int(0, DAY_MS - 3_600_000), random),
  );
  // As the owner, who may make tables.
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  const since = new Date(begin).toISOString();
  try {
    await sql`create table sample_visit (id integer primary key, at timestamptz, last timestamptz, state jsonb, events jsonb)`;
    for (let first = 0; first < templates.length; first += 500) {
      const rows = templates.slice(first, first + 500).map(({ id, at, state, events }) => ({
        id,
        at: new Date(at).toISOString(),
        last: new Date(state.lastAt).toISOString(),
        state,
        events,
      }));
      await sql`
        insert into sample_visit select * from jsonb_to_recordset(${sql.json(rows as never)})
          as row(id integer, at timestamptz, last timestamptz, state jsonb, events jsonb)`;
    }
    // Ids are scattered as random ones are, and come out the same each time.
    await sql`
      insert into visitor (shop_id, id, visits, first_at, last_at, shown)
      select ${shopId}, md5('visitor' || n)::uuid, 1, ${since}, ${since}, '{}'
      from generate_series(0, ${Math.ceil(visits / PER_VISITOR)}) n`;
    await sql`
      insert into visit (shop_id, id, visitor_id, number, days_since_last, started_at, last_at, state, device, browser, os, country, language)
      select ${shopId}, md5('visit' || n)::uuid, md5('visitor' || floor(n / ${PER_VISITOR}::numeric))::uuid, 1 + n % 3, n % 9, t.at, t.last, t.state,
        (array['mobile', 'desktop', 'tablet'])[1 + n % 3], 'Chrome', 'Android', 'DE', 'de'
      from generate_series(0, ${visits - 1}) n join sample_visit t on t.id = hashint4(n)::bigint % ${templates.length} + case when hashint4(n) < 0 then ${templates.length} - 1 else 0 end`;
    await sql`
      insert into event (shop_id, visit_id, type, at, received_at, body)
      select ${shopId}, v.id, e->>'type', to_timestamp((e->>'at')::numeric / 1000), to_timestamp((e->>'at')::numeric / 1000), e - 'type' - 'at'
      from sample_visit t join visit v on v.shop_id = ${shopId} and v.started_at = t.at and v.last_at = t.last
        cross join lateral jsonb_array_elements(t.events) with ordinality as each(e, place)
      where jsonb_array_length(t.events) > 0 order by v.id, place`;
    await sql`drop table sample_visit`;
    await sql`analyze visit, visitor, event`;
  } finally {
    await sql.end();
  }
  const folded = templates.filter(({ events }) => events.length > 0).length / templates.length;
  return { visits, from: begin, to: begin + DAYS * DAY_MS, folded };
}

/** Somebody looks at some things, carts some, and leaves or buys. */
function template(id: number, at: number, random: Random): Template {
  let now = at;
  const events: VisitEvent[] = [];
  const tell = (body: EventBody, seconds: number): void => {
    now += random.int(1, seconds) * 1_000;
    events.push({ ...body, at: now });
  };
  const pages = random.chance(0.4) ? 1 : random.int(2, 9);
  const carted: Item[] = [];
  for (let page = 0; page < pages; page += 1) {
    const item = itemOf(random.int(1, 400));
    const { url } = item;
    tell({ type: 'page_view', url, path: `/p/${item.id}`, title: item.title, referrer: '', kind: 'product' }, 20);
    tell({ type: 'view_item', item }, 2);
    tell({ type: 'engagement', ms: random.int(1, 20) * 1_000 }, 20);
    if (random.chance(0.12)) {
      tell({ type: 'add_to_cart', item, quantity: 1 }, 5);
      carted.push(item);
    }
  }
  if (random.chance(0.6)) tell({ type: 'exit_intent', signal: 'pointer' }, 5);
  // Some stay though they seemed to leave, and some of those who carted buy.
  if (random.chance(0.08))
    tell({ type: 'page_view', url: URL, path: '/', title: 'Home', referrer: '', kind: 'other' }, 30);
  if (carted.length > 0 && random.chance(0.25)) {
    tell({ type: 'begin_checkout' }, 20);
    const items = carted.map((item) => ({ ...item, quantity: 1 }));
    const value = carted.reduce((sum, { price }) => sum + Math.round((price ?? 0) * 100), 0) / 100;
    tell({ type: 'purchase', orderId: `${id}`, value, currency: 'EUR', codes: [], items }, 90);
  }
  const state = events.reduce(foldVisit, newVisit(at));
  return { id, at, state, events: keptScenes(state, 'exit') === null ? events : [] };
}

const URL = 'https://shop.example/';

const itemOf = (number: number): Item => ({
  id: `item-${number}`,
  title: `Handmade lamp of oak and linen, number ${number}`,
  price: 10 + (number % 90) + 0.99,
  currency: 'EUR',
  url: `${URL}p/item-${number}`,
  image: `${URL}images/large/item-${number}.jpg`,
  category: `Category ${number % 12}`,
});
