/** DNS as this machine is set up to ask it. */

import { Resolver as DnsResolver } from 'node:dns/promises';
import type { DnsType } from '../../core/letters/sender-domain.ts';
import type { Resolver } from '../resolver.ts';

/** Codes that say "there is none", not "nobody knows". */
const NONE = new Set(['ENOTFOUND', 'ENODATA']);

/** `servers`: others than the machine's, as `address:port`. */
export function nodeResolver({ servers }: { servers?: string[] } = {}): Resolver {
  const dns = new DnsResolver({ timeout: 2_000, tries: 2 });
  if (servers) dns.setServers(servers);
  const ask: Record<DnsType, (name: string) => Promise<string[]>> = {
    TXT: async (name) => (await dns.resolveTxt(name)).map((pieces) => pieces.join('')),
    CNAME: (name) => dns.resolveCname(name),
    // "." stands for a domain that takes no mail (RFC 7505).
    MX: async (name) =>
      (await dns.resolveMx(name)).map(({ exchange }) => exchange).filter((exchange) => exchange !== ''),
  };
  return async ({ name, type }) => {
    try {
      return { found: await ask[type](name) };
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'failed';
      return NONE.has(code) ? { found: [] } : { failed: code };
    }
  };
}
