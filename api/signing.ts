/** Hashes, keys and signed tokens: the same on Node and in a Worker. */

import { hmacSha256 } from './hmac-sha256.ts';

const encoder = new TextEncoder();

export async function sha256Hex(told: string | Uint8Array<ArrayBuffer>): Promise<string> {
  const bytes = typeof told === 'string' ? encoder.encode(told) : told;
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}

/** What an address is known by where the address itself must not stand. */
export const addressHash = async (signingKey: string, canonical: string): Promise<string> =>
  hex(hmacSha256(signingKey, `address:${canonical}`));

/** What an address range is counted by where the range itself must not stand. */
export const networkHash = async (signingKey: string, shopId: string, range: string): Promise<string> =>
  hex(hmacSha256(signingKey, `network:${shopId}:${range}`));

/** The secret a shop's server proves a visitor's address with: HMAC-SHA256 of the lower-case address, in hex. */
export const identitySecret = async (signingKey: string, shopId: string): Promise<string> =>
  hex(hmacSha256(signingKey, `identity:${shopId}`));

export const identityProof = async (secret: string, email: string): Promise<string> =>
  hex(hmacSha256(secret, email.trim().toLowerCase()));

/** Whether a platform has signed these bytes: base64 of their HMAC-SHA256, as Shopify's and WooCommerce's webhooks carry it. */
export async function isSignedBy(secret: string, text: string, signature: string): Promise<boolean> {
  return sameText(base64(hmacSha256(secret, text)), signature);
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
  bytes.set(hmacSha256(signingKey, `${purpose}:${id}${data && `:${data}`}`).subarray(0, 16), ID_BYTES);
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

const base64 = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
};

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

const fromHex = (digits: string): Uint8Array => {
  const bytes = new Uint8Array(digits.length / 2);
  for (let place = 0; place < bytes.length; place += 1)
    bytes[place] = Number.parseInt(digits.slice(2 * place, 2 * place + 2), 16);
  return bytes;
};
