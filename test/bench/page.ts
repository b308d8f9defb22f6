/**
 * `npm run bench -- page`: what a script costs the shop's page before and while it asks, ours beside others', on a machine four times
 * slower than this one. Ours twice: of a visitor who looks around and leaves, as everybody's is, and of one who stays until the page has been read. `RUNS=` (15) of each variant, interleaved in an order that `SEED=` decides.
 */

import { freePort } from '../../api/node/port.ts';
import { buildWidget } from '../../widget/build.ts';
import { launchBrowser } from '../support/browser.ts';
import { seeded } from '../support/random.ts';
import { shopPage, thingsOf } from './page/shop-page.ts';
import { openSite, SCRIPTS_HOST, SHOP_HOST } from './page/site.ts';
import { type Measured, summed } from './page/summed.ts';
import { readTrace } from './page/trace.ts';
import { type Variant, type VariantName, variantsOf } from './page/variants.ts';
import { PAGE_PATH, PROBE, visit } from './page/visit.ts';
import { openWire } from './page/wire.ts';
import { peerScripts } from './peers/scripts.ts';
import type { BenchReport } from './report/report.ts';
import { shuffled } from './report/shuffled.ts';

const RUNS = Number(process.env.RUNS || 15);
const SEED = Number(process.env.SEED || Date.now() % 1_000_000);

export async function bench(): Promise<BenchReport> {
  const random = seeded(SEED);
  const things = thingsOf(1);
  const peers = await peerScripts();
  await buildWidget({ quiet: true });
  const port = await freePort();
  const [browser, site] = await Promise.all([
    launchBrowser({ loopbackHosts: [SHOP_HOST, SCRIPTS_HOST], port }),
    openSite(Object.values(peers).flat()),
  ]);
  const wire = await openWire(port);
  try {
    const variants = variantsOf(site, things.slice(0, 3));
    const once = async (variant: Variant): Promise<Measured> => {
      site.setPage(shopPage(things, site.shop, variant.tag));
      const { events, ...seen } = await visit(wire, site, variant);
      const watched = { page: site.shop + PAGE_PATH, scripts: site.scripts, probe: PROBE };
      return { ...seen, ...readTrace(events, watched) };
    };
    const measured = await rounds(variants, once, random);
    if (site.unknown.length) throw new Error(`Nobody answers at ${[...new Set(site.unknown)].join(' ')}`);
    return summed(measured, { runs: RUNS, seed: SEED });
  } finally {
    wire.close();
    await Promise.all([browser.close(), site.close()]);
  }

  async function rounds(
    variants: readonly Variant[],
    once: (variant: Variant) => Promise<Measured>,
    from: typeof random,
  ): Promise<Map<VariantName, Measured[]>> {
    const measured = new Map<VariantName, Measured[]>(variants.map(({ name }) => [name, []]));
    const total = (RUNS + 1) * variants.length;
    let done = 0;
    // The first round warms the browser and the machine up, and counts for nothing.
    for (let round = 0; round <= RUNS; round += 1) {
      const order = shuffled(variants, from);
      console.error(
        `${round ? `round ${round} of ${RUNS}` : 'warming up'}: ${order.map(({ name }) => name).join(', ')}`,
      );
      for (const variant of order) {
        const found = await once(variant);
        if (round) measured.get(variant.name)?.push(found);
        done += 1;
        if (process.stderr.isTTY) process.stderr.write(`  ${done} of ${total} visits\r`);
      }
    }
    return measured;
  }
}
