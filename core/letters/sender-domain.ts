/** What mailbox providers look up about a sender's domain: which records there should be, and what those that were found are worth. */

export type DnsType = 'TXT' | 'CNAME' | 'MX';

export interface Question {
  name: string;
  type: DnsType;
}

/** The answer to a question; `failed`: nobody answered, which says nothing of the record. */
export type DnsAnswer = { found: readonly string[] } | { failed: string };

export interface SenderDomain {
  domain: string;
  /** Through whom letters leave. */
  provider: 'postmark' | 'smtp';
  /** The mail server's name; null for Postmark. */
  server: string | null;
  /** DKIM selectors to look at; the first that is found counts. */
  selectors: readonly string[];
}

export interface DomainRecord extends Question {
  check: 'spf' | 'dkim' | 'dmarc' | 'return_path';
  /** What to paste where it is missing; null where only the provider knows it, or nothing has to be pasted. */
  value: string | null;
  found: readonly string[];
  /** Null: DNS did not answer. */
  ok: boolean | null;
  why: string;
}

export interface DomainReport {
  records: DomainRecord[];
  /** Whether DMARC lets the letters pass: by a signature or a return path of the domain's own (RFC 7489 §3.1). */
  aligned: { ok: boolean | null; why: string };
  ready: boolean;
}

type Verdict = Pick<DomainRecord, 'ok' | 'why'>;
type Look = (question: Question) => DnsAnswer;

/** Selectors that mail servers are usually set up with. Postmark's begins with a date: it has to be told. */
export const USUAL_SELECTORS = ['pm', 'default', 'dkim', 'mail', 's1', 'k1', 'selector1', 'google'] as const;

const POSTMARK_BOUNCES = 'pm.mtasv.net';
const POSTMARK_SPF = 'spf.mtasv.net';

/** Everything that has to be asked, so that a report can be made of the answers. */
export function questionsOf(sender: SenderDomain): Question[] {
  return [
    returnPathOf(sender),
    { name: sender.domain, type: 'TXT' },
    ...dkimQuestions(sender),
    ...dmarcNames(sender.domain).map((name): Question => ({ name, type: 'TXT' })),
  ];
}

export function reportDomain(sender: SenderDomain, look: Look): DomainReport {
  const path = judgeReturnPath(sender, look);
  const spf = judgeSpf(sender, look, path.ok);
  const dkim = judgeDkim(sender, look);
  const dmarc = judgeDmarc(sender, look);
  const records = [spf, dkim, path, dmarc];
  const aligned = judgeAlignment({ spf, dkim, path, dmarc });
  return { records, aligned, ready: aligned.ok === true && records.every(({ ok }) => ok === true) };
}

/** Postmark's bounces go to a name under the domain; a mail server's to the sender's own mailbox. */
const returnPathOf = ({ domain, provider }: SenderDomain): Question =>
  provider === 'postmark' ? { name: `pm-bounces.${domain}`, type: 'CNAME' } : { name: domain, type: 'MX' };

const dkimQuestions = ({ domain, selectors }: SenderDomain): Question[] =>
  selectors.map((selector) => ({ name: `${selector}._domainkey.${domain}`, type: 'TXT' }));

/** The domain's own policy, else that of the domains it lies in. */
function dmarcNames(domain: string): string[] {
  const labels = domain.split('.');
  return labels.slice(0, Math.max(1, labels.length - 1)).map((_, index) => `_dmarc.${labels.slice(index).join('.')}`);
}

function judgeReturnPath(sender: SenderDomain, look: Look): DomainRecord {
  const question = returnPathOf(sender);
  const answer = look(question);
  const value = sender.provider === 'postmark' ? POSTMARK_BOUNCES : null;
  return { check: 'return_path', ...question, value, ...judged(answer, (found) => pathVerdict(sender, found)) };
}

function pathVerdict({ provider, domain }: SenderDomain, found: readonly string[]): Verdict {
  if (provider === 'smtp') {
    return found.length > 0
      ? { ok: true, why: 'Bounces come back to the sender’s own mailbox.' }
      : { ok: false, why: `${domain} takes no mail: bounces and answers are lost.` };
  }
  if (found.some((name) => name.toLowerCase().replace(/\.$/, '') === POSTMARK_BOUNCES)) {
    return { ok: true, why: 'Bounces go to Postmark under the domain’s own name.' };
  }
  return { ok: false, why: found.length > 0 ? 'It leads elsewhere.' : 'It is missing.' };
}

function judgeSpf(sender: SenderDomain, look: Look, path: boolean | null): DomainRecord {
  const { domain, provider, server } = sender;
  const question: Question = { name: domain, type: 'TXT' };
  const value =
    provider === 'postmark' ? `v=spf1 include:${POSTMARK_SPF} ~all` : `v=spf1 mx a:${server ?? domain} ~all`;
  const answer = look(question);
  const told = 'found' in answer ? { found: answer.found.filter((text) => /^v=spf1( |$)/i.test(text)) } : answer;
  return { check: 'spf', ...question, value, ...judged(told, (found) => spfVerdict(sender, found, path === true)) };
}

/** RFC 7208 §4.6.4: more than ten lookups are an error, and an error is no pass. */
const MOST_LOOKUPS = 10;

function spfVerdict({ provider }: SenderDomain, found: readonly string[], path: boolean): Verdict {
  const [record, second] = found;
  if (second !== undefined) return { ok: false, why: 'There are several: receivers then heed none. Make them one.' };
  if (record === undefined) {
    return provider === 'postmark' && path
      ? { ok: true, why: 'Postmark’s own is read at the return path; the domain needs none.' }
      : { ok: false, why: 'It is missing.' };
  }
  const terms = record.toLowerCase().split(/\s+/).slice(1);
  if (terms.some((term) => /^[+?]?all$/.test(term))) return { ok: false, why: 'It lets anybody send in this name.' };
  const lookups = terms.filter((term) => /^[+?~-]?(include:|a$|a[:/]|mx|ptr|exists:)|^redirect=/.test(term)).length;
  if (lookups > MOST_LOOKUPS) return { ok: false, why: `It asks for ${lookups} lookups; more than ten are an error.` };
  if (provider === 'smtp') return { ok: true, why: 'It is there; see that it names your mail server.' };
  if (path) return { ok: true, why: 'Postmark’s own is read at the return path.' };
  return terms.some((term) => term.endsWith(`include:${POSTMARK_SPF}`))
    ? { ok: true, why: 'It names Postmark.' }
    : { ok: false, why: `It doesn’t name Postmark: add include:${POSTMARK_SPF}.` };
}

function judgeDkim(sender: SenderDomain, look: Look): DomainRecord {
  const asked = dkimQuestions(sender).map((question) => ({ question, answer: look(question) }));
  const known = asked.find(({ answer }) => 'found' in answer && answer.found.some((text) => /(^|;)\s*p=/i.test(text)));
  const failed = asked.find(({ answer }) => 'failed' in answer);
  const chosen = known ?? failed ?? asked[0];
  const question: Question = chosen?.question ?? { name: `_domainkey.${sender.domain}`, type: 'TXT' };
  const answer = chosen?.answer ?? { found: [] };
  return { check: 'dkim', ...question, value: null, ...judged(answer, (found) => dkimVerdict(sender, found)) };
}

function dkimVerdict({ provider, selectors }: SenderDomain, found: readonly string[]): Verdict {
  const key = found
    .map((text) => /(?:^|;)\s*p=([^;]*)/i.exec(text)?.[1]?.replace(/\s/g, ''))
    .find((one) => one !== undefined);
  if (key) return { ok: true, why: 'Letters can be signed in the domain’s name.' };
  if (key === '') return { ok: false, why: 'The key was withdrawn: it is empty.' };
  const where =
    provider === 'postmark'
      ? 'Postmark shows it under Sender Signatures, DNS Settings'
      : 'your mail server’s provider shows it';
  return {
    ok: false,
    why: `No key under ${selectors.join(', ')}: ${where}. Tell its selector with ?selector=, the part before ._domainkey.`,
  };
}

function judgeDmarc({ domain }: SenderDomain, look: Look): DomainRecord {
  const names = dmarcNames(domain);
  const answers = names.map((name) => ({ name, answer: dmarcOnly(look({ name, type: 'TXT' })) }));
  const first = answers.find(({ answer }) => 'failed' in answer || answer.found.length > 0);
  const name = first?.name ?? `_dmarc.${domain}`;
  return {
    check: 'dmarc',
    name,
    type: 'TXT',
    value: `v=DMARC1; p=none; rua=mailto:dmarc@${domain}`,
    ...judged(first?.answer ?? { found: [] }, dmarcVerdict),
  };
}

const dmarcOnly = (answer: DnsAnswer): DnsAnswer =>
  'found' in answer ? { found: answer.found.filter((text) => /^v=DMARC1\s*(;|$)/i.test(text)) } : answer;

function dmarcVerdict(found: readonly string[]): Verdict {
  const [record, second] = found;
  if (record === undefined) return { ok: false, why: 'It is missing: Gmail and Yahoo ask for one.' };
  if (second !== undefined) return { ok: false, why: 'There are several: receivers then heed none.' };
  const policy = tagOf(record, 'p');
  if (!/^(none|quarantine|reject)$/.test(policy))
    return { ok: false, why: 'It has no policy: p=none, quarantine or reject.' };
  return {
    ok: true,
    why: policy === 'none' ? 'It is there, and only reports.' : `It is there: what fails is met with ${policy}.`,
  };
}

const tagOf = (record: string, tag: string): string =>
  record
    .split(';')
    .map((part) => part.split('=').map((side) => side.trim().toLowerCase()))
    .find(([name]) => name === tag)?.[1] ?? '';

/** The signature names the very domain, so that it holds under a strict policy, too; Postmark's return path lies under it. */
function judgeAlignment(records: Record<'spf' | 'dkim' | 'path' | 'dmarc', DomainRecord>): DomainReport['aligned'] {
  const { spf, dkim, path, dmarc } = records;
  if (dkim.ok) return { ok: true, why: 'The signature is the domain’s own.' };
  const strict = dmarc.found.some((text) => tagOf(text, 'aspf') === 's');
  const bySpf = spf.ok === true && path.ok === true && !(strict && path.type === 'CNAME');
  if (bySpf)
    return { ok: true, why: 'The return path is the domain’s own; a forwarded letter fails without a signature.' };
  if (dkim.ok === null || path.ok === null) return { ok: null, why: 'DNS did not answer.' };
  return { ok: false, why: 'Neither the signature nor the return path is the domain’s own.' };
}

const judged = (
  answer: DnsAnswer,
  judge: (found: readonly string[]) => Verdict,
): Verdict & { found: readonly string[] } =>
  'failed' in answer
    ? { found: [], ok: null, why: `DNS did not answer (${answer.failed}): ask again.` }
    : { found: answer.found, ...judge(answer.found) };
