/** Environments and what is made of them: `[name, environment, what the settings hold | what the complaint names]`. */

import type { Environment, Settings } from '../../api/settings.ts';

/** All that a set DATABASE_URL requires. */
export const COMPLETE = { DATABASE_URL: 'postgres://u:p@db.example/linger', ADMIN_KEY: 'a', SIGNING_KEY: 's' };

export const GOOD: [name: string, env: Environment, holds: Partial<Settings>][] = [
  [
    'has the documented defaults',
    {},
    {
      databaseUrl: COMPLETE.DATABASE_URL,
      port: 8787,
      publicUrl: 'http://localhost:8787',
      postmark: null,
      tickMs: 1_000,
      sendTimeoutMs: 10_000,
      leaseMs: 60_000,
      reconcileGraceMs: 600_000,
      smtpUrl: null,
      lettersPerSecond: null,
      trustedProxies: 0,
      logLevel: 'info',
      demo: false,
      limitPages: true,
      disposableDomains: new Set<string>(),
      loopbackCalls: false,
      claimFloorMs: 150,
    },
  ],
  [
    'takes an empty variable for unset',
    { PORT: '', POSTMARK_TOKEN: ' ', TICK_MS: '', LOG_LEVEL: '', DEMO: '', PUBLIC_URL: '' },
    { port: 8787, postmark: null, logLevel: 'info', demo: false },
  ],
  ['trims', { PORT: ' 9000 ', ADMIN_KEY: ' key ' }, { port: 9000, adminKey: 'key' }],
  [
    'takes the slash off PUBLIC_URL',
    { PUBLIC_URL: 'https://linger.example//' },
    { publicUrl: 'https://linger.example' },
  ],
  [
    'keeps a path in PUBLIC_URL',
    { PUBLIC_URL: 'https://shop.example/linger/' },
    { publicUrl: 'https://shop.example/linger' },
  ],
  ['names its port in PUBLIC_URL', { PORT: '9000' }, { publicUrl: 'http://localhost:9000' }],
  ['mails with a token', { POSTMARK_TOKEN: 't' }, { postmark: { token: 't', url: null } }],
  [
    'mails to another base',
    { POSTMARK_TOKEN: 't', POSTMARK_URL: 'http://127.0.0.1:1/' },
    { postmark: { token: 't', url: 'http://127.0.0.1:1' } },
  ],
  [
    'mails through a server of the shop’s own',
    { SMTP_URL: 'smtps://user:pa%40ss@mail.example:465' },
    { smtpUrl: 'smtps://user:pa%40ss@mail.example:465', postmark: null },
  ],
  ['keeps a pace', { LETTERS_PER_SECOND: '50' }, { lettersPerSecond: 50 }],
  ['takes a demo beside a database', { DEMO: 'yes' }, { demo: true }],
  ['is no demo when told so', { DEMO: '0' }, { demo: false }],
  ['limits no pages in a demo', { DEMO: '1' }, { limitPages: false }],
  ['calls this machine in a demo', { DEMO: '1' }, { loopbackCalls: true }],
  ['calls this machine when told so', { LOOPBACK_CALLS: '1' }, { loopbackCalls: true }],
  [
    'reads throw-away domains as canonical addresses have them',
    { DISPOSABLE_DOMAINS: '# ours\nMailbox.example, googlemail.com\n\n xn--80aairftm.xn--p1ai  # one more\n' },
    { disposableDomains: new Set(['mailbox.example', 'gmail.com', 'магазин.рф']) },
  ],
  ['limits pages as it is told', { DEMO: '1', PAGE_LIMITS: '1' }, { limitPages: true }],
  ['limits no pages when told so', { PAGE_LIMITS: 'off' }, { limitPages: false }],
  [
    'takes postgresql: for postgres:',
    { DATABASE_URL: 'postgresql://db.example/x' },
    { databaseUrl: 'postgresql://db.example/x' },
  ],
  [
    'takes quick waits in their order',
    { SEND_TIMEOUT_MS: '100', LEASE_MS: '101', RECONCILE_GRACE_MS: '102' },
    { sendTimeoutMs: 100, leaseMs: 101, reconcileGraceMs: 102 },
  ],
];

export const BAD: [name: string, env: Environment, named: RegExp][] = [
  ['needs an admin key with a database', { ADMIN_KEY: '' }, /^ADMIN_KEY is required/],
  ['needs a signing key with a database', { SIGNING_KEY: undefined }, /^SIGNING_KEY is required/],
  ['knows no other database', { DATABASE_URL: 'mysql://db.example/x' }, /^DATABASE_URL must be/],
  ['knows a url when it sees one', { DATABASE_URL: 'localhost' }, /^DATABASE_URL must be/],
  ['refuses a port of text', { PORT: 'http' }, /^PORT must be a whole number/],
  ['refuses half a port', { PORT: '80.5' }, /^PORT/],
  ['refuses port 0', { PORT: '0' }, /^PORT/],
  ['refuses port 65536', { PORT: '65536' }, /^PORT/],
  ['refuses a PUBLIC_URL without a scheme', { PUBLIC_URL: 'linger.example' }, /^PUBLIC_URL/],
  ['refuses a PUBLIC_URL that runs', { PUBLIC_URL: 'javascript:alert(1)' }, /^PUBLIC_URL/],
  ['refuses a PUBLIC_URL with a query', { PUBLIC_URL: 'https://linger.example/?a=b' }, /^PUBLIC_URL/],
  ['refuses a level that there is not', { LOG_LEVEL: 'loud' }, /^LOG_LEVEL must be one of debug, info, warn, error/],
  ['refuses a tick of no time', { TICK_MS: '0' }, /^TICK_MS/],
  ['refuses a pace of nothing', { LETTERS_PER_SECOND: '0' }, /^LETTERS_PER_SECOND must be a whole number/],
  ['refuses proxies below none', { TRUSTED_PROXIES: '-1' }, /^TRUSTED_PROXIES/],
  [
    'refuses a lease no longer than a call',
    { SEND_TIMEOUT_MS: '60000' },
    /SEND_TIMEOUT_MS \(60000\) must be less than LEASE_MS \(60000\)/,
  ],
  ['refuses a doubt before the lease ends', { LEASE_MS: '600000' }, /RECONCILE_GRACE_MS/],
  ['refuses another base without a token', { POSTMARK_URL: 'http://127.0.0.1:1' }, /^POSTMARK_URL/],
  ['knows a mail server by its scheme', { SMTP_URL: 'https://mail.example' }, /^SMTP_URL must be a url/],
  ['refuses a mail server without a name', { SMTP_URL: 'smtp://:587' }, /^SMTP_URL/],
  [
    'sends letters one way only',
    { SMTP_URL: 'smtp://mail.example', POSTMARK_TOKEN: 't' },
    /^SMTP_URL and POSTMARK_TOKEN are both set/,
  ],
  [
    'refuses throw-away domains that are none',
    { DISPOSABLE_DOMAINS: 'mailbox.example nodot' },
    /^DISPOSABLE_DOMAINS .* not "nodot"/,
  ],
  ['refuses limits that are neither on nor off', { PAGE_LIMITS: '10' }, /^PAGE_LIMITS/],
  ['refuses a DEMO that is neither yes nor no', { DEMO: 'maybe' }, /^DEMO/],
];
