/** What DNS holds of a domain, and what is said of it: `[name, sender, records, verdicts, aligned, ready]`. Verdicts are spf, dkim, return path, dmarc. */

import type { SenderDomain } from '../../core/letters/sender-domain.ts';

export interface DomainCase {
  name: string;
  sender?: Partial<SenderDomain>;
  /** By `TYPE name`; "!" instead of a list: DNS does not answer. */
  dns: Record<string, readonly string[] | '!'>;
  verdicts: readonly [spf: boolean | null, dkim: boolean | null, path: boolean | null, dmarc: boolean | null];
  aligned: boolean | null;
  /** Words that one of the reasons must hold. */
  why?: string;
}

export const SENDER: SenderDomain = { domain: 'shop.example', provider: 'postmark', server: null, selectors: ['pm'] };

const KEY = 'v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3';
const DKIM = { 'TXT pm._domainkey.shop.example': [KEY] };
const PATH = { 'CNAME pm-bounces.shop.example': ['PM.mtasv.net.'] };
const DMARC = { 'TXT _dmarc.shop.example': ['v=DMARC1; p=none; rua=mailto:dmarc@shop.example'] };
const spf = (...texts: string[]) => ({ 'TXT shop.example': ['google-site-verification=x', ...texts] });
const all = { ...DKIM, ...PATH, ...DMARC };
const SMTP: Partial<SenderDomain> = { provider: 'smtp', server: 'mail.host.example' };
const MX = { 'MX shop.example': ['mx.shop.example'] };

export const domainCases: readonly DomainCase[] = [
  { name: 'everything is there', dns: all, verdicts: [true, true, true, true], aligned: true },
  { name: 'nothing is there', dns: {}, verdicts: [false, false, false, false], aligned: false, why: '?selector=' },
  {
    name: 'SPF names Postmark',
    dns: { ...all, ...spf('v=spf1 include:spf.mtasv.net ~all') },
    verdicts: [true, true, true, true],
    aligned: true,
  },
  {
    name: 'SPF is needed at the domain where there is no return path',
    dns: { ...DKIM, ...DMARC, ...spf('v=spf1 include:_spf.google.com ~all') },
    verdicts: [false, true, false, true],
    aligned: true,
    why: 'add include:spf.mtasv.net',
  },
  {
    name: 'two SPF records are none',
    dns: { ...all, ...spf('v=spf1 include:spf.mtasv.net ~all', 'v=spf1 mx ~all') },
    verdicts: [false, true, true, true],
    aligned: true,
    why: 'There are several',
  },
  {
    name: 'an SPF that lets anybody in',
    dns: { ...all, ...spf('v=spf1 +all') },
    verdicts: [false, true, true, true],
    aligned: true,
    why: 'anybody',
  },
  {
    name: 'an SPF of eleven lookups',
    dns: {
      ...all,
      ...spf(`v=spf1 ${Array.from({ length: 10 }, (_, one) => `include:s${one}.example`).join(' ')} mx ~all`),
    },
    verdicts: [false, true, true, true],
    aligned: true,
    why: '11 lookups',
  },
  {
    name: 'spf10 is not SPF',
    dns: { ...all, ...spf('v=spf10 +all') },
    verdicts: [true, true, true, true],
    aligned: true,
  },
  {
    name: 'a key that was withdrawn, a return path that holds',
    dns: { ...all, 'TXT pm._domainkey.shop.example': ['v=DKIM1; p='] },
    verdicts: [true, false, true, true],
    aligned: true,
    why: 'withdrawn',
  },
  {
    name: 'a strict policy takes no return path under the domain for its own',
    dns: { ...PATH, 'TXT _dmarc.shop.example': ['v=DMARC1; p=reject; aspf=s'] },
    verdicts: [true, false, true, true],
    aligned: false,
    why: 'met with reject',
  },
  {
    name: 'a strict policy takes the signature',
    dns: { ...DKIM, ...PATH, 'TXT _dmarc.shop.example': ['v=DMARC1; p=reject; adkim=s; aspf=s'] },
    verdicts: [true, true, true, true],
    aligned: true,
  },
  {
    name: 'a return path that leads elsewhere',
    dns: { ...all, 'CNAME pm-bounces.shop.example': ['mail.other.example'] },
    verdicts: [false, true, false, true],
    aligned: true,
    why: 'elsewhere',
  },
  {
    name: 'a DMARC without a policy',
    dns: { ...all, 'TXT _dmarc.shop.example': ['v=DMARC1; rua=mailto:a@b.example'] },
    verdicts: [true, true, true, false],
    aligned: true,
    why: 'no policy',
  },
  {
    name: 'two policies are none',
    dns: { ...all, 'TXT _dmarc.shop.example': ['v=DMARC1; p=none', 'v=DMARC1; p=reject'] },
    verdicts: [true, true, true, false],
    aligned: true,
  },
  {
    name: 'the policy of the domain it lies in',
    sender: { domain: 'news.shop.example' },
    dns: {
      'TXT pm._domainkey.news.shop.example': [KEY],
      'CNAME pm-bounces.news.shop.example': ['pm.mtasv.net'],
      ...DMARC,
    },
    verdicts: [true, true, true, true],
    aligned: true,
  },
  {
    name: 'the first selector that is known',
    sender: { selectors: ['other', 'pm'] },
    dns: all,
    verdicts: [true, true, true, true],
    aligned: true,
  },
  {
    name: 'a DNS that does not answer says nothing',
    dns: {
      'TXT shop.example': '!',
      'TXT pm._domainkey.shop.example': '!',
      'CNAME pm-bounces.shop.example': '!',
      'TXT _dmarc.shop.example': '!',
    },
    verdicts: [null, null, null, null],
    aligned: null,
    why: 'ask again',
  },
  {
    name: 'a mail server, complete',
    sender: SMTP,
    dns: { ...DKIM, ...DMARC, ...MX, ...spf('v=spf1 a:mail.host.example ~all') },
    verdicts: [true, true, true, true],
    aligned: true,
  },
  {
    name: 'a mail server without a signature: forwarded letters fail',
    sender: SMTP,
    dns: { ...DMARC, ...MX, ...spf('v=spf1 a:mail.host.example ~all') },
    verdicts: [true, false, true, true],
    aligned: true,
    why: 'forwarded',
  },
  {
    name: 'a domain that takes no bounces',
    sender: SMTP,
    dns: { ...DKIM, ...DMARC, ...spf('v=spf1 a:mail.host.example ~all') },
    verdicts: [true, true, false, true],
    aligned: true,
    why: 'takes no mail',
  },
];
