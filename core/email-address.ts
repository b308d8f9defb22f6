/** E-mail addresses: which are accepted, and which are one person (RFC 5321 lengths; provider rules from their own help pages). */

import { domainToUnicode } from './punycode.ts';

export interface EmailAddress {
  /** As it is mailed: trimmed, domain in lower case. */
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

/** RFC 5321's atom characters plus letters of any script (RFC 6531); quoted local parts are refused. */
const LOCAL = /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
const DOMAIN =
  /^(?=.{1,253}$)([\p{L}\p{N}]([\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}][\p{L}\p{N}-]{0,61}[\p{L}\p{N}]$/u;

/** The address with its canonical form, or null when it is not one plain address of at most 254 characters. */
export function parseEmail(text: string): EmailAddress | null {
  const trimmed = text.trim();
  const at = trimmed.lastIndexOf('@');
  const local = trimmed.slice(0, at);
  const domain = trimmed.slice(at + 1).toLowerCase();
  if (at < 1 || trimmed.length > 254 || local.length > 64) return null;
  if (!LOCAL.test(local) || !DOMAIN.test(domain)) return null;
  return { address: `${local}@${domain}`, canonical: canonical(local, domain) };
}

function canonical(local: string, asciiDomain: string): string {
  const domain = domainToUnicode(asciiDomain.normalize('NFKC').toLowerCase());
  const name = local.normalize('NFKC').toLowerCase();
  if (GMAIL.has(domain)) return `${untagged(name).replaceAll('.', '')}@gmail.com`;
  return `${IGNORES_TAGS.has(domain) ? untagged(name) : name}@${domain}`;
}

function untagged(name: string): string {
  const plus = name.indexOf('+');
  return plus > 0 ? name.slice(0, plus) : name;
}
