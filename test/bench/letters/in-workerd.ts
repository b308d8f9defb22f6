/** A Worker that renders as many letters as it is asked for, for somebody outside to time: its own clock stands still meanwhile. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { createTestHarness } from 'wrangler';
import { PACKAGES } from '../peers/install.ts';

export interface Workerd {
  renders(count: number): Promise<void>;
  close(): Promise<void>;
  /** Of the Worker, minified. */
  bytes: number;
}

/** `script` is a module's text with a `render(number)` in it. */
export async function inWorkerd(script: string): Promise<Workerd> {
  const folder = mkdtempSync(join(tmpdir(), 'linger-letters-'));
  const { outputFiles } = await build({
    stdin: { contents: `${script}\n${ANSWER}`, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: 'es2024',
    conditions: ['workerd', 'worker', 'production'],
    nodePaths: [PACKAGES],
    external: ['node:*'],
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const code = outputFiles[0]?.text ?? '';
  writeFileSync(join(folder, 'worker.js'), code);
  writeFileSync(
    join(folder, 'wrangler.json'),
    JSON.stringify({
      name: 'letters',
      main: 'worker.js',
      compatibility_date: '2026-01-01',
      compatibility_flags: ['nodejs_compat'],
      no_bundle: true,
    }),
  );
  const server = createTestHarness({ root: folder, workers: [{ configPath: join(folder, 'wrangler.json') }] });
  await server.listen();
  return {
    bytes: Buffer.byteLength(code),
    async renders(count) {
      const response = await server.fetch(`/?count=${count}`);
      const said = await response.text();
      if (response.status !== 200 || !(Number(said) > count * 1_000)) throw new Error(`The Worker answered ${said}`);
    },
    async close() {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const ANSWER = `
export default {
  async fetch(request) {
    const count = Number(new URL(request.url).searchParams.get('count'));
    let characters = 0;
    for (let number = 0; number < count; number += 1) characters += await render(number);
    return new Response(String(characters));
  },
};`;
