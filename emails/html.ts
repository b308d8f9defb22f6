/** Markup with escaping built in: whatever is put into an `html` template is text, unless another template made it. */

const MARKUP = Symbol('markup');

/** Markup that came from a template. No value from outside can pass for it: the symbol stays in this file. */
export interface Html {
  readonly [MARKUP]: string;
}

export type Part = string | number | null | Html | readonly Html[];

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Safe between tags and inside attributes in double quotes; null leaves nothing. Indentation is not sent. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  const markup = strings.reduce((before, string, n) => before + written(parts[n - 1] ?? null) + flush(string), '');
  return { [MARKUP]: markup };
}

/** Markup that was written by other means. For `own/clean-markup` alone: it lets through only what it has written itself. */
export const trusted = (markup: string): Html => ({ [MARKUP]: markup });

/** The markup as text. */
export function written(part: Part): string {
  if (part === null) return '';
  if (typeof part === 'object' && MARKUP in part) return part[MARKUP];
  if (Array.isArray(part)) return part.map(written).join('');
  return String(part).replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
}

const flush = (string: string): string => string.replace(/\n\s*/g, '\n');
