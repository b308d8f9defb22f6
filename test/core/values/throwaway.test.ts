import { describe, expect, it } from 'vitest';
import { parseEmail } from '../../../core/values/email-address.ts';
import { isThrowaway, mailDomain } from '../../../core/values/throwaway.ts';
import { NO_MAIL_DOMAINS, THROWAWAYS } from '../../cases/throwaway.ts';

describe('a throw-away address', () => {
  it.each(THROWAWAYS)('%s is at the listed domain %s: %s', (address, listed, thrown) => {
    const domain = mailDomain(listed);
    const canonical = parseEmail(address)?.canonical;
    if (!domain || !canonical) throw new Error('neither domain nor address');
    expect(isThrowaway(canonical, { common: new Set([domain]), own: [] })).toBe(thrown);
    expect(isThrowaway(canonical, { common: new Set(), own: [domain] })).toBe(thrown);
  });

  it.each(NO_MAIL_DOMAINS)('is at no domain like "%s"', (text) => {
    expect(mailDomain(text)).toBeNull();
  });
});
