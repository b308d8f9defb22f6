/**
 * HMAC-SHA256 of short texts (RFC 2104, FIPS 180-4), answered at once. WebCrypto hands each to another thread, which for a link of a letter
 * takes ten times as long as the hash itself; and no other way is the same on Node and in a Worker.
 */

const BLOCK = 64;
/** The last block ends in the length, of 8 bytes, behind a byte that ends the text. */
const ENDING = 9;
const encoder = new TextEncoder();

const words = (hex: string): Int32Array =>
  Int32Array.from(hex.trim().split(/\s+/), (word) => Number.parseInt(word, 16));

/** The first 32 bits of the fractional parts of the cube roots of the first 64 primes, and of the square roots of the first eight. */
const ROUNDS = words(`
  428a2f98 71374491 b5c0fbcf e9b5dba5 3956c25b 59f111f1 923f82a4 ab1c5ed5
  d807aa98 12835b01 243185be 550c7dc3 72be5d74 80deb1fe 9bdc06a7 c19bf174
  e49b69c1 efbe4786 0fc19dc6 240ca1cc 2de92c6f 4a7484aa 5cb0a9dc 76f988da
  983e5152 a831c66d b00327c8 bf597fc7 c6e00bf3 d5a79147 06ca6351 14292967
  27b70a85 2e1b2138 4d2c6dfc 53380d13 650a7354 766a0abb 81c2c92e 92722c85
  a2bfe8a1 a81a664b c24b8b70 c76c51a3 d192e819 d6990624 f40e3585 106aa070
  19a4c116 1e376c08 2748774c 34b0bcb5 391c0cb3 4ed8aa4a 5b9cca4f 682e6ff3
  748f82ee 78a5636f 84c87814 8cc70208 90befffa a4506ceb bef9a3f7 c67178f2`);
const START = words('6a09e667 bb67ae85 3c6ef372 a54ff53a 510e527f 9b05688c 1f83d9ab 5be0cd19');

/** Between two texts nothing of it counts. */
const schedule = new Int32Array(BLOCK);

interface Keyed {
  /** Where the hashes stand once they have read the key. */
  inner: Int32Array;
  outer: Int32Array;
}

/** Every link of every letter is signed with the same few. */
const keys = new Map<string, Keyed>();
const MOST_KEYS = 1_000;

/** 32 bytes. */
export function hmacSha256(key: string, text: string): Uint8Array {
  const { inner, outer } = keyed(key);
  return hashOn(outer, hashOn(inner, encoder.encode(text)));
}

function keyed(key: string): Keyed {
  const known = keys.get(key);
  if (known) return known;
  const bytes = encoder.encode(key);
  const short = bytes.length > BLOCK ? sha256(bytes) : bytes;
  const padded = (by: number): Int32Array => {
    const block = new Uint8Array(BLOCK).fill(by);
    for (const [place, byte] of short.entries()) block[place] = byte ^ by;
    return readBlocks(START, block);
  };
  const fresh = { inner: padded(0x36), outer: padded(0x5c) };
  if (keys.size >= MOST_KEYS) keys.clear();
  keys.set(key, fresh);
  return fresh;
}

const sha256 = (bytes: Uint8Array): Uint8Array => finish(START, bytes, bytes.length);

/** The hash of one block that was read before, and these bytes. */
const hashOn = (state: Int32Array, bytes: Uint8Array): Uint8Array => finish(state, bytes, BLOCK + bytes.length);

/** Reads the last bytes of a text that is `length` long in all. */
function finish(state: Int32Array, bytes: Uint8Array, length: number): Uint8Array {
  const padded = new Uint8Array(BLOCK * Math.ceil((bytes.length + ENDING) / BLOCK));
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, length / 2 ** 29);
  view.setUint32(padded.length - 4, length << 3);
  const hash = new DataView(new ArrayBuffer(32));
  for (const [place, word] of readBlocks(state, padded).entries()) hash.setInt32(4 * place, word);
  return new Uint8Array(hash.buffer);
}

const turned = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

/** Where a hash stands that has stood there, and reads these whole blocks. */
function readBlocks(state: Int32Array, bytes: Uint8Array): Int32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const w = schedule;
  let [h0, h1, h2, h3, h4, h5, h6, h7] = state as unknown as Eight;
  for (let block = 0; block < bytes.length; block += BLOCK) {
    for (let n = 0; n < 16; n += 1) w[n] = view.getInt32(block + 4 * n);
    for (let n = 16; n < BLOCK; n += 1) {
      const late = w[n - 2] as number;
      const early = w[n - 15] as number;
      const one = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10);
      const other = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3);
      w[n] = one + (w[n - 7] as number) + other + (w[n - 16] as number);
    }
    let [a, b, c, d, e, f, g, h] = [h0, h1, h2, h3, h4, h5, h6, h7];
    for (let n = 0; n < BLOCK; n += 1) {
      const chosen = (e & f) ^ (~e & g);
      const most = (a & b) ^ (a & c) ^ (b & c);
      const one =
        (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + chosen + (ROUNDS[n] as number) + (w[n] as number)) | 0;
      const other = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + most) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + one) | 0;
      d = c;
      c = b;
      b = a;
      a = (one + other) | 0;
    }
    h0 = (h0 + a) | 0;
    h1 = (h1 + b) | 0;
    h2 = (h2 + c) | 0;
    h3 = (h3 + d) | 0;
    h4 = (h4 + e) | 0;
    h5 = (h5 + f) | 0;
    h6 = (h6 + g) | 0;
    h7 = (h7 + h) | 0;
  }
  return Int32Array.of(h0, h1, h2, h3, h4, h5, h6, h7);
}

type Eight = [number, number, number, number, number, number, number, number];
