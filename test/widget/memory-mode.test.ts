import { describe, expect, it } from 'vitest';
import { readGoogle } from '../../widget/consent/google.ts';
import { memoryMode } from '../../widget/consent/memory-mode.ts';
import { readTcf } from '../../widget/consent/tcf.ts';
import { GOOGLE, NOTHING_SAID, PERMISSIONS, TCF } from '../cases/widget-consent.ts';

describe('how much may be remembered', () => {
  it.each(PERMISSIONS)('%s', (_name, signals, [mode, by, settled]) => {
    expect(memoryMode({ ...NOTHING_SAID, ...signals })).toEqual({ mode, by, settled: settled === undefined });
  });
});

describe('Google Consent Mode', () => {
  it.each(GOOGLE)('reads %s', (_name, entries, answer, patience) => {
    expect(readGoogle(entries)).toEqual({ answer, patience });
  });
});

describe('the IAB’s framework', () => {
  it.each(TCF)('reads %s', (_name, data, answer) => {
    expect(readTcf(data)).toBe(answer);
  });
});
