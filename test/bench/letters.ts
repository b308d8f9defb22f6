/**
 * `npm run bench -- letters`: how many offer letters, html and text, are rendered in a second on Node and in workerd, beside
 * react-email rendering the same content in the same run; and how many of a shop's own, written in Liquid. `SECONDS=` (3) of each.
 */

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inWorkerd } from './letters/in-workerd.ts';
import { render, renderOwn } from './letters/ours.ts';
import { type React, type ReactEmail, reactEmail } from './letters/react-email.ts';
import { installPeers, PACKAGES } from './peers/install.ts';
import type { BenchReport } from './report/report.ts';
import { table } from './report/table.ts';

const SECONDS = Number(process.env.SECONDS || 3);

const OURS = `import { render } from './ours.ts';`;
const OWN = `import { renderOwn as render } from './ours.ts';`;
const REACT_EMAIL = `
import * as library from '@react-email/components';
import * as react from 'react';
import { reactEmail } from './react-email.ts';
const render = reactEmail(library, react);`;

export async function bench(): Promise<BenchReport> {
  installPeers();
  const onNode = {
    linger: await perSecond(onNodeWith(render)),
    own: await perSecond(onNodeWith(renderOwn)),
    reactEmail: await perSecond(onNodeWith(await reactEmailOnNode())),
  };
  const ours = await timedInWorkerd(OURS);
  const own = await timedInWorkerd(OWN);
  const theirs = await timedInWorkerd(REACT_EMAIL);
  const rows = [
    ['Linger', onNode.linger, ours.perSecond, ours.bytes],
    ['in Liquid', onNode.own, own.perSecond, own.bytes],
    ['react-email', onNode.reactEmail, theirs.perSecond, theirs.bytes],
  ].map((row) => row.map((cell) => (typeof cell === 'number' ? Math.round(cell).toLocaleString('en') : cell)));
  return {
    name: 'letters',
    tables: [table(['letters', 'a second on Node', 'a second in workerd', 'bytes of the Worker'], rows)],
    figures: {
      nodePerSecond: Math.round(onNode.linger),
      workerdPerSecond: Math.round(ours.perSecond),
      ownNodePerSecond: Math.round(onNode.own),
      ownWorkerdPerSecond: Math.round(own.perSecond),
      reactEmailNodePerSecond: Math.round(onNode.reactEmail),
      reactEmailWorkerdPerSecond: Math.round(theirs.perSecond),
      timesReactEmailOnNode: Number((onNode.linger / onNode.reactEmail).toFixed(1)),
      timesReactEmailInWorkerd: Number((ours.perSecond / theirs.perSecond).toFixed(1)),
      workerBytes: ours.bytes,
      reactEmailWorkerBytes: theirs.bytes,
    },
    goals: { timesReactEmailOnNode: { least: 5 }, timesReactEmailInWorkerd: { least: 5 } },
  };
}

/** React reads the environment once, when it is loaded: its slower half is for people who are writing a page. */
async function reactEmailOnNode(): Promise<(number: number) => Promise<number>> {
  process.env.NODE_ENV = 'production';
  const { resolve } = createRequire(join(PACKAGES, 'from-here.js'));
  const load = (name: string): Promise<unknown> => import(pathToFileURL(resolve(name)).href);
  return reactEmail((await load('@react-email/components')) as ReactEmail, (await load('react')) as React);
}

const onNodeWith =
  (letter: (number: number) => Promise<number>) =>
  async (count: number): Promise<void> => {
    for (let number = 0; number < count; number += 1) await letter(number);
  };

async function timedInWorkerd(script: string): Promise<{ perSecond: number; bytes: number }> {
  const worker = await inWorkerd(script);
  try {
    return { perSecond: await perSecond(worker.renders), bytes: worker.bytes };
  } finally {
    await worker.close();
  }
}

/** Counts in rounds, the first of which only warms up; a round grows until the call's own cost is lost in it. */
async function perSecond(renders: (count: number) => Promise<void>): Promise<number> {
  let round = 20;
  for (;;) {
    const began = performance.now();
    await renders(round);
    if (performance.now() - began > 300) break;
    round *= 2;
  }
  let count = 0;
  const began = performance.now();
  while (performance.now() - began < SECONDS * 1_000) {
    await renders(round);
    count += round;
  }
  return count / ((performance.now() - began) / 1_000);
}
