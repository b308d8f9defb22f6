/** Internet addresses as text: their numbers, and what kind of place they lead to. Knows no names and asks nobody. */

/** Whether the address is this machine's own. */
export function isLoopback(address: string | null): boolean {
  if (address === null) return false;
  const four = versionFour(address);
  if (four) return four[0] === 127;
  return groupsOf(address)?.every((group, index) => group === (index === 7 ? 1 : 0)) ?? false;
}

/** Blocks that are no public unicast, by their first bits (IANA special-purpose registry, RFC 6890 and its updates). */
const RESERVED_FOUR: readonly (readonly [block: string, bits: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];

/** Whether the address is that of one machine on the public internet. What is no address is not. */
export function isPublicUnicast(address: string): boolean {
  const four = versionFour(address);
  if (four) return !RESERVED_FOUR.some(([block, bits]) => sameBlock(four, block, bits));
  const groups = groupsOf(address);
  if (!groups) return false;
  const [a = 0, b = 0] = groups;
  // NAT64 (RFC 6052): an IPv4 address in its last 32 bits.
  if (a === 0x64 && b === 0xff9b && groups.slice(2, 6).every((group) => group === 0))
    return isPublicUnicast(lastFour(groups).join('.'));
  // Global unicast is 2000::/3, but for IETF's own (Teredo among them), 6to4, and what is for documents.
  if (a >> 13 !== 1 || a === 0x2002) return false;
  if (a === 0x2001) return b > 0x1ff && b !== 0xdb8;
  return !(a === 0x3fff && b < 0x1000);
}

/** The four numbers of an IPv4 address, also where it is mapped into IPv6 (::ffff:0:0/96), in either notation. */
export function versionFour(address: string): number[] | null {
  const four = fourOf(address.replace(/^::ffff:/i, ''));
  if (four) return four;
  const groups = groupsOf(address);
  if (groups?.[5] !== 0xffff || groups.slice(0, 5).some((group) => group !== 0)) return null;
  return lastFour(groups);
}

function lastFour(groups: readonly number[]): number[] {
  const [high = 0, low = 0] = groups.slice(6);
  return [high >> 8, high & 0xff, low >> 8, low & 0xff];
}

function fourOf(text: string): number[] | null {
  if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return null;
  const parts = text.split('.').map(Number);
  return parts.every((part) => part < 256) ? parts : null;
}

/** The eight groups of an IPv6 address (RFC 4291), whatever its shorthand and zone. */
export function groupsOf(address: string): number[] | null {
  const [bare = ''] = address.split('%', 1);
  // The tail may be written as IPv4.
  const plain = bare.replace(/(?<=:)\d+(\.\d+){3}$/, (tail) => {
    const [a = 0, b = 0, c = 0, d = 0] = fourOf(tail) ?? [];
    return fourOf(tail) ? `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}` : tail;
  });
  const halves = plain.split('::');
  if (halves.length > 2) return null;
  const [left = [], right = []] = halves.map((half) =>
    half.split(':').filter((group, index, all) => group !== '' || all.length > 1 || index > 0),
  );
  const missing = 8 - left.length - right.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const groups = [...left, ...Array<string>(missing).fill('0'), ...right];
  return groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))
    ? groups.map((group) => Number.parseInt(group, 16))
    : null;
}

function sameBlock(four: readonly number[], block: string, bits: number): boolean {
  const shift = 32 - bits;
  return wholeOf(four) >>> shift === wholeOf(block.split('.').map(Number)) >>> shift;
}

const wholeOf = (four: readonly number[]): number => four.reduce((whole, part) => (whole << 8) | part, 0);
