/** The port to DNS, and DNS over HTTPS (RFC 8484's JSON form) for runtimes that have no resolver of their own. */

import type { DnsAnswer, DnsType, Question } from '../core/letters/sender-domain.ts';

/** Never throws: no such name is an answer, and so is no answer. */
export type Resolver = (question: Question) => Promise<DnsAnswer>;

/** https://www.iana.org/assignments/dns-parameters */
const NUMBERS: Record<DnsType, number> = { CNAME: 5, MX: 15, TXT: 16 };
const NO_ERROR = 0;
const NO_SUCH_NAME = 3;
const TIMEOUT_MS = 4_000;

export function dohResolver(call: typeof fetch, url = 'https://cloudflare-dns.com/dns-query'): Resolver {
  return async function ask({ name, type }) {
    try {
      const response = await call(`${url}?name=${encodeURIComponent(name)}&type=${type}`, {
        headers: { accept: 'application/dns-json' },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (!response.ok) return { failed: `http ${response.status}` };
      return answerOf(await response.json(), type);
    } catch (error) {
      return { failed: error instanceof Error ? error.name : 'failed' };
    }
  };
}

function answerOf(body: unknown, type: DnsType): DnsAnswer {
  const { Status: status, Answer: answers = [] } = body as {
    Status?: unknown;
    Answer?: { type: number; data: string }[];
  };
  if (status !== NO_ERROR && status !== NO_SUCH_NAME) return { failed: `status ${String(status)}` };
  const found = answers.filter((one) => one.type === NUMBERS[type]).map(({ data }) => plain(data, type));
  return { found };
}

/** A long text comes in pieces, each in quotes; a mail exchanger with its preference before it. */
function plain(data: string, type: DnsType): string {
  switch (type) {
    case 'TXT': {
      const pieces = data.match(/"(?:[^"\\]|\\.)*"/g);
      return pieces ? pieces.map((piece) => piece.slice(1, -1).replace(/\\(.)/g, '$1')).join('') : data;
    }
    case 'MX':
      return data.replace(/^\d+\s+/, '').replace(/\.$/, '');
    case 'CNAME':
      return data.replace(/\.$/, '');
  }
}
