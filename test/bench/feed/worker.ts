/** One way through the generated feed, in a process of its own, so that its memory is its own: prints what it took. */

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { importFeed } from '../../../api/actions/catalogue/import-feed.ts';
import { createShop } from '../../../api/actions/shops/create-shop.ts';
import { feedImage, feedUrl } from '../../../api/feeds/feed-address.ts';
import { openFeed } from '../../../api/feeds/open-feed.ts';
import { type RawOffer, readOffer } from '../../../api/feeds/read-offer.ts';
import { readSettings } from '../../../api/settings.ts';
import { standardDeps } from '../../../api/standard-deps.ts';
import { connect } from '../../../db/connect.ts';
import { PACKAGES } from '../peers/install.ts';
import { generatedFeed } from './generated.ts';

const [, , way = '', count = '', databaseUrl = ''] = process.argv;
const OFFERS = Number(count);

/** Parsed, put right and understood, and thrown away. */
async function read(): Promise<number> {
  const feed = await openFeed({ body: generatedFeed(OFFERS), contentType: null, cyrillic: true });
  const { parser } = feed;
  const category = (id: string): string[] => parser.category(id);
  const context = { currency: 'RUB', category, url: feedUrl, image: feedImage, now: Date.now() };
  let good = 0;
  const take = (raw: readonly RawOffer[]): void => {
    for (const one of raw) if ('offer' in readOffer(one, context)) good += 1;
  };
  for await (const piece of feed.pieces) take(parser.write(piece));
  take(parser.end().offers);
  return good;
}

/** The same into a shop's catalogue; then once more, as every later look at a feed. */
async function keep(): Promise<{ good: number; again: number }> {
  const db = connect(databaseUrl, { max: 4 });
  const settings = readSettings({
    DATABASE_URL: databaseUrl,
    ADMIN_KEY: 'admin',
    SIGNING_KEY: 'signing-key-of-a-bench',
  });
  if ('complaints' in settings) throw new Error(settings.complaints.join('\n'));
  const deps = standardDeps({ db, settings: settings.settings, wake: () => {}, writeLog: () => {} });
  const { shop } = await createShop(deps, {
    name: 'Shop',
    origins: ['https://shop.example'],
    currency: 'RUB',
    locale: 'ru',
    timezone: 'Europe/Moscow',
    sender: { name: 'Shop', email: 'hello@shop.example' },
    postalAddress: '1 Example Street',
  });
  const upload = () =>
    importFeed(deps, shop, {
      body: generatedFeed(OFFERS),
      contentType: null,
      feedId: null,
      partial: false,
      force: false,
    });
  const { accepted } = await upload();
  const began = performance.now();
  await upload();
  const again = performance.now() - began;
  await db.end();
  return { good: accepted, again };
}

/** The usual way: the whole file as one text, then as one object. */
async function peer(): Promise<number> {
  const load = createRequire(join(PACKAGES, 'from-here.js'));
  const { XMLParser } = load('fast-xml-parser') as {
    XMLParser: new (
      options: object,
    ) => {
      parse(text: string): { yml_catalog: { shop: { offers: { offer: unknown[] } } } };
    };
  };
  const text = await new Response(generatedFeed(OFFERS)).text();
  const parsed = new XMLParser({ ignoreAttributes: false, parseTagValue: false }).parse(text);
  return parsed.yml_catalog.shop.offers.offer.length;
}

const began = performance.now();
const found = way === 'keep' ? await keep() : { good: await (way === 'peer' ? peer() : read()), again: 0 };
const ms = performance.now() - began - found.again;
// In kilobytes, also on macOS: https://nodejs.org/api/process.html#processresourceusage
console.log(JSON.stringify({ ...found, ms, peakMb: Math.round(process.resourceUsage().maxRSS / 1_024) }));
