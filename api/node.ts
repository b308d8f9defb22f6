/** The composition root on Node: `npm start`. */

import { buildWidget } from '../widget/build.ts';
import { withDemo } from './node/demo.ts';
import { outliveLateWrites } from './node/late-writes.ts';
import { ownKeys } from './node/own-keys.ts';
import { start } from './node/start.ts';
import { startTrouble } from './node/start-trouble.ts';
import { withFiles } from './node/with-files.ts';
import { readSettings } from './settings.ts';

const DATA = '.data';
outliveLateWrites();
const own = process.env.DATABASE_URL ? null : ownKeys(DATA);
const read = readSettings(withFiles(process.env), own);
if ('complaints' in read) {
  for (const complaint of read.complaints) console.error(complaint);
  process.exit(1);
}
const { settings } = read;

console.log(
  `\n  Linger is starting${own ? ', with a PostgreSQL of its own: the first time this takes some seconds' : ''} …`,
);
await buildWidget({ quiet: true });
const started = await start({
  settings,
  dataDir: DATA,
  write: (line) => console.log(line),
  ...(settings.demo ? { around: (app) => withDemo(app, settings, DATA) } : {}),
}).catch((error: unknown) => {
  console.error(startTrouble(error));
  process.exit(1);
});

const { publicUrl } = settings;
const lines = settings.demo ? [['Demo shop', `${publicUrl}/demo`]] : [];
if (!settings.postmark && !settings.smtpUrl) lines.push(['Inbox', `${publicUrl}/inbox`]);
lines.push(['API', `${publicUrl}/docs`]);
if (own) lines.push(['Admin key', own.adminKey]);
console.log(
  `\n  Linger is running.\n\n${lines.map(([name = '', value]) => `  ${name.padEnd(10)} ${value}`).join('\n')}\n\n  Ctrl-C stops it.\n`,
);

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // npm passes the terminal's Ctrl-C on, so that it comes twice.
    if (stopping) return;
    stopping = true;
    void started.stop().then(() => process.exit(0));
  });
}
