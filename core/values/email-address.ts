/** E-mail addresses: which are accepted, and which are one person (RFC 5321 lengths; provider rules from their own help pages). */

import { domainToUnicode } from './punycode.ts';

export interface EmailAddress {
  /** As it is mailed: trimmed, the domain in lower case and NFKC. */
  address: string;
  /** One person, one canonical address: lower case, NFKC, domain in Unicode, the provider's aliases taken off. */
  canonical: string;
}

const GMAIL = new Set(['gmail.com', 'googlemail.com']);
/** Providers known to deliver `name+tag` to `name`. */
const IGNORES_TAGS = new Set([
  'outlook.com',
  'hotmail.com',
  'live.com',
  'msn.com',
  'icloud.com',
  'me.com',
  'mac.com',
  'fastmail.com',
  'fastmail.fm',
  'proton.me',
  'protonmail.com',
  'pm.me',
  'yandex.ru',
  'yandex.com',
  'ya.ru',
  'yandex.by',
  'yandex.kz',
  'mail.ru',
  'inbox.ru',
  'list.ru',
  'bk.ru',
  'zoho.com',
]);

/** RFC 5321's atom characters plus letters of any script, with their marks (RFC 6531); quoted local parts are refused. */
const ATOM = "[\\p{L}\\p{Nd}!#$%&'*+/=?^_`{|}~-][\\p{L}\\p{Nd}\\p{M}!#$%&'*+/=?^_`{|}~-]*";
const LOCAL = new RegExp(`^${ATOM}(\\.${ATOM})*$`, 'u');
const DOMAIN =
  /^(?=.{1,253}$)([\p{L}\p{Nd}]([\p{L}\p{Nd}\p{M}-]{0,61}[\p{L}\p{Nd}\p{M}])?\.)+[\p{L}][\p{L}\p{Nd}\p{M}-]{0,61}[\p{L}\p{Nd}\p{M}]$/u;

/** The address with its canonical form, or null when it is not one plain address of at most 254 characters. */
export function parseEmail(text: string): EmailAddress | null {
  // Asked before trimming: a line break is an attempt at a second header wherever it stands.
  if (text.length > 1_000 || /[\r\n\0]/.test(text)) return null;
  const trimmed = text.trim();
  const at = trimmed.lastIndexOf('@');
  const local = trimmed.slice(0, at);
  const domain = trimmed.slice(at + 1);
  if (at < 1 || trimmed.length > 254 || local.length > 64) return null;
  const host = folded(domain);
  const name = folded(local);
  // Both as typed and folded: some letters fold into spaces and dots.
  if (![local, name].every((form) => LOCAL.test(form)) || ![domain, host].every((form) => DOMAIN.test(form)))
    return null;
  return { address: `${local}@${host}`, canonical: canonical(name, domainToUnicode(host)) };
}

const folded = (text: string): string => text.normalize('NFKC').toLowerCase();

function canonical(name: string, domain: string): string {
  if (GMAIL.has(domain)) return `${untagged(name).replaceAll('.', '')}@gmail.com`;
  return `${IGNORES_TAGS.has(domain) ? untagged(name) : name}@${domain}`;
}

function untagged(name: string): string {
  const plus = name.indexOf('+');
  return plus > 0 ? name.slice(0, plus) : name;
}
