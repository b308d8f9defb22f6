/** JavaScript's object literals read without running them: either kind of quotes, bare keys, trailing commas. Code inside is null. */

const DEEPEST = 40;
const NAMED: Record<string, unknown> = { true: true, false: false, null: null, undefined: null };

/** The value that begins at `at`, or null where none that can be read does. */
export function readLiteral(text: string, at = 0): unknown {
  let position = at;

  const peek = (): string => text.charAt(position);
  const skip = (): void => {
    const pattern = /(?:\s|\/\*[\s\S]*?\*\/|\/\/[^\n]*)*/y;
    pattern.lastIndex = position;
    pattern.test(text);
    position = Math.max(position, pattern.lastIndex);
  };
  const word = (pattern: RegExp): string | null => {
    pattern.lastIndex = position;
    const found = pattern.exec(text)?.[0] ?? null;
    position += found?.length ?? 0;
    return found;
  };

  function value(depth: number): unknown {
    skip();
    const mark = peek();
    if (depth > DEEPEST) return code();
    if (mark === '{') return object(depth);
    if (mark === '[') return list(depth);
    if (mark === '"' || mark === "'") return quoted(mark);
    const plain = word(/-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|true|false|null|undefined/iy);
    skip();
    // "5 * price" begins like a number.
    if (plain !== null && /[,\]})]|^$/.test(peek())) return plain in NAMED ? NAMED[plain] : Number(plain);
    return code();
  }

  function object(depth: number): Record<string, unknown> {
    const found: Record<string, unknown> = Object.create(null);
    position += 1;
    for (skip(); position < text.length && peek() !== '}'; skip()) {
      const mark = peek();
      const key = mark === '"' || mark === "'" ? quoted(mark) : word(/[\p{L}\p{N}_$]+/uy);
      skip();
      if (key === null || peek() !== ':') code();
      else {
        position += 1;
        found[key] = value(depth + 1);
        skip();
      }
      if (peek() === ',') position += 1;
      else if (peek() !== '}') break;
    }
    position += 1;
    return found;
  }

  function list(depth: number): unknown[] {
    const found: unknown[] = [];
    position += 1;
    for (skip(); position < text.length && peek() !== ']'; skip()) {
      found.push(value(depth + 1));
      skip();
      if (peek() === ',') position += 1;
      else if (peek() !== ']') break;
    }
    position += 1;
    return found;
  }

  function quoted(mark: string): string {
    let found = '';
    for (position += 1; position < text.length && peek() !== mark; position += 1) {
      if (peek() !== '\\') {
        found += peek();
        continue;
      }
      position += 1;
      const [, hex] = /^(?:u([\da-f]{4})|x[\da-f]{2})/i.exec(text.slice(position, position + 5)) ?? [];
      found += hex ? String.fromCharCode(Number.parseInt(hex, 16)) : peek() === 'n' ? '\n' : peek();
      if (hex) position += 4;
    }
    position += 1;
    return found;
  }

  /** Passes over what is no literal, up to where the next value may begin. */
  function code(): null {
    for (let open = 0; position < text.length; position += 1) {
      const mark = peek();
      if (mark === '"' || mark === "'") {
        quoted(mark);
        position -= 1;
      } else if (/[([{]/.test(mark)) open += 1;
      else if (/[)\]}]/.test(mark)) {
        if (open === 0) break;
        open -= 1;
      } else if (mark === ',' && open === 0) break;
    }
    return null;
  }

  return value(0);
}
