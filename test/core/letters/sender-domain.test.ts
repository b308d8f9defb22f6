import { describe, expect, it } from 'vitest';
import { type Question, questionsOf, reportDomain } from '../../../core/letters/sender-domain.ts';
import { domainCases, SENDER } from '../../cases/sender-domains.ts';

describe('a sender’s domain', () => {
  it.each(domainCases)('$name', ({ sender: change = {}, dns, verdicts, aligned, why = '' }) => {
    const sender = { ...SENDER, ...change };
    const asked = new Set(questionsOf(sender).map(({ type, name }) => `${type} ${name}`));
    const report = reportDomain(sender, ({ type, name }: Question) => {
      expect(asked).toContain(`${type} ${name}`);
      const found = dns[`${type} ${name}`] ?? [];
      return found === '!' ? { failed: 'ESERVFAIL' } : { found };
    });
    expect(report.records.map(({ check, ok }) => [check, ok])).toEqual([
      ['spf', verdicts[0]],
      ['dkim', verdicts[1]],
      ['return_path', verdicts[2]],
      ['dmarc', verdicts[3]],
    ]);
    expect(report.aligned.ok).toBe(aligned);
    expect(report.ready).toBe(aligned === true && verdicts.every((ok) => ok === true));
    const reasons = [...report.records.map((record) => record.why), report.aligned.why].join(' ');
    expect(reasons).toContain(why);
  });

  it('says what to paste', () => {
    const { records } = reportDomain(SENDER, () => ({ found: [] }));
    expect(records.map(({ type, name, value }) => [type, name, value])).toEqual([
      ['TXT', 'shop.example', 'v=spf1 include:spf.mtasv.net ~all'],
      ['TXT', 'pm._domainkey.shop.example', null],
      ['CNAME', 'pm-bounces.shop.example', 'pm.mtasv.net'],
      ['TXT', '_dmarc.shop.example', 'v=DMARC1; p=none; rua=mailto:dmarc@shop.example'],
    ]);
  });
});
