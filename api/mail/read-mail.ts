/** As much of MIME (RFC 5322, RFC 2045–2046) as reports about mail take. Comes from anybody: whatever is not as it should be is empty. */

export interface MailPart {
  /** Names in lower case, each unfolded; of several of one name the first. */
  headers: ReadonlyMap<string, string>;
  body: string;
}

export interface ContentType {
  /** `multipart/report`, in lower case. */
  value: string;
  params: ReadonlyMap<string, string>;
}

const MOST_HEADERS = 500;
const MOST_PARTS = 20;

/** Lines may end in either way. */
export function readPart(text: string): MailPart {
  const lines = text.replace(/\r\n?/g, '\n');
  // A part may begin with its empty line, and then it has no headers.
  const end = lines.startsWith('\n') ? 0 : lines.indexOf('\n\n');
  const head = end < 0 ? lines : lines.slice(0, end);
  return { headers: fieldsOf(head), body: end < 0 ? '' : lines.slice(end).replace(/^\n{1,2}/, '') };
}

/** The fields of a header, or of a group that is written like one. */
export function fieldsOf(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  const lines = text.replace(/\n[ \t]+/g, ' ').split('\n', MOST_HEADERS);
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon)).trim().toLowerCase();
    if (name && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
  }
  return fields;
}

export function contentType({ headers }: MailPart): ContentType {
  const [value = '', ...rest] = (headers.get('content-type') ?? 'text/plain').split(';');
  const params = new Map<string, string>();
  for (const one of rest) {
    const equals = one.indexOf('=');
    if (equals > 0) params.set(one.slice(0, equals).trim().toLowerCase(), unquoted(one.slice(equals + 1).trim()));
  }
  return { value: value.trim().toLowerCase(), params };
}

const unquoted = (text: string): string => (/^".*"$/.test(text) ? text.slice(1, -1).replace(/\\(.)/g, '$1') : text);

/** The parts of a multipart one; none of any other. */
export function partsOf(part: MailPart): MailPart[] {
  const { value, params } = contentType(part);
  const boundary = params.get('boundary');
  if (!value.startsWith('multipart/') || !boundary) return [];
  const parts: MailPart[] = [];
  for (const piece of `\n${part.body}`.split(`\n--${boundary}`).slice(1)) {
    if (piece.startsWith('--') || parts.length === MOST_PARTS) break;
    parts.push(readPart(piece.slice(piece.indexOf('\n') + 1)));
  }
  return parts;
}

/** The body as it was before it was packed for its way; beyond ASCII, bytes. */
export function bodyOf({ headers, body }: MailPart): string {
  switch (headers.get('content-transfer-encoding')?.toLowerCase()) {
    case 'base64':
      try {
        return atob(body.replace(/[^A-Za-z0-9+/]/g, '')).replace(/\r\n?/g, '\n');
      } catch {
        return '';
      }
    case 'quoted-printable':
      return body
        .replace(/=[ \t]*\n/g, '')
        .replace(/=([0-9A-F]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    default:
      return body;
  }
}
