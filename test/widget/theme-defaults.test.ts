import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { applyTheme } from '../../widget/popup/theme.ts';

test('the plain dialog looks as a theme of nothing makes it look', () => {
  const made: Record<string, string> = {};
  const style = { setProperty: (name: string, value: string) => void Object.assign(made, { [name]: value }) };
  applyTheme({ style } as unknown as HTMLElement, {});
  const sheet = readFileSync(new URL('../../widget/popup/look.css', import.meta.url), 'utf8');
  const written = Object.fromEntries(
    [...sheet.matchAll(/^ {2}(--linger-\w+): (.+);$/gm)].map(([, name, value]) => [name, value]),
  );
  expect(written).toEqual(made);
});
