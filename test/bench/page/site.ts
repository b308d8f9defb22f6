/** A shop, Linger's API and everybody else's, all on this machine: answers from memory, and writes down what was asked for. */

import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { config, rule, summary } from '../../widget/recorder.ts';
import type { PeerScript } from '../peers/scripts.ts';
import { picture } from './picture.ts';
import { THINGS } from './shop-page.ts';

export const SHOP_HOST = 'shop.localhost';
export const SCRIPTS_HOST = 'linger.localhost';

export interface Site {
  shop: string;
  scripts: string;
  /** Paths asked of the scripts' host since the page was last set. */
  asked: string[];
  /** What no one here has. */
  unknown: string[];
  setPage(html: string): void;
  close(): Promise<void>;
}

interface Content {
  type: string;
  body: string | Buffer;
}

const EMPTY: Content = { type: 'text/plain', body: '' };

/** The rules of a shop that has some: the first speaks when the visitor leaves, the others wait for what doesn't come. */
const RULES = [
  rule(),
  rule({
    id: '5a4d1c52-7f5e-4a43-9d5f-6f1f5be0a002',
    moment: 'time',
    when: {
      all: [
        ['seconds', '>=', 600],
        {
          any: [
            ['carted', '>=', 1],
            ['viewed', '>=', 3],
          ],
        },
      ],
    },
  }),
  rule({
    id: '5a4d1c52-7f5e-4a43-9d5f-6f1f5be0a003',
    moment: 'scroll',
    when: { all: [['visits', '>=', 3], { not: ['path', 'startsWith', '/checkout'] }, ['device', '=', 'mobile']] },
  }),
];

const SURVEY = {
  id: 'survey-1',
  name: 'Leaving',
  description: '',
  type: 'popover',
  start_date: '2026-01-01T00:00:00Z',
  end_date: null,
  current_iteration: null,
  conditions: null,
  feature_flag_keys: [],
  linked_flag_key: null,
  targeting_flag_key: null,
  internal_targeting_flag_key: null,
  questions: [
    {
      id: 'question-1',
      type: 'open',
      question: '10% off what caught your eye',
      description: 'Leave your e-mail and we’ll send you a personal code.',
      buttonText: 'Send me the code',
    },
  ],
  appearance: {},
};

export async function openSite(peers: readonly PeerScript[]): Promise<Site> {
  const scripts = new Map([
    ...widgetFiles(),
    ['/array/phc_bench/config.js', REMOTE_CONFIG_SCRIPT] as const,
    ...peers.map(({ path, code }) => [path, code] as const),
  ]);
  const pictures = Array.from({ length: THINGS }, (_, index) => picture(index, 240, 300));
  let page = '';
  const server = createServer((request, response) => {
    request.resume().on('end', () => answer(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const site: Site = {
    shop: `http://${SHOP_HOST}:${port}`,
    scripts: `http://${SCRIPTS_HOST}:${port}`,
    asked: [],
    unknown: [],
    setPage(html) {
      page = html;
      site.asked = [];
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  const json = { arms: Object.fromEntries(RULES.map(({ id }) => [id, null])) };
  const answers: [RegExp, unknown][] = [
    [/^\/v1\/config/, config(RULES).body],
    [/^\/v1\/visits/, summary(json).body],
    [/^\/array\/[^/]+\/config$/, REMOTE_CONFIG],
    [/^\/flags/, { featureFlags: {}, featureFlagPayloads: {}, errorsWhileComputingFlags: false, ...REMOTE_CONFIG }],
    [/^\/api\/surveys/, { surveys: [SURVEY] }],
    [/^\/(api\/event|e|i\/v0\/e)/, { status: 1 }],
  ];

  /** Whatever is asked for: its type and its content, or null where nobody has it. */
  function found(host: string, { pathname, search }: URL): Content | null {
    if (host.startsWith(SHOP_HOST)) {
      const image = pictures[Number(/^\/media\/(\d+)\.png$/.exec(pathname)?.[1])];
      if (image) return { type: 'image/png', body: image };
      return pathname === '/favicon.ico' ? EMPTY : { type: 'text/html; charset=utf-8', body: page };
    }
    site.asked.push(pathname);
    // PostHog asks for the script of its own version first.
    const code = scripts.get(pathname.replace(/^\/static\/[\d.]+\//, '/static/'));
    // As the API does where the tag names its shop.
    const own =
      pathname === '/l.js' && search
        ? code?.replace(/\(\)\s*$/, () => `(${JSON.stringify(config(RULES).body)})`)
        : code;
    if (own !== undefined) return { type: 'text/javascript; charset=utf-8', body: own };
    const known = answers.find(([path]) => path.test(pathname));
    return known ? { type: 'application/json', body: JSON.stringify(known[1]) } : null;
  }

  function answer({ url = '/', headers, method }: IncomingMessage, response: ServerResponse): void {
    const asked = new URL(url, site.shop);
    const { pathname } = asked;
    const content = method === 'OPTIONS' ? EMPTY : found(headers.host ?? '', asked);
    if (!content) site.unknown.push(pathname);
    response.writeHead(content ? 200 : 404, {
      'content-type': content?.type ?? 'text/plain',
      'access-control-allow-origin': headers.origin ?? '*',
      'access-control-allow-headers': 'content-type',
      'access-control-allow-credentials': 'true',
      'timing-allow-origin': '*',
      // As the API serves what is named after its content.
      ...(/-[\da-f]{10}\.js$/.test(pathname) && { 'cache-control': 'public, max-age=31536000, immutable' }),
    });
    response.end(content?.body);
  }

  return site;
}

const REMOTE_CONFIG = {
  surveys: true,
  sessionRecording: false,
  autocapture_opt_out: false,
  capturePerformance: false,
  heatmaps: false,
  autocaptureExceptions: false,
  hasFeatureFlags: false,
  supportedCompression: ['gzip-js'],
  siteApps: [],
  toolbarParams: {},
};

const REMOTE_CONFIG_SCRIPT = `(window._POSTHOG_REMOTE_CONFIG = {}).phc_bench = ${JSON.stringify({ config: REMOTE_CONFIG, siteApps: [] })}`;

/** Read at once: another build may be writing while we measure. */
function widgetFiles(): (readonly [string, string])[] {
  const folder = fileURLToPath(new URL('../../../dist/widget/', import.meta.url));
  const files = readdirSync(folder).filter((file) => /^[\w-]+\.js$/.test(file));
  return files.map((file) => [`/${file}`, readFileSync(folder + file, 'utf8')] as const);
}
