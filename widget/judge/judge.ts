/** Decides in the page, for speed, by the same rules as the server: folds the visit, asks core, shows what it says. */

import { type DecideInput, decide, OPEN } from '../../core/decide.ts';
import { visitFacts } from '../../core/facts.ts';
import { localeOf } from '../../core/locale.ts';
import { type Moment, ruleForArm } from '../../core/rule.ts';
import { foldVisit, newVisit, offeredItems, type VisitState } from '../../core/visit.ts';
import type { PublicRule } from '../../core/wire.ts';
import type { Judge, PopupChunk, Rim, WordsChunk } from '../bridge.ts';
import { guarded, ignore } from '../guard.ts';
import type { Memory } from '../memory.ts';
import { claimWith } from './claim.ts';
import { localeTag } from './locale-tag.ts';

/** A popup that comes later than this answers a question that nobody asks any more. */
const LATEST_MS = 1_000;
const MOST_ITEMS = 3;

export function startJudge(rim: Rim): Judge {
  const { rules, shop } = rim.config;
  const locale = localeTag(rim.tag.locale, shop.locale);
  let popup: Promise<[PopupChunk, WordsChunk]> | undefined;
  let spoken = false;

  const heldBack = (): string | null => (canShow ? rim.obstacle() : 'browser');

  function input(moment: Moment, memory: Memory, visit: VisitState): DecideInput {
    const now = Date.now();
    const { summary } = memory;
    const purchasedAt = timeOf(summary?.purchasedAt);
    const refusedAt = latest(memory.refusedAt, timeOf(summary?.refusedAt));
    const shown: Record<string, number> = { ...memory.shown };
    for (const [rule, at] of Object.entries(summary?.shown ?? {}))
      shown[rule] = latest(shown[rule] ?? null, timeOf(at)) ?? now;
    const facts = visitFacts({
      visit,
      visitor: summary ?? STRANGER,
      purchasedAt,
      refusedAt,
      language: navigator.language.slice(0, 2).toLowerCase(),
      currency: shop.currency,
      timeZone: shop.timezone,
      now,
    });
    const arms = summary?.arms ?? {};
    return { moment, facts, trail: visit.trail, purchased: visit.purchased, refusedAt, shown, arms, now };
  }

  function consider(moment: Moment, only?: string): void {
    if (spoken || heldBack()) return;
    const memory = rim.store.update(foldTail);
    if (!memory.state) return;
    // A rule that the shop's own page asks for by name need not be waiting for this moment.
    const { arms = {} } = memory.summary ?? {};
    const candidates = rules
      .filter((rule) => (!only || rule.id === only) && hasPlace(ruleForArm(rule, arms[rule.id] ?? null)))
      .map((rule) => (only ? { ...rule, moment } : rule));
    const decision = decide(candidates, input(moment, memory, memory.state));
    const rule = 'show' in decision && candidates.find(({ id }) => id === decision.show);
    if (rule && 'show' in decision) show(ruleForArm(rule, decision.arm), decision.arm, memory.state, moment);
  }

  function show(rule: PublicRule, variant: string | null, visit: VisitState, moment: Moment): void {
    const since = performance.now();
    spoken = true;
    const opening = guarded(([chunk, { wordsOf }]: [PopupChunk, WordsChunk]) => {
      if (heldBack() || (moment !== 'manual' && performance.now() - since > LATEST_MS)) {
        spoken = false;
        return;
      }
      chunk.openPopup({
        rule,
        items: offeredItems(visit, MOST_ITEMS),
        shop,
        settings: rim.config.settings,
        locale,
        wordsOf,
        claim: claimWith(rim, { rule: rule.id, variant, locale }),
        declined: () => {
          rim.store.update((memory) => {
            memory.refusedAt = Date.now();
          });
          tell('declined');
        },
        reason: (why) => {
          rim.record({ type: 'custom', name: 'leaving_reason', data: { rule: rule.id, reason: why } });
          rim.flush();
        },
      });
      rim.store.update((memory) => {
        memory.shown[rule.id] = Date.now();
      });
      tell('shown');
    });
    const tell = (what: 'shown' | 'declined'): void => {
      rim.record({ type: `offer_${what}`, rule: rule.id, variant });
      rim.flush();
      rim.announce(what, rule.id, variant);
    };
    chunks().then(opening).catch(ignore);
  }

  const chunks = (): Promise<[PopupChunk, WordsChunk]> =>
    (popup ??= Promise.all([
      rim.load(rules.some(isFull) ? 'formats' : 'popup') as Promise<PopupChunk>,
      rim.load(`words-${localeOf(locale)}`) as Promise<WordsChunk>,
    ]));

  /** Fetches the popup as soon as any rule could speak on this page, so that nothing is left to fetch when it does. */
  function prepare(): void {
    const { state } = rim.store.update(foldTail);
    if (popup || !state || !canShow || isClosing(rim)) return;
    const gates = input('exit', rim.store.read(), state);
    const possible = rules.some((rule) =>
      (['enabled', 'purchased', 'refused', 'shown', 'arm', 'holdout'] as const).every((gate) =>
        OPEN[gate](rule, gates),
      ),
    );
    if (possible) chunks().catch(ignore);
  }

  function ask(moment: Moment): ReturnType<Judge['ask']> {
    const memory = rim.store.update(foldTail);
    return memory.state && { rules, input: input(moment, memory, memory.state), held: heldBack() };
  }

  prepare();
  return { consider, prepare: guarded(prepare), ask };
}

/** Without these the popup would need inline styles or a dialog of our own make: then there is none. */
const canShow = 'adoptedStyleSheets' in Document.prototype && 'showModal' in HTMLDialogElement.prototype;

/** Whether any arm of the rule has more than a plain dialog: another format, further steps, looks of its own. */
const isFull = ({ popup, variants }: PublicRule): boolean =>
  [popup, ...variants.map((one) => one.popup)].some(
    (one) => (one?.format ?? 'modal') !== 'modal' || one?.steps || one?.theme,
  );

/** Words in the page's flow need the place that the page keeps for them. */
const hasPlace = ({ popup }: PublicRule): boolean =>
  popup.format !== 'inline' || document.querySelector('[data-linger-inline]') !== null;

const STRANGER = {
  visits: 1,
  daysSinceLastVisit: null,
  subscribed: false,
  facts: { country: null, device: null, browser: null, os: null },
};

const isClosing = (rim: Rim): boolean => ['checkout', 'thanks'].includes(rim.page.state().kind);

function foldTail(memory: Memory): void {
  const [first] = memory.tail;
  if (!first) return;
  memory.state ??= newVisit(first.at);
  // No `reduce`: older libraries have put another in its place.
  for (const event of memory.tail) memory.state = foldVisit(memory.state, event);
  memory.tail = [];
}

const timeOf = (iso: string | null | undefined): number | null => (iso ? Date.parse(iso) || null : null);
const latest = (one: number | null, other: number | null): number | null => Math.max(one ?? 0, other ?? 0) || null;
