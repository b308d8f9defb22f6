/** Random UUIDs (RFC 9562, version 4), on plain http too, where `crypto.randomUUID` is missing. */

export const newId = (): string => crypto.randomUUID?.() ?? madeUp();

/** The version's digit is 4; of the four variant digits any one will do. */
const madeUp = (): string =>
  '00000000-0000-4000-a000-000000000000'.replace(/0/g, () =>
    ((crypto.getRandomValues(new Uint8Array(1))[0] ?? 0) % 16).toString(16),
  );
