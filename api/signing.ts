/** Hashes, keys and signed tokens, on WebCrypto alone: the same on Node and in a Worker. */

const encoder = new TextEncoder();

export async function sha256Hex(told: string | Uint8Array<ArrayBuffer>): Promise<string> {
  const bytes = typeof told === 'string' ? encoder.encode(told) : told;
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}

async function hmac(key: string, text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.sign('HMAC', await importedKey(key), encoder.encode(text)));
}

/** Every link of every letter is signed with the same few. Kept when imported, not while: a Worker's requests can't wait for each other. */
const imported = new Map<string, CryptoKey>();
const MOST_KEYS = 1_000;

async function importedKey(key: string): Promise<CryptoKey> {
  const known = imported.get(key);
  if (known) return known;
  const bytes = encoder.encode(key);
  const fresh = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  if (imported.size >= MOST_KEYS) imported.clear();
  imported.set(key, fresh);
  return fresh;
}

/** What an address is known by where the address itself must not stand. */
export const addressHash = async (signingKey: string, canonical: string): Promise<string> =>
  hex(await hmac(signingKey, `address:${canonical}`));

/** What an address range is counted by where the range itself must not stand. */
export const networkHash = async (signingKey: string, shopId: string, range: string): Promise<string> =>
  hex(await hmac(signingKey, `network:${shopId}:${range}`));

/** The secret a shop's server proves a visitor's address with: HMAC-SHA256 of the lower-case address, in hex. */
export const identitySecret = async (signingKey: string, shopId: string): Promise<string> =>
  hex(await hmac(signingKey, `identity:${shopId}`));

export const identityProof = async (secret: string, email: string): Promise<string> =>
  hex(await hmac(secret, email.trim().toLowerCase()));

/** Whether a platform has signed these bytes: base64 of their HMAC-SHA256, as Shopify's and WooCommerce's webhooks carry it. */
export async function isSignedBy(secret: string, text: string, signature: string): Promise<boolean> {
  return sameText(base64(await hmac(secret, text)), signature);
}

/** What a token lets its bearer do. */
export type TokenPurpose =
  | 'unsubscribe'
  | 'preferences'
  | 'confirm'
  | 'nps'
  | 'reason'
  | 'away'
  | 'review'
  | 'opened'
  | 'click'
  | 'visit'
  | 'restore';

const ID_BYTES = 16;
const SIGNED_BYTES = 32;

/** A token that names a row by its UUID: 16 bytes of id, 16 of signature, then what else it says, which anybody can read; base64url. */
export async function signToken(signingKey: string, purpose: TokenPurpose, id: string, data = ''): Promise<string> {
  const told = encoder.encode(data);
  const bytes = new Uint8Array(SIGNED_BYTES + told.length);
  bytes.set(fromHex(id.replaceAll('-', '')));
  bytes.set((await hmac(signingKey, `${purpose}:${id}${data && `:${data}`}`)).subarray(0, 16), ID_BYTES);
  bytes.set(told, SIGNED_BYTES);
  return base64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The row's UUID, or null for a token that we did not sign for this purpose. */
export async function readToken(signingKey: string, purpose: TokenPurpose, token: string): Promise<string | null> {
  const read = await readTelling(signingKey, purpose, token);
  return read?.data === '' ? read.id : null;
}

/** The row's UUID and what else the token says. */
export async function readTelling(
  signingKey: string,
  purpose: TokenPurpose,
  token: string,
): Promise<{ id: string; data: string } | null> {
  if (!/^[\w-]{43,4096}$/.test(token) || token.length % 4 === 1) return null;
  const bytes = Uint8Array.from(atob(token.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));
  const id = hex(bytes.subarray(0, ID_BYTES)).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const data = new TextDecoder().decode(bytes.subarray(SIGNED_BYTES));
  return sameText(await signToken(signingKey, purpose, id, data), token) ? { id, data } : null;
}

/** Compares without telling by time where the difference is. */
export function sameText(one: string, other: string): boolean {
  let difference = one.length ^ other.length;
  for (let index = 0; index < one.length; index += 1)
    difference |= one.charCodeAt(index) ^ (other.charCodeAt(index) || 0);
  return difference === 0;
}

/** 32 random bytes as hex behind a prefix: `sk_…`, `pk_…`. */
export const randomKey = (prefix: string): string => `${prefix}${hex(crypto.getRandomValues(new Uint8Array(32)))}`;

const base64 = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

const fromHex = (digits: string): Uint8Array =>
  Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
