/** How a flow runs: from a place and a moment to what happens next. Pure; called by the tick, and by whoever wants to see a plan. */

import type { Offer } from '../rules/offer.ts';
import { after, localDay, localTime, nextAt, wallTime } from '../values/calendar.ts';
import { type Duration, durationMs } from '../values/duration.ts';
import type { ContactCondition, HeardEvent, LetterKey } from './flow.ts';
import type { Program } from './program.ts';

/** What a step may depend on beside the flow itself. */
export interface Circumstances {
  /** ms since the epoch. */
  at: number;
  /** The person's IANA zone. */
  zone: string;
  /** Whether the contact's facts fulfil it: unknown is no. */
  holds(condition: ContactCondition): boolean;
  /** 0 ≤ x < 1, the same for the same person at the same place of the same flow, whenever asked. */
  chance(place: number): number;
  /** The variant that has won this trial of the flow's; null while it is being tried. */
  winner(trial: string): number | null;
  /** The local time "HH:MM" at which the contact usually visits and clicks, the shop's people where that isn't known. */
  usual: string;
}

export type Next =
  /** Queue this letter; go on with `step` once it has left, or is known not to leave. */
  | {
      send: LetterKey;
      step: number;
      expiresAfter: Duration | null;
      /** Caps and quiet hours let it pass. */
      prompt: boolean;
      /** Which of the step's variants, from 0; null where it tries none. */
      variant: number | null;
      /** What is tried; absent where nothing is. */
      trial?: string;
      /** It leaves no earlier, ms since the epoch; absent: at once. */
      notBefore?: number;
    }
  /** Nothing until this moment (ms since the epoch), then `step`. */
  | { wait: number; step: number }
  /** `step` as soon as the event is heard, `otherwise` when it has not been until this moment. */
  | { listen: HeardEvent; wait: number; step: number; otherwise: number }
  | { issue: Offer; step: number }
  /** `until` (ms since the epoch): what is added goes then; null: it stays. */
  | { tag: { add: readonly string[]; remove: readonly string[]; until: number | null }; step: number }
  | { notify: string; step: number }
  | { webhook: string; step: number }
  | { stop: string }
  | { done: true };

/** What the place `step` of the program means under these circumstances. Branches and splits are taken on the way. */
export function advance(program: Program, step: number, circumstances: Circumstances): Next {
  const { at, zone } = circumstances;
  for (let place = step; ; ) {
    const current = program[place];
    if (!current) return { done: true };
    const next = place + 1;
    switch (current.do) {
      case 'send': {
        const { letter, expiresAfter, prompt, variants, decideBy, trial } = current;
        const plain = { send: letter, step: next, expiresAfter, prompt, variant: null };
        if (trial === null) return plain;
        const won = decideBy === 'never' ? null : circumstances.winner(trial);
        const variant = won ?? Math.floor(circumstances.chance(place) * variants.length);
        const { letter: other = letter, wait = null, until = null, days = null } = variants[variant] ?? {};
        const notBefore = waitEnd({ wait, until, days }, circumstances);
        return { ...plain, send: other, variant, trial, ...(notBefore > at ? { notBefore } : {}) };
      }
      case 'wait':
        return { wait: waitEnd(current, circumstances), step: next };
      case 'listen':
        return {
          listen: current.event,
          wait: after(at, current.timeout, zone),
          step: next,
          otherwise: current.otherwise,
        };
      case 'issue':
        return { issue: current.offer, step: next };
      case 'tag':
        return {
          tag: { add: current.add, remove: current.remove, until: current.for && after(at, current.for, zone) },
          step: next,
        };
      case 'notify':
        return { notify: current.text, step: next };
      case 'webhook':
        return { webhook: current.name, step: next };
      case 'stop':
        return { stop: current.reason };
      case 'jump':
        place = current.to;
        break;
      case 'branch':
        place = circumstances.holds(current.if) ? next : current.otherwise;
        break;
      case 'split':
        place = drawn(current.arms, circumstances.chance(place)) ?? program.length;
    }
  }
}

function waitEnd(
  { wait, until, days }: { wait: Duration | null; until: string | null; days: readonly number[] | null },
  { at, zone, usual }: Circumstances,
): number {
  let end = wait ? after(at, wait, zone) : at;
  if (until) end = atTime({ at, end, wait }, until === 'usual' ? usual : until, zone);
  // A week has every day; more turns would only hide a list without any.
  for (let turn = 0; days && turn < 7 && !days.includes(localTime(end, zone).weekday); turn += 1)
    end = after(end, '1d', zone);
  return end;
}

/** After days: on that day, whatever the hour was before; a letter that left a minute late delays nothing by a day. After hours: from then on. */
function atTime(
  { at, end, wait }: { at: number; end: number; wait: Duration | null },
  time: string,
  zone: string,
): number {
  const days = wait && /[dw]$/.test(wait) && durationMs(wait) > 0;
  return nextAt(days ? Math.max(at, wallTime(localDay(end, zone), zone)) : end, time, zone);
}

/** Where the draw leads: the place at which the drawn arm begins. */
export function drawn(arms: readonly { weight: number; to: number }[], chance: number): number | undefined {
  let total = 0;
  for (const { weight } of arms) total += weight;
  let left = chance * total;
  for (const { weight, to } of arms) {
    left -= weight;
    if (left < 0) return to;
  }
  return arms.at(-1)?.to;
}
