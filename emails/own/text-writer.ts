/** Writes markup down as plain text: words run on, blocks stand apart. */

export interface TextWriter {
  /** Runs of white space are one space, as in markup. */
  words(text: string): void;
  /** As it is, on lines of its own. */
  block(text: string): void;
  /** The next words stand on a new line, after `blank` empty ones. */
  line(blank: 0 | 1): void;
  /** How much there is, to ask later what was written since. */
  mark(): number;
  since(mark: number): string;
  text(): string;
}

export function textWriter(): TextWriter {
  let written = '';
  let breaks = 0;
  let space = false;
  const flush = (): void => {
    if (written) written += breaks > 0 ? '\n'.repeat(breaks) : space ? ' ' : '';
    [breaks, space] = [0, false];
  };
  const writer: TextWriter = {
    words(text) {
      const run = text.replace(/[ \t\r\n\f]+/g, ' ');
      if (run.startsWith(' ')) space = true;
      const words = run.trim();
      if (!words) return;
      flush();
      written += words;
      space = run.endsWith(' ');
    },
    block(text) {
      if (!text) return;
      writer.line(1);
      flush();
      written += text;
      writer.line(1);
    },
    line(blank) {
      breaks = Math.max(breaks, blank + 1);
    },
    mark: () => written.length,
    since: (mark) => written.slice(mark).trim(),
    text: () => written.trim(),
  };
  return writer;
}
