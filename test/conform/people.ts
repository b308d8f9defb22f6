/** Browsers by their user agents, and addresses by their aliases: what needs no page. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judgeAddress } from '../../api/actions/contacts/judge-address.ts';
import { readNetwork } from '../../api/network.ts';
import { readSettings } from '../../api/settings.ts';
import { parseEmail } from '../../core/values/email-address.ts';
import { differ, type Sample, type Verdict } from './sample.ts';

const NAMES: Record<string, string> = { undefined: 'desktop', smarttv: 'tv' };
const LEAST_RIGHT = 0.97;

const agentOf = (ua: string): string | null =>
  readNetwork(new Headers({ 'user-agent': ua }), { peer: '192.0.2.1', trustedProxies: 0 }).client.device;

function files(root: string, folder: string): [name: string, rows: unknown][] {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  const names = readdirSync(path).filter((file) => file.endsWith('.json') && !file.endsWith('.expect.json'));
  return names.sort().map((file) => [`${folder}/${file}`, JSON.parse(readFileSync(join(path, file), 'utf8'))]);
}

export function conformAgents(root: string): Verdict[] {
  return files(root, 'user-agent').map(([name, rows]) => {
    const samples = rows as { ua: string; expect: string | { type: string } }[];
    const right = samples.filter(({ ua, expect }) => {
      const kind = typeof expect === 'string' ? expect : expect.type;
      return agentOf(ua) === (NAMES[kind] ?? kind);
    });
    const share = right.length / samples.length;
    const problem = `expected at least ${LEAST_RIGHT * 100} % right, got ${(share * 100).toFixed(1)} % of ${samples.length}`;
    return { name, problems: share >= LEAST_RIGHT ? [] : [problem] };
  });
}

export function conformAliases(root: string): Verdict[] {
  return files(root, 'email-alias').map(([name, rows]) => ({
    name,
    problems: (rows as { input: string; normalized: string }[]).flatMap(({ input, normalized }) =>
      // Two dots in a row are no address (RFC 5321): such a one is refused before anyone asks whose it is.
      input.includes('..')
        ? differ(input, null, parseEmail(input))
        : differ(input, normalized, parseEmail(input)?.canonical),
    ),
  }));
}

export interface DomainsExpected {
  must_block: string[];
  must_allow: string[];
}

/** What every instance has to have. */
const INSTANCE = { DATABASE_URL: 'postgres://localhost/linger', ADMIN_KEY: 'admin', SIGNING_KEY: 'of-the-samples' };

/** A list of throw-away domains as an instance is given it, asked by a shop that gives such addresses nothing. */
export function conformDomains(samples: Sample<DomainsExpected>[]): Verdict[] {
  return samples.map(({ name, text, expected }) => {
    const read = readSettings({ ...INSTANCE, DISPOSABLE_DOMAINS: text });
    if ('complaints' in read) return { name, problems: read.complaints.slice(0, 3) };
    const shop = { settings: { limits: { disposable: 'deny', disposableDomains: [] } } } as never;
    const judged = (domain: string): string => {
      const canonical = parseEmail(`someone@${domain}`)?.canonical ?? '';
      return judgeAddress({ settings: read.settings }, shop, { canonical, marketing: 'none' });
    };
    return {
      name,
      problems: [
        ...expected.must_block.flatMap((domain) => differ(domain, 'deny', judged(domain))),
        ...expected.must_allow.flatMap((domain) => differ(domain, 'allow', judged(domain))),
      ],
    };
  });
}
