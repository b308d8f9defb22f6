/** The documents, so that what they show can be tried. */

import { readFileSync } from 'node:fs';

export const readDoc = (name: string): string => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');

/** What stands in the fenced blocks of this kind. Throws SyntaxError for what is no JSON. */
export const jsonBlocks = (text: string, kind = 'json') =>
  [...text.matchAll(new RegExp(`\`\`\`${kind}\\n(.*?)\`\`\``, 'gs'))].map(([, json = '']) => JSON.parse(json));
