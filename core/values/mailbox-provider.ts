/** Who keeps a mailbox, by its domain. Shops' own domains at these providers are not known as theirs. */

export const MAILBOX_PROVIDERS = ['gmail', 'microsoft', 'yahoo', 'mail.ru', 'yandex', 'other'] as const;
export type MailboxProvider = (typeof MAILBOX_PROVIDERS)[number];

/** Domains that are names of a provider followed by a country. */
const FAMILIES: [family: RegExp, provider: MailboxProvider][] = [
  [/^(outlook|hotmail|live)\.([a-z]{2,3}|com?\.[a-z]{2})$/, 'microsoft'],
  [/^(yahoo|ymail|rocketmail)\.([a-z]{2,3}|com?\.[a-z]{2})$/, 'yahoo'],
  [/^yandex\.([a-z]{2,3}|com?\.[a-z]{2})$/, 'yandex'],
];

const DOMAINS = new Map<string, MailboxProvider>([
  ['gmail.com', 'gmail'],
  ['googlemail.com', 'gmail'],
  ['msn.com', 'microsoft'],
  ['passport.com', 'microsoft'],
  // One filter since 2019: Yahoo's.
  ['aol.com', 'yahoo'],
  ['aim.com', 'yahoo'],
  ['mail.ru', 'mail.ru'],
  ['bk.ru', 'mail.ru'],
  ['inbox.ru', 'mail.ru'],
  ['list.ru', 'mail.ru'],
  ['internet.ru', 'mail.ru'],
  ['xmail.ru', 'mail.ru'],
  ['ya.ru', 'yandex'],
  ['narod.ru', 'yandex'],
]);

/** Providers of free mailboxes that are too small to be counted apart. */
const OTHER_FREE = new Set([
  'icloud.com',
  'me.com',
  'mac.com',
  'gmx.com',
  'gmx.de',
  'gmx.net',
  'gmx.at',
  'gmx.ch',
  'web.de',
  't-online.de',
  'freenet.de',
  'proton.me',
  'protonmail.com',
  'pm.me',
  'tutanota.com',
  'zoho.com',
  'mail.com',
  'fastmail.com',
  'rambler.ru',
  'lenta.ru',
  'autorambler.ru',
  'myrambler.ru',
  'ro.ru',
  'ukr.net',
  'i.ua',
  'mail.ua',
  'tut.by',
  'mail.kz',
  'orange.fr',
  'free.fr',
  'laposte.net',
  'libero.it',
  'wp.pl',
  'o2.pl',
  'interia.pl',
  'seznam.cz',
  'qq.com',
  '163.com',
  '126.com',
]);

/** The part behind the last @, in lower case. */
export const domainOf = (address: string): string =>
  address
    .slice(address.lastIndexOf('@') + 1)
    .trim()
    .toLowerCase()
    .replace(/\.$/, '');

export function providerOf(address: string): MailboxProvider {
  const domain = domainOf(address);
  return DOMAINS.get(domain) ?? FAMILIES.find(([family]) => family.test(domain))?.[1] ?? 'other';
}

/** Whether anybody can have an address there: their providers let nobody else send in its name, so that letters from it are refused. */
export const isFreeMail = (address: string): boolean =>
  providerOf(address) !== 'other' || OTHER_FREE.has(domainOf(address));
