/** Text as pages carry it, made plain: entities decoded, spaces folded, cut to a length. */

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** Plain text, or null when nothing is left of it. A number counts as text: shops write ids both ways. */
export function plainText(value: unknown, longest = 120): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const decoded = String(value).replace(/&(?:#(\d{1,6})|(\w{2,4}));/g, (whole, code?: string, name?: string) =>
    code ? String.fromCodePoint(Math.min(Number(code), 0x10ffff)) : (ENTITIES[name ?? ''] ?? whole),
  );
  const folded = decoded.replace(/\s+/g, ' ').trim();
  return (folded.length > longest ? [...folded].slice(0, longest).join('') : folded) || null;
}
