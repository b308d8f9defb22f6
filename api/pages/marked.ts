/** Words of ours with code in backticks and paragraphs or points by line, as html. Everything else is escaped. */

import { raw } from 'hono/html';

export const marked = (text: string) =>
  raw(
    text
      .replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
      .replaceAll(/`([^`]+)`/g, '<code>$1</code>')
      .replaceAll(/\n- /g, '<br>• ')
      .replaceAll('\n', '<br>'),
  );
