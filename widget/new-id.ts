/** Random UUIDs (RFC 9562, version 4), on plain http too, where `crypto.randomUUID` is missing. */

export const newId = (): string => crypto.randomUUID?.() ?? madeUp();

function madeUp(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  // Spread, not `Array.from`: pages with older libraries have one that knows no second argument.
  const digits = [...bytes].map((byte) => (byte + 256).toString(16).slice(1)).join('');
  // The version's digit is 4; of the four variant digits any one will do.
  return digits.replace(/(.{8})(.{4}).(.{3}).(.{3})(.{12})/, '$1-$2-4$3-a$4-$5');
}
