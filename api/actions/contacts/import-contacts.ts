/** Takes a file of contacts as it comes, some hundred lines at a time, and says of each line that it didn't take what was wrong. Begins no flow: it is history. */

import { isBirthday } from '../../../core/values/birthday.ts';
import { localDay } from '../../../core/values/calendar.ts';
import { noteFactChanges } from '../../../db/contact-batches.ts';
import type { ShopRow } from '../../../db/shops.ts';
import { type ContactLine, contactLines } from '../../contact-lines.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../problem.ts';
import type { ContactInput } from '../../schemas/contact.ts';
import { replanDates } from '../flows/plan-told-dates.ts';
import { writeContacts } from './write-contacts.ts';

export interface ContactFile {
  body: ReadableStream<Uint8Array> | null;
  contentType: string | null;
  /** The words of every yes in it that has none of its own. */
  consentText: string | null;
}

export interface Rejected {
  line: number;
  /** Empty for the whole line. */
  field: string;
  reason: string;
}

export interface ContactImport {
  encoding: string;
  /** Lines with anything in them, without the header: taken, left as they were and rejected. */
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  rejectedRows: number;
  /** The first thousand. */
  rejected: Rejected[];
  /** Columns of the header that are none of ours. */
  ignored: string[];
  /** False where the file could not be read to its end. */
  complete: boolean;
}

const AT_A_TIME = 500;
const MOST_TOLD = 1_000;

export async function importContacts(deps: Deps, shop: ShopRow, file: ContactFile): Promise<ContactImport> {
  const { encoding, ignored, lines } = await contactLines(file, {
    cyrillic: /^(ru|uk|be|bg|sr|kk)\b/.test(shop.locale),
  });
  const report: ContactImport = {
    encoding,
    rows: 0,
    created: 0,
    updated: 0,
    unchanged: 0,
    rejectedRows: 0,
    rejected: [],
    ignored,
    complete: true,
  };
  const today = localDay(await deps.db.shop(shop.id, async (tx) => tx.now), shop.timezone);
  let batch = new Map<string, ContactInput>();
  const save = async (): Promise<void> => {
    if (batch.size === 0) return;
    const inputs = [...batch.values()];
    batch = new Map();
    await saveBatch(deps, shop, inputs, report);
  };
  try {
    for await (const line of lines) {
      report.rows += 1;
      const input = takenFrom(line, today, report);
      if (!input) continue;
      // A person who comes twice is told of twice, one after the other.
      if (batch.size >= AT_A_TIME || batch.has(input.email.canonical)) await save();
      batch.set(input.email.canonical, input);
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    report.complete = false;
    reject(report, { line: report.rows + 1, field: '', reason: error.errors[0]?.message ?? error.code });
  }
  await save();
  deps.wake();
  return report;
}

/** What the line says; null where something is wrong with it. */
function takenFrom(line: ContactLine, today: string, report: ContactImport): ContactInput | null {
  const errors = 'input' in line ? bornLater(line.input, today) : line.errors;
  if ('input' in line && errors.length === 0) return line.input;
  report.rejectedRows += 1;
  for (const { path, message } of errors) reject(report, { line: line.line, field: path, reason: message });
  return null;
}

const bornLater = ({ birthday }: ContactInput, today: string) =>
  birthday === undefined || isBirthday(birthday, today)
    ? []
    : [{ path: 'birthday', message: 'must not lie in the future' }];

function reject(report: ContactImport, rejected: Rejected): void {
  if (report.rejected.length < MOST_TOLD) report.rejected.push(rejected);
}

async function saveBatch(
  deps: Deps,
  shop: ShopRow,
  inputs: readonly ContactInput[],
  report: ContactImport,
): Promise<void> {
  const written = await deps.db.shop(shop.id, async (tx) => {
    const all = await writeContacts(tx, deps, shop, inputs, 'import');
    const changed = all.filter((one) => one.changed || one.created);
    await noteFactChanges(
      tx,
      shop.id,
      changed.map(({ contact }) => contact.id),
    );
    // The dates of who is new are looked at anyway.
    for (const { contact, created, replan } of all) if (replan && !created) await replanDates(tx, shop.id, contact.id);
    return all;
  });
  for (const { created, changed } of written) {
    if (created) report.created += 1;
    else if (changed) report.updated += 1;
    else report.unchanged += 1;
  }
}
