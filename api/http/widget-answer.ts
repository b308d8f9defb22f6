/** The widget's scripts as browsers and caches want them. */

import { sha256Hex } from '../signing.ts';
import { isKnown } from './etag.ts';

export interface WidgetFile {
  bytes: Uint8Array<ArrayBuffer>;
  /** The same by Brotli; absent where what lies before the server packs. */
  packed?: Uint8Array<ArrayBuffer>;
  /** Packs what is made of it for one answer, and quickly. */
  pack?(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
  /** How long it may be kept, where its name alone doesn't tell. */
  caching?: string;
}

/** The tag's own file may change with each release; chunks carry their hash in their names. */
const FIVE_MINUTES = 'public, max-age=300';
const FOREVER = 'public, max-age=31536000, immutable';

export async function widgetAnswer(request: Request, name: string, file: WidgetFile): Promise<Response> {
  const { bytes, packed, caching = name === 'l.js' ? FIVE_MINUTES : FOREVER } = file;
  const brotli = packed !== undefined && takesBrotli(request.headers.get('accept-encoding'));
  // The mark differs with the encoding, as RFC 9110 §8.8.3.3 wants it.
  const etag = `"${(await sha256Hex(bytes)).slice(0, 32)}${brotli ? '-br' : ''}"`;
  const headers = {
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': caching,
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    etag,
    ...(packed ? { vary: 'accept-encoding' } : {}),
    ...(brotli ? { 'content-encoding': 'br' } : {}),
  };
  if (isKnown(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers });
  return new Response(brotli ? packed : bytes, { headers });
}

const takesBrotli = (header: string | null): boolean =>
  /(^|[\s,])br\s*(,|$|;\s*q=(1|0?\.\d*[1-9]))/i.test(header ?? '');
