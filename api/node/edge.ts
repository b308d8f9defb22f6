/** `npm run dev:edge`: the same app in workerd on this machine, with the embedded database behind Hyperdrive's local connection. */

import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildWidget } from '../../widget/build.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { migrate } from './migrate.ts';
import { ownKeys } from './own-keys.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const DATA = '.data';

const { adminKey, signingKey } = ownKeys(DATA);
await buildWidget({ quiet: true });
const postgres = await startEmbeddedPostgres({ dir: `${DATA}/postgres` });
await migrate(postgres.url);

const port = process.env.PORT || '8787';
const vars = { ADMIN_KEY: adminKey, SIGNING_KEY: signingKey, PUBLIC_URL: `http://localhost:${port}` };
const wrangler = join(dirname(createRequire(import.meta.url).resolve('wrangler/package.json')), 'bin', 'wrangler.js');
const flags = Object.entries(vars).flatMap(([name, value]) => ['--var', `${name}:${value}`]);
const child = spawn(
  process.execPath,
  [wrangler, 'dev', '--port', port, '--show-interactive-dev-session=false', ...flags],
  {
    cwd: ROOT,
    stdio: 'inherit',
    env: {
      ...process.env,
      CLOUDFLARE_HYPERDRIVE_LOCAL_CONNECTION_STRING_HYPERDRIVE: postgres.url,
      WRANGLER_SEND_METRICS: 'false',
    },
  },
);
console.log(
  `\n  Admin key  ${adminKey}\n  Locally the cron does not fire by itself: claims wake the engine, and so does\n  curl "http://localhost:${port}/cdn-cgi/handler/scheduled"\n`,
);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
child.once('exit', (code) => {
  void postgres.stop().then(() => process.exit(code ?? 0));
});
