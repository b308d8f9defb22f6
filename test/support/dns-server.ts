/** A real DNS server on this machine, as much of RFC 1035 as a few records take. */

import { createSocket } from 'node:dgram';
import type { AddressInfo } from 'node:net';

export interface TestDns {
  /** As resolvers are told of it. */
  address: string;
  stop(): Promise<void>;
}

const NUMBERS: Record<string, number> = { CNAME: 5, MX: 15, TXT: 16 };
const SERVFAIL = 2;
const NXDOMAIN = 3;

/** `zone`: values by `TYPE name`; "!" is answered with a failure, what is not there with "no such name". */
export async function startDns(zone: Record<string, readonly string[] | '!'>): Promise<TestDns> {
  const socket = createSocket('udp4');
  socket.on('message', (query, { port, address }) => socket.send(answer(query, zone), port, address));
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(socket.address() as AddressInfo).port}`,
    stop: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

function answer(query: Buffer, zone: Record<string, readonly string[] | '!'>): Buffer {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  const number = query.readUInt16BE(at + 1);
  const question = query.subarray(12, at + 5);
  const type = Object.keys(NUMBERS).find((one) => NUMBERS[one] === number) ?? '';
  const found = zone[`${type} ${labels.join('.').toLowerCase()}`];
  const records = Array.isArray(found) ? found.map((text) => record(number, type, text)) : [];
  const header = Buffer.alloc(12);
  query.copy(header, 0, 0, 2);
  header.writeUInt16BE(0x8180 | (found === '!' ? SERVFAIL : found ? 0 : NXDOMAIN), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  return Buffer.concat([header, question, ...records]);
}

function record(number: number, type: string, text: string): Buffer {
  const data =
    type === 'TXT' ? textOf(text) : type === 'MX' ? Buffer.concat([Buffer.from([0, 10]), nameOf(text)]) : nameOf(text);
  const head = Buffer.alloc(12);
  // The name is that of the question.
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(number, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(60, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

const piece = (text: string): Buffer => Buffer.concat([Buffer.from([text.length]), Buffer.from(text, 'latin1')]);

/** In pieces of at most 255. */
const textOf = (text: string): Buffer => Buffer.concat((text.match(/.{1,255}/g) ?? ['']).map(piece));

const nameOf = (name: string): Buffer => Buffer.concat([...name.split('.').map(piece), Buffer.from([0])]);
