/** A file's bytes, whatever they are packed in and whichever alphabet they use, as text. Holds one piece at a time. */

import { Problem } from '../problem.ts';

export interface TextSource {
  body: ReadableStream<Uint8Array> | null;
  contentType: string | null;
  /** Whether texts that are no UTF-8 and say nothing of themselves are rather Cyrillic. */
  cyrillic: boolean;
  /** Unpacked, and as it came. */
  mostBytes: number;
}

export interface OpenText {
  /** As the Encoding Standard calls it. */
  encoding: string;
  pieces: AsyncGenerator<string>;
}

/** Throws `invalid` where nobody knows the encoding; `too_large`, where it is that, while it is read. */
export async function openText({ body, contentType, cyrillic, mostBytes }: TextSource): Promise<OpenText> {
  const bytes = slices(counted(await unpacked(body, mostBytes), mostBytes));
  const first = await bytes.next();
  const start = first.done ? new Uint8Array() : first.value;
  const decoder = decoderOf(encodingOf(start, contentType, cyrillic));
  async function* texts(): AsyncGenerator<string> {
    yield decoder.decode(start, { stream: true });
    for await (const piece of bytes) yield decoder.decode(piece, { stream: true });
    yield decoder.decode();
  }
  return { encoding: decoder.encoding, pieces: texts() };
}

/** gzip is told by its first bytes: servers and shops name it in many ways. */
async function unpacked(body: ReadableStream<Uint8Array> | null, most: number): Promise<AsyncIterable<Uint8Array>> {
  const pieces = counted(readAll(body), most);
  const first = await pieces.next();
  if (first.done) return pieces;
  const start = first.value;
  async function* whole(): AsyncGenerator<Uint8Array> {
    yield start;
    yield* pieces;
  }
  return start[0] === 0x1f && start[1] === 0x8b ? unzipped(whole()) : whole();
}

async function* unzipped(packed: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = new ReadableStream<BufferSource>({
    async pull(controller) {
      try {
        const { done, value } = await packed.next();
        if (done) controller.close();
        else controller.enqueue(value as Uint8Array<ArrayBuffer>);
      } catch (error) {
        controller.error(error);
      }
    },
  });
  try {
    yield* readAll(source.pipeThrough(new DecompressionStream('gzip')));
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem('invalid', { errors: [{ path: '', message: 'is not the gzip that it begins as' }] });
  }
}

async function* readAll(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  if (!reader) return;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      if (value.byteLength > 0) yield value;
    }
  } finally {
    // Who stops reading lets the sender go.
    await reader.cancel().catch(() => {});
  }
}

async function* counted(pieces: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.byteLength;
    if (bytes > most)
      throw new Problem('too_large', { errors: [{ path: '', message: `must be at most ${most} bytes` }] });
    yield piece;
  }
}

const SLICE = 65_536;

/** Small enough that bounds on what is read bind soon. */
async function* slices(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces)
    for (let from = 0; from < piece.byteLength; from += SLICE) yield piece.subarray(from, from + SLICE);
}

/** What the bytes say of themselves, then what came with them, then what they can be. */
function encodingOf(start: Uint8Array, contentType: string | null, cyrillic: boolean): string {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) return 'utf-8';
  const head = String.fromCharCode(...start.subarray(0, 200));
  const declared = /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']/i.exec(head)?.[1];
  const told = /charset\s*=\s*"?([\w.:-]+)/i.exec(contentType ?? '')?.[1];
  if (declared ?? told) return declared ?? told ?? '';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true });
    return 'utf-8';
  } catch {
    return cyrillic ? 'windows-1251' : 'windows-1252';
  }
}

function decoderOf(label: string): TextDecoder {
  try {
    return new TextDecoder(label);
  } catch {
    throw new Problem('invalid', { errors: [{ path: '', message: `is in an encoding that nobody knows: ${label}` }] });
  }
}
