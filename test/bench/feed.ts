/**
 * `npm run bench -- feed`: a generated YML feed of `OFFERS=` (200,000) offers, read and understood, and read into a shop's catalogue, beside
 * fast-xml-parser, which parses the whole of it at once and understands nothing: offers a second, and the memory of the process at its peak.
 */

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { testCluster } from '../support/test-cluster.ts';
import { generatedFeed } from './feed/generated.ts';
import { installPeers } from './peers/install.ts';
import type { BenchReport } from './report/report.ts';
import { table } from './report/table.ts';

const OFFERS = Number(process.env.OFFERS || 200_000);
/** A process that does nothing else: what more offers cost is told by the difference. */
const FEW = Math.max(1, Math.round(OFFERS / 10));

interface Taken {
  good: number;
  again: number;
  ms: number;
  peakMb: number;
}

const take = (way: string, offers: number, databaseUrl = ''): Taken => {
  const args = [join(import.meta.dirname, 'feed', 'worker.ts'), way, String(offers), databaseUrl];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1e7 }));
};

export async function bench(): Promise<BenchReport> {
  installPeers();
  let bytes = 0;
  for await (const piece of generatedFeed(OFFERS)) bytes += piece.byteLength;
  const cluster = testCluster(process.env.TEST_DATABASE_URL || undefined);
  try {
    const few = take('read', FEW);
    const read = take('read', OFFERS);
    const peer = take('peer', OFFERS);
    const kept = take('keep', OFFERS, await cluster.create());
    const rate = (ms: number): number => Math.round(OFFERS / (ms / 1_000));
    const rows = (
      [
        ['Linger reads', read.ms, read.peakMb],
        ['Linger reads into the catalogue', kept.ms, kept.peakMb],
        ['… and once more, unchanged', kept.again, kept.peakMb],
        ['fast-xml-parser parses', peer.ms, peer.peakMb],
      ] as const
    ).map(([name, ms, peakMb]) => [name, rate(ms).toLocaleString('en'), peakMb.toLocaleString('en')]);
    const size = `${OFFERS.toLocaleString('en')} offers, ${Math.round(bytes / 1e6)} MB`;
    return {
      name: 'feed',
      tables: [table([size, 'offers a second', 'MB at the peak'], rows)],
      figures: {
        offers: OFFERS,
        accepted: kept.good,
        readPerSecond: rate(read.ms),
        keptPerSecond: rate(kept.ms),
        unchangedPerSecond: rate(kept.again),
        peerPerSecond: rate(peer.ms),
        readMb: read.peakMb,
        tenthMb: few.peakMb,
        keptMb: kept.peakMb,
        peerMb: peer.peakMb,
        timesPeerRate: Number((peer.ms / read.ms).toFixed(2)),
        keptTimesPeerRate: Number((peer.ms / kept.ms).toFixed(2)),
        shareOfPeerMb: Number((read.peakMb / peer.peakMb).toFixed(3)),
        timesTenthMb: Number((read.peakMb / few.peakMb).toFixed(2)),
      },
      goals: {
        accepted: { least: OFFERS },
        // Ten times the offers in the same memory.
        timesTenthMb: { most: 1.5 },
        shareOfPeerMb: { most: 0.25 },
        timesPeerRate: { least: 1 },
        keptTimesPeerRate: { least: 0.4 },
      },
    };
  } finally {
    await cluster.stop();
  }
}
