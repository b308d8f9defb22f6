import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (path: string) => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'));
const manifest = read('package.json');

/** Licences that ask for no more than their text to be kept. */
const PERMISSIVE = ['MIT', 'MIT-0', 'Apache-2.0', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Unlicense', '0BSD'];

describe('what Linger is built on', () => {
  it('takes ua-parser-js 1.0.41 and no other: from 2.0 on it is AGPL', () => {
    expect(manifest.dependencies['ua-parser-js']).toBe('1.0.41');
    const installed = read('node_modules/ua-parser-js/package.json');
    expect([installed.version, installed.license]).toEqual(['1.0.41', 'MIT']);
    expect(readFileSync(new URL('../../node_modules/ua-parser-js/license.md', import.meta.url), 'utf8')).toContain(
      'MIT License',
    );
  });

  it.each(Object.keys(manifest.dependencies))('%s is pinned and permissively licensed', (name) => {
    expect(manifest.dependencies[name]).toMatch(/^\d+\.\d+\.\d+$/);
    expect(PERMISSIVE).toContain(read(`node_modules/${name}/package.json`).license);
  });
});
