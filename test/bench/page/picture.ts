/** Pictures of things that don't exist: PNG files with enough in them to count as content, the same ones for the same seed. */

import { crc32, deflateSync } from 'node:zlib';
import { seeded } from '../../support/random.ts';

/** Soft bands of two colours with grain in them. */
export function picture(seed: number, width: number, height: number): Buffer {
  const random = seeded(seed);
  const [one, other] = [colour(), colour()];
  const steps = random.int(6, 18);
  const rows = Buffer.alloc(height * (1 + 3 * width));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const mix = (Math.sin(((x + 2 * y) / width) * steps) + 1) / 2;
      for (let part = 0; part < 3; part += 1) {
        const value = (one[part] ?? 0) * mix + (other[part] ?? 0) * (1 - mix) + random.int(-6, 6);
        rows[y * (1 + 3 * width) + 1 + 3 * x + part] = Math.min(255, Math.max(0, value));
      }
    }
  }
  return png(width, height, rows);

  function colour(): number[] {
    return [random.int(60, 240), random.int(60, 240), random.int(60, 240)];
  }
}

/** https://www.w3.org/TR/png/: eight bits of red, green and blue, each row behind a byte that says "unfiltered". */
function png(width: number, height: number, rows: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([
    signature,
    part('IHDR', header),
    part('IDAT', deflateSync(rows)),
    part('IEND', Buffer.alloc(0)),
  ]);
}

function part(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
