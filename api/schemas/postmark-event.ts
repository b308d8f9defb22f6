/** Postmark's webhooks, read for what they mean. They are data from outside: whatever is not as it should be counts as not told. */

import { isUuid } from './common.ts';

/** What a provider tells of a letter. */
export interface Told {
  provider: 'postmark' | 'smtp';
  kind: 'delivered' | 'bounced' | 'complained' | 'opened' | 'clicked' | 'unsubscribed' | 'suppressed' | 'resubscribed';
  /** Names this thing among all that the provider tells: the same id is the same thing, told again. */
  key: string;
  /** Our letter, where the provider hands our own id back. */
  messageId: string | null;
  providerId: string | null;
  /** As the provider wrote it. */
  address: string | null;
  /** ms since the epoch; null where it isn't told. */
  at: number | null;
  /** What must follow for the address: no letter is sent there again. */
  stop: 'bounced' | 'complained' | 'unsubscribed' | null;
  /** The reader's own word, not the shop's. */
  byReader: boolean;
  link: string | null;
  userAgent: string | null;
  detail: Record<string, string | number | boolean | null>;
}

/** Kinds of bounces after which there is nobody to write to: https://postmarkapp.com/developer/api/bounce-api#bounce-types */
const HARD = new Set([1, 100_000, 100_002]);
const UNSUBSCRIBE = 16;
const COMPLAINTS = new Set([512, 100_001]);
/** Kinds that say nothing of the letter's arrival: automatic answers, subscriptions, changes of address. */
const NO_BOUNCE = new Set([32, 64, 128, 1_024, 16_384]);

type Fields = Record<string, unknown>;

/** Null for types that we don't know, and for what names nothing. */
export function readPostmark(body: unknown): Told | null {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return null;
  const fields = body as Fields;
  switch (fields.RecordType) {
    case 'Delivery':
      return told(fields, { kind: 'delivered', at: fields.DeliveredAt, detail: { description: text(fields.Details) } });
    case 'Bounce':
      return bounce(fields);
    case 'SpamComplaint':
      return told(fields, { kind: 'complained', stop: 'complained', at: fields.BouncedAt, byReader: true });
    case 'Open':
      return told(fields, { kind: 'opened', at: fields.ReceivedAt });
    case 'Click':
      return told(fields, { kind: 'clicked', at: fields.ReceivedAt });
    case 'SubscriptionChange':
      return subscription(fields);
    default:
      return null;
  }
}

function bounce(fields: Fields): Told | null {
  const { TypeCode: code } = fields;
  const number = typeof code === 'number' ? code : 0;
  const hard = fields.Inactive === true || HARD.has(number);
  const detail = { hard, description: text(fields.Description) ?? text(fields.Details) };
  const common = { at: fields.BouncedAt, detail };
  if (COMPLAINTS.has(number))
    return told(fields, { ...common, kind: 'complained', stop: 'complained', byReader: true });
  // An answer with "unsubscribe" in it, honoured for whom it names: some tell of it without saying who wrote.
  if (number === UNSUBSCRIBE || fields.Type === 'Unsubscribe') {
    const named = text(fields.Email) !== null || ownId(fields) !== null;
    return told(fields, { ...common, kind: 'unsubscribed', stop: named ? 'unsubscribed' : null, byReader: true });
  }
  if (NO_BOUNCE.has(number)) return null;
  return told(fields, { ...common, kind: 'bounced', stop: hard ? 'bounced' : null });
}

const STOPS: Record<string, Told['stop']> = {
  HardBounce: 'bounced',
  SpamComplaint: 'complained',
  ManualSuppression: 'unsubscribed',
};

function subscription(fields: Fields): Told | null {
  const { SuppressSending: suppress, SuppressionReason: reason } = fields;
  if (typeof suppress !== 'boolean') return null;
  return told(fields, {
    kind: suppress ? 'suppressed' : 'resubscribed',
    stop: suppress ? (STOPS[String(reason)] ?? 'unsubscribed') : null,
    at: fields.ChangedAt,
    byReader: fields.Origin === 'Recipient',
    detail: { origin: text(fields.Origin), reason: text(reason) },
  });
}

function told(
  fields: Fields,
  {
    kind,
    stop = null,
    at,
    byReader = false,
    detail = {},
  }: Pick<Told, 'kind'> & Partial<Pick<Told, 'stop' | 'byReader' | 'detail'>> & { at?: unknown },
): Told | null {
  const providerId = text(fields.MessageID, 100);
  if (!providerId) return null;
  const time = text(at, 40);
  const number = typeof fields.ID === 'number' || typeof fields.ID === 'string' ? String(fields.ID).slice(0, 40) : null;
  const link = text(fields.OriginalLink, 2_000);
  return {
    provider: 'postmark',
    kind,
    key: ['postmark', providerId, kind, time ?? number ?? '', number ?? '', link ?? ''].join(':'),
    messageId: ownId(fields),
    providerId,
    address: text(fields.Email, 320) ?? text(fields.Recipient, 320),
    at: timeOf(time),
    stop,
    byReader,
    link,
    userAgent: text(fields.UserAgent, 512),
    detail: {
      record: text(fields.RecordType),
      ...(fields.Type === undefined ? {} : { type: text(fields.Type) }),
      ...(typeof fields.TypeCode === 'number' ? { code: fields.TypeCode } : {}),
      providerId,
      ...detail,
    },
  };
}

/** The metadata that our letters carry. */
function ownId({ Metadata: metadata }: Fields): string | null {
  const m = typeof metadata === 'object' && metadata !== null ? (metadata as Fields).m : null;
  return typeof m === 'string' && isUuid(m) ? m.toLowerCase() : null;
}

/** Seven digits of a second's fraction are more than the language knows. */
function timeOf(text: string | null): number | null {
  const at = Date.parse((text ?? '').replace(/(\.\d{3})\d+/, '$1'));
  return Number.isFinite(at) ? at : null;
}

/** One line of text, capped. */
function text(value: unknown, longest = 300): string | null {
  if (typeof value !== 'string') return null;
  const clean = value
    .replace(/[\p{Cc}\p{Cs}\s]+/gu, ' ')
    .trim()
    .slice(0, longest);
  return clean === '' ? null : clean;
}
