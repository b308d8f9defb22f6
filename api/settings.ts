/** The environment as settings, or a list of what is wrong with it. A pure function: only the roots touch the environment. */

import { mailDomain } from '../core/values/throwaway.ts';
import { LOG_LEVELS, type LogLevel } from './log.ts';

export interface Settings {
  /** Null: the embedded database. */
  databaseUrl: string | null;
  port: number;
  /** Where pages, letters and providers reach us; no slash at the end. */
  publicUrl: string;
  adminKey: string;
  signingKey: string;
  postmark: { token: string; url: string | null } | null;
  /** A mail server, instead of Postmark; on Node only. */
  smtpUrl: string | null;
  tickMs: number;
  sendTimeoutMs: number;
  leaseMs: number;
  reconcileGraceMs: number;
  /** Letters handed to the provider in a second, by all workers together; null: as many as it takes. */
  lettersPerSecond: number | null;
  /** How many proxies of ours stand in front: which entry of X-Forwarded-For is believed. */
  trustedProxies: number;
  logLevel: LogLevel;
  demo: boolean;
  /** Whether pages are held to a rate per network and visitor. Calls from this machine itself never are. */
  limitPages: boolean;
  /** Whose addresses are thrown away after use, as canonical addresses have them. */
  disposableDomains: ReadonlySet<string>;
  /** Whether urls that a shop names may lead to this machine itself. */
  loopbackCalls: boolean;
  /** Least time from receipt to answer of a claim, so that its length tells nothing. */
  claimFloorMs: number;
}

/** Whether letters leave at all: without a provider they land in the local inbox. */
export const hasProvider = ({ postmark, smtpUrl }: Pick<Settings, 'postmark' | 'smtpUrl'>): boolean =>
  postmark !== null || smtpUrl !== null;

export type Environment = Record<string, string | undefined>;

/** Keys that a machine without `DATABASE_URL` has made for itself. */
export interface OwnKeys {
  adminKey: string;
  signingKey: string;
}

const YES = ['1', 'true', 'yes', 'on'];
const NO = ['0', 'false', 'no', 'off'];

/** Reads every variable and complains about all that is wrong at once. An empty variable counts as unset. */
export function readSettings(
  env: Environment,
  own: OwnKeys | null = null,
): { settings: Settings } | { complaints: string[] } {
  const complaints: string[] = [];
  const text = (name: string): string | null => env[name]?.trim() || null;

  const whole = (name: string, fallback: number, least: number, most: number): number => {
    const raw = text(name);
    if (raw === null) return fallback;
    const value = Number(raw);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    complaints.push(`${name} must be a whole number from ${least} to ${most}, not "${raw}".`);
    return fallback;
  };

  const url = (name: string, protocols: string[]): string | null => {
    const raw = text(name);
    if (raw === null) return null;
    try {
      if (protocols.includes(new URL(raw).protocol)) return raw.replace(/\/+$/, '');
    } catch {
      // Falls through to the complaint.
    }
    complaints.push(`${name} must be a url that starts with ${protocols.map((one) => `${one}//`).join(' or ')}.`);
    return null;
  };

  /** A url that others are made from by adding a path. */
  const base = (name: string): string | null => {
    const found = url(name, ['http:', 'https:']);
    if (!found || !/[?#]/.test(found)) return found;
    complaints.push(`${name} must have no query and no fragment: paths are added to it.`);
    return null;
  };

  const required = (name: string, fallback: string | undefined): string => {
    const value = text(name) ?? fallback;
    if (!value) complaints.push(`${name} is required when DATABASE_URL is set: any long random text.`);
    return value ?? '';
  };

  const choice = <T extends string>(name: string, among: readonly T[], fallback: T): T => {
    const raw = text(name);
    if (raw === null) return fallback;
    const found = among.find((one) => one === raw);
    if (!found) complaints.push(`${name} must be one of ${among.join(', ')}, not "${raw}".`);
    return found ?? fallback;
  };

  const flag = (name: string, fallback: boolean): boolean => {
    const raw = text(name)?.toLowerCase();
    if (raw === undefined) return fallback;
    if (!YES.includes(raw) && !NO.includes(raw))
      complaints.push(`${name} must be ${YES[0]} or ${NO[0]}, not "${raw}".`);
    return YES.includes(raw);
  };

  /** One a line, or between spaces and commas; what follows a `#` is a remark. */
  const domains = (name: string): Set<string> => {
    const words = (text(name) ?? '').replace(/#.*/g, '').split(/[\s,]+/);
    const listed = new Set<string>();
    for (const word of words.filter((one) => one !== '')) {
      const domain = mailDomain(word);
      if (domain === null)
        complaints.push(`${name} must name domains such as mailbox.example, not "${word.slice(0, 80)}".`);
      else listed.add(domain);
    }
    return listed;
  };

  const unread = text('DISPOSABLE_DOMAINS_FILE');
  if (unread) complaints.push(`DISPOSABLE_DOMAINS_FILE names a file that can’t be read here: ${unread}`);

  const databaseUrl = url('DATABASE_URL', ['postgres:', 'postgresql:']);
  const port = whole('PORT', 8787, 1, 65_535);
  const postmarkToken = text('POSTMARK_TOKEN');
  const postmarkUrl = base('POSTMARK_URL');
  if (postmarkUrl && !postmarkToken) complaints.push('POSTMARK_URL is set without POSTMARK_TOKEN.');
  const smtpUrl = url('SMTP_URL', ['smtp:', 'smtps:']);
  if (smtpUrl && !new URL(smtpUrl).hostname)
    complaints.push('SMTP_URL must name a host: smtp://user:password@host:587.');
  if (smtpUrl && postmarkToken) complaints.push('SMTP_URL and POSTMARK_TOKEN are both set: letters leave one way.');

  const demo = flag('DEMO', databaseUrl === null);
  const settings: Settings = {
    databaseUrl,
    port,
    publicUrl: base('PUBLIC_URL') ?? `http://localhost:${port}`,
    adminKey: required('ADMIN_KEY', own?.adminKey),
    signingKey: required('SIGNING_KEY', own?.signingKey),
    postmark: postmarkToken ? { token: postmarkToken, url: postmarkUrl } : null,
    smtpUrl,
    tickMs: whole('TICK_MS', 1_000, 10, 3_600_000),
    sendTimeoutMs: whole('SEND_TIMEOUT_MS', 10_000, 100, 600_000),
    leaseMs: whole('LEASE_MS', 60_000, 100, 3_600_000),
    reconcileGraceMs: whole('RECONCILE_GRACE_MS', 600_000, 100, 86_400_000),
    lettersPerSecond: text('LETTERS_PER_SECOND') === null ? null : whole('LETTERS_PER_SECOND', 1, 1, 10_000),
    trustedProxies: whole('TRUSTED_PROXIES', 0, 0, 10),
    logLevel: choice('LOG_LEVEL', LOG_LEVELS, 'info'),
    demo,
    limitPages: flag('PAGE_LIMITS', !demo),
    disposableDomains: domains('DISPOSABLE_DOMAINS'),
    loopbackCalls: flag('LOOPBACK_CALLS', demo),
    claimFloorMs: 150,
  };
  if (!(settings.sendTimeoutMs < settings.leaseMs && settings.leaseMs < settings.reconcileGraceMs)) {
    complaints.push(
      `SEND_TIMEOUT_MS (${settings.sendTimeoutMs}) must be less than LEASE_MS (${settings.leaseMs}), and that less than ` +
        `RECONCILE_GRACE_MS (${settings.reconcileGraceMs}): a call must end before its lease does, and be known before it is doubted.`,
    );
  }
  return complaints.length > 0 ? { complaints } : { settings };
}
