/** The documents, so that what they show can be tried. */

import { readFileSync } from 'node:fs';

export const readDoc = (name: string): string => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');

/** What stands in the fenced blocks of this kind. Throws SyntaxError for what is no JSON. */
export const jsonBlocks = (text: string, kind = 'json') =>
  [...text.matchAll(new RegExp(`\`\`\`${kind}\\n(.*?)\`\`\``, 'gs'))].map(([, json = '']) => JSON.parse(json));

export interface ShownCall {
  method: string;
  /** With `$VARIABLE` where the page has one. */
  path: string;
  /** The variable that holds the key. */
  key: string;
  body: unknown;
  /** It sends a file. */
  file: boolean;
}

/** The calls of a page in their order, each `curl` as it stands. */
export function callsOf(text: string): ShownCall[] {
  const commands = [...text.matchAll(/^ *curl (?:.|\n)*?(?=\n *(?:curl|export|```))/gm)].map(([command]) => command);
  return commands.map((command) => {
    const [, path = ''] = /(?:"\$LINGER|https:\/\/linger\.example)([^"\s]*)/.exec(command) ?? [];
    const [, body] = /-d '((?:.|\n)*)'/.exec(command) ?? [];
    const [, named] = /-X (\w+)/.exec(command) ?? [];
    const file = command.includes('--data-binary');
    const method = named ?? (body === undefined && !file ? 'GET' : 'POST');
    const key = /\$(\w+_KEY)/.exec(command)?.[1] ?? '';
    // An ellipsis stands for what only the reader has: a key, say.
    const filled = body === undefined ? undefined : JSON.parse(body.replaceAll('…', '0'));
    return { method, path, key, body: filled, file };
  });
}
