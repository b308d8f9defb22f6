/** What a reader wants to be written about, how soon again, and in which language: read for a page, and changed by it. */

import { topicOf } from '../../../core/letters/letter-wishes.ts';
import { LOCALES, type Locale } from '../../../core/values/locale.ts';
import type { Tx } from '../../../db/connect.ts';
import { liftSuppression, lockContact, resubscribeContact, saveWishes } from '../../../db/contacts.ts';
import { speakTo } from '../../../db/enrollments.ts';
import { listFlows } from '../../../db/flows.ts';
import type { Deps } from '../../deps.ts';
import { addressHash } from '../../signing.ts';
import { type Reader, readerOf } from './know-reader.ts';
import { noteWord } from './note-word.ts';
import { again, takeOff } from './unsubscribe.ts';

export interface Wishes extends Reader {
  /** What the shop writes about now, and whether they want it. */
  topics: { topic: string; wanted: boolean }[];
  /** ms since the epoch, or null. */
  pausedUntil: number | null;
}

/** As a form says it. */
export interface Choice {
  act: 'save' | 'unsubscribe' | 'subscribe';
  topics: readonly string[];
  /** For 30 days from now; false: not any more. */
  pause: boolean;
  locale: string | null;
}

const PAUSE_MS = 30 * 86_400_000;
const SUBSCRIBED_AGAIN = 'Subscribed again on the page of their letters';
const UNSUBSCRIBED = 'Unsubscribed on the page of their letters';

/** Changes nothing. Null for a token that is not ours. */
export const readWishes = (deps: Deps, token: string): Promise<Wishes | null> =>
  deps.db.engine(async (tx) => {
    const reader = await readerOf(tx, deps, 'preferences', token);
    return reader && wishesOf(tx, reader);
  });

async function wishesOf(tx: Tx, reader: Reader): Promise<Wishes> {
  const { shop, contact } = reader;
  const flows = (await listFlows(tx, shop.id)).filter(({ enabled, purpose }) => enabled && purpose === 'marketing');
  const topics = [...new Set(flows.map(topicOf))];
  const resting = contact.pausedUntil !== null && contact.pausedUntil > tx.now;
  return {
    ...reader,
    topics: topics.map((topic) => ({ topic, wanted: !contact.muted.includes(topic) })),
    pausedUntil: resting ? contact.pausedUntil : null,
  };
}

export async function changeWishes(
  deps: Deps,
  token: string,
  choice: Choice,
  network: string | null,
): Promise<Wishes | null> {
  const changed = await deps.db.engine(async (tx) => {
    const reader = await readerOf(tx, deps, 'preferences', token);
    if (!reader) return null;
    await lockContact(tx, reader.shop.id, reader.contact.id);
    if (choice.act === 'unsubscribe') {
      await takeOff(tx, deps, reader, { method: 'preferences_page', text: UNSUBSCRIBED, network });
    } else if (choice.act === 'subscribe') await subscribeAgain(tx, deps, reader, network);
    else await save(tx, reader, choice);
    return wishesOf(tx, await again(tx, reader));
  });
  deps.wake();
  return changed;
}

/** The word of the mailbox's owner, which a box on a page of the shop is not. */
async function subscribeAgain(tx: Tx, deps: Deps, { contact }: Reader, network: string | null): Promise<void> {
  const { shopId, id, canonical } = contact;
  if (!(await resubscribeContact(tx, shopId, id))) return;
  await liftSuppression(tx, shopId, await addressHash(deps.settings.signingKey, canonical), ['unsubscribed']);
  await noteWord(tx, deps, contact, { granted: true, method: 'preferences_page', text: SUBSCRIBED_AGAIN, network });
}

async function save(tx: Tx, reader: Reader, { topics, pause, locale }: Choice): Promise<void> {
  const { shop, contact } = reader;
  const before = await wishesOf(tx, reader);
  const shown = before.topics.map(({ topic }) => topic);
  const muted = [
    // What the page didn't speak of stays as it was.
    ...contact.muted.filter((topic) => !shown.includes(topic)),
    ...shown.filter((topic) => !topics.includes(topic)),
  ];
  const spoken = LOCALES.find((one): one is Locale => one === locale);
  const pausedUntil = pause ? (before.pausedUntil ?? tx.now + PAUSE_MS) : null;
  await saveWishes(tx, shop.id, contact.id, { muted, pausedUntil, ...(spoken ? { locale: spoken } : {}) });
  if (spoken) await speakTo(tx, shop.id, contact.id, spoken);
}
