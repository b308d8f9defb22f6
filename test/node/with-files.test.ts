import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withFiles } from '../../api/node/with-files.ts';
import { readSettings } from '../../api/settings.ts';
import { COMPLETE } from '../cases/api-settings.ts';

describe('a list in a file', () => {
  it('is read beside what the variable itself says', () => {
    const folder = mkdtempSync(join(tmpdir(), 'linger-lists-'));
    const file = join(folder, 'domains.txt');
    writeFileSync(file, '# thrown away\nmailbox.example\n');
    const read = readSettings(
      withFiles({ ...COMPLETE, DISPOSABLE_DOMAINS: 'other.example', DISPOSABLE_DOMAINS_FILE: file }),
    );
    rmSync(folder, { recursive: true });
    if ('complaints' in read) throw new Error(read.complaints.join());
    expect([...read.settings.disposableDomains]).toEqual(['other.example', 'mailbox.example']);
  });

  it('that isn’t there is complained of', () => {
    const read = readSettings(withFiles({ ...COMPLETE, DISPOSABLE_DOMAINS_FILE: '/nowhere/domains.txt' }));
    expect('complaints' in read && read.complaints).toEqual([
      expect.stringMatching(/^DISPOSABLE_DOMAINS_FILE names a file that can’t be read here: \/nowhere/),
    ]);
  });

  it('may be none', () => {
    expect(withFiles({ PORT: '1', DISPOSABLE_DOMAINS_FILE: ' ' })).toEqual({ PORT: '1' });
  });
});
