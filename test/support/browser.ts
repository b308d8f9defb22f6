/** A Chromium for the tests with no manual step: the system's where it runs, else the one inside an npm package. */

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';

interface Program {
  executablePath: string;
  env: Record<string, string>;
}

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** No call home, no look that depends on the machine. Playwright itself turns the sandbox off, which root needs. */
const FLAGS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--no-pings',
  '--font-render-hinting=none',
];

/**
 * A headless browser for the caller to close. `LINGER_CHROMIUM` names another program. First use may unpack for some seconds.
 * `loopbackHosts`: names that lead to this machine; with any named, every other name leads nowhere. `port`: where tools may listen in.
 * `keepsPages`: a page that was left is kept as it was, for the way back, as people's browsers do.
 */
export async function launchBrowser({
  loopbackHosts = [],
  port,
  keepsPages = false,
}: {
  loopbackHosts?: string[];
  port?: number;
  keepsPages?: boolean;
} = {}): Promise<Browser> {
  const { executablePath, env } = findProgram();
  const rules = [...loopbackHosts, 'localhost'].map((host) => `MAP ${host} 127.0.0.1`);
  const args = [
    ...FLAGS,
    ...(loopbackHosts.length ? [`--host-resolver-rules=${rules.join(',')},MAP * ~NOTFOUND`] : []),
    ...(port ? [`--remote-debugging-port=${port}`] : []),
  ];
  return chromium.launch({
    executablePath,
    args,
    env: { ...process.env, ...env },
    ignoreDefaultArgs: keepsPages ? ['--disable-back-forward-cache'] : [],
  });
}

/** Whether it is a whole browser: the packed one has no windows, keeps no page for the way back, and draws none ahead. */
export const hasWholeBrowser = (): boolean => ownProgram() !== undefined;

/** The one that was chosen, or the system's. */
function ownProgram(): Program | undefined {
  const chosen = process.env.LINGER_CHROMIUM;
  const candidates = chosen ? [chosen] : SYSTEM.filter((file) => fs.existsSync(file));
  return candidates.map((executablePath) => ({ executablePath, env: {} })).find(runs);
}

function findProgram(): Program {
  const chosen = process.env.LINGER_CHROMIUM;
  const own = ownProgram();
  if (own) return own;
  if (chosen) throw new Error(`LINGER_CHROMIUM=${chosen} does not run.`);
  const program = packedProgram();
  if (!program) throw new Error('No Chromium runs here: install one, or name it in LINGER_CHROMIUM.');
  return program;
}

function runs({ executablePath, env }: Program): boolean {
  if (process.platform === 'win32') return fs.existsSync(executablePath);
  return spawnSync(executablePath, ['--version'], { env: { ...process.env, ...env } }).status === 0;
}

/** The browser of `@sparticuz/chromium`, unpacked once per version into the temp folder, or null where it doesn't run. */
function packedProgram(): Program | null {
  const main = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const manifest = fs.readFileSync(path.join(path.dirname(main), '..', 'package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  const home = path.join(os.tmpdir(), `linger-chromium-${version}-${process.getuid?.() ?? 'user'}`);
  return runnable(home) ?? runnable(unpack(home));
}

/** With the machine's own libraries where it has them, else with the packed ones. */
function runnable(home: string): Program | null {
  const executablePath = path.join(home, 'chromium');
  // Anyone may make folders in the temp folder, and what lies in this one will be run.
  const owner = fs.lstatSync(home, { throwIfNoEntry: false })?.uid;
  if (owner !== (process.getuid?.() ?? owner) || !fs.existsSync(executablePath)) return null;
  const fonts = { FONTCONFIG_FILE: path.join(home, 'fonts.conf') };
  const libraries = { LD_LIBRARY_PATH: path.join(home, 'al2023', 'lib') };
  return [fonts, { ...fonts, ...libraries }].map((env) => ({ executablePath, env })).find(runs) ?? null;
}

/** The package unpacks into the temp folder and takes a file found there for a whole one: so it gets a folder of its own. */
function unpack(home: string): string {
  const fresh = fs.mkdtempSync(`${home}-`);
  const script = `
    import chromium, { inflate } from '@sparticuz/chromium';
    await chromium.executablePath();
    await inflate(process.argv[1]);`;
  const bin = path.join(path.dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..', 'bin');
  const flags = ['--input-type=module', '--eval', script, path.join(bin, 'al2023.tar.br')];
  const env = { ...process.env, TMPDIR: fresh, NODE_OPTIONS: '' };
  const done = spawnSync(process.execPath, flags, { cwd: import.meta.dirname, env, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`Chromium could not be unpacked into ${fresh}:\n${done.stderr}`);
  fs.writeFileSync(path.join(fresh, 'fonts.conf'), fontConfig(home));
  try {
    fs.rmSync(home, { recursive: true, force: true });
    fs.renameSync(fresh, home);
  } catch {
    // Another test file was faster.
    fs.rmSync(fresh, { recursive: true, force: true });
  }
  return home;
}

function fontConfig(home: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${home}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${home}/font-cache</cachedir>
</fontconfig>
`;
}
