/** A flow's steps laid out one after another, so that a person's place in it is one number, however deep the branches nest. */

import type { Offer } from '../rules/offer.ts';
import { chanceOf } from '../values/chance.ts';
import { type Duration, durationMs } from '../values/duration.ts';
import type { ContactCondition, HeardEvent, LetterKey, LetterVariant, Step, TrialMeasure } from './flow.ts';

export type Instruction =
  | {
      do: 'send';
      letter: LetterKey;
      expiresAfter: Duration | null;
      prompt: boolean;
      variants: readonly LetterVariant[];
      decideBy: TrialMeasure;
      /** Names what is tried; null where nothing is. */
      trial: string | null;
    }
  | { do: 'wait'; wait: Duration; until: string | null; days: readonly number[] | null }
  /** Heard: the next place. Not heard in time: `otherwise`. */
  | { do: 'listen'; event: HeardEvent; timeout: Duration; otherwise: number }
  | { do: 'branch'; if: ContactCondition; otherwise: number }
  | { do: 'split'; arms: readonly { weight: number; to: number }[] }
  | { do: 'jump'; to: number }
  | { do: 'issue'; offer: Offer }
  | { do: 'tag'; add: readonly string[]; remove: readonly string[]; for: Duration | null }
  | { do: 'notify'; text: string }
  | { do: 'webhook'; name: string }
  | { do: 'stop'; reason: string };

export type Program = readonly Instruction[];

/** An hour: letters that follow a shorter wait were asked for to the minute, so caps and quiet hours let them pass. */
const PROMPT_MS = 3_600_000;

/** A flow without branches keeps its places: instruction n is step n. Jumps only lead on, so that every run ends. */
export function programOf(steps: readonly Step[]): Program {
  const program: Instruction[] = [];
  lay(steps, 0, program);
  return program;
}

/** Appends the steps; `waited` and the answer are the longest that may have passed since the letter before, in ms. */
function lay(steps: readonly Step[], waited: number, program: Instruction[]): number {
  let since = waited;
  for (const step of steps) since = layOne(step, since, program);
  return since;
}

function layOne(step: Step, waited: number, program: Instruction[]): number {
  if ('send' in step) {
    const { send, expiresAfter = null, decideBy = 'clicks' } = step;
    const variants = step.variants ?? (step.subjects ?? []).map((subject) => ({ subject }));
    const trial = variants.length > 0 ? fingerprintOf(send, variants, decideBy) : null;
    program.push({ do: 'send', letter: send, expiresAfter, prompt: waited < PROMPT_MS, variants, decideBy, trial });
    return 0;
  }
  if ('wait' in step) {
    const { wait, until = null, days = null } = step;
    program.push({ do: 'wait', wait, until, days });
    // Nobody asked to the minute for what waits for a time of day.
    return until || days ? Number.POSITIVE_INFINITY : waited + durationMs(wait);
  }
  if ('waitFor' in step) {
    const { event, timeout, then: heard = [], else: missed = [] } = step.waitFor;
    const listen = { do: 'listen' as const, event, timeout, otherwise: 0 };
    program.push(listen);
    const end = waited + durationMs(timeout);
    return layFork(listen, heard, missed, end, program);
  }
  if ('branch' in step) {
    const { if: condition, then: so = [], else: not = [] } = step.branch;
    const branch = { do: 'branch' as const, if: condition, otherwise: 0 };
    program.push(branch);
    return layFork(branch, so, not, waited, program);
  }
  if ('split' in step) return laySplit(step.split, waited, program);
  program.push(actOf(step));
  return waited;
}

function layFork(
  fork: { otherwise: number },
  so: readonly Step[],
  not: readonly Step[],
  waited: number,
  program: Instruction[],
): number {
  const first = lay(so, waited, program);
  if (not.length === 0) {
    fork.otherwise = program.length;
    return Math.max(first, waited);
  }
  const jump = { do: 'jump' as const, to: 0 };
  program.push(jump);
  fork.otherwise = program.length;
  const second = lay(not, waited, program);
  jump.to = program.length;
  return Math.max(first, second);
}

function laySplit(
  branches: readonly { weight: number; steps: readonly Step[] }[],
  waited: number,
  program: Instruction[],
): number {
  const arms: { weight: number; to: number }[] = [];
  program.push({ do: 'split', arms });
  const jumps: { to: number }[] = [];
  let longest = 0;
  for (const { weight, steps } of branches) {
    arms.push({ weight, to: program.length });
    longest = Math.max(longest, lay(steps, waited, program));
    const jump = { do: 'jump' as const, to: 0 };
    program.push(jump);
    jumps.push(jump);
  }
  for (const jump of jumps) jump.to = program.length;
  return longest;
}

/** The same for the same variants of the same letter, wherever they stand, however the document has been kept. */
function fingerprintOf(send: LetterKey, variants: readonly LetterVariant[], decideBy: TrialMeasure): string {
  const told = variants.map(({ subject, button, body, letter, wait, until, days }) => [
    ...[subject, button, body].map((one) => [one?.en ?? null, one?.ru ?? null]),
    letter ?? null,
    wait ?? null,
    until ?? null,
    days ?? null,
  ]);
  const name = JSON.stringify([send, decideBy, told]);
  return `${hex(chanceOf(name))}${hex(chanceOf(`${name}.`))}`;
}

const hex = (chance: number): string => (chance * 4_294_967_296).toString(16).padStart(8, '0');

type Act = Exclude<
  Step,
  { send: unknown } | { wait: unknown } | { waitFor: unknown } | { branch: unknown } | { split: unknown }
>;

function actOf(step: Act): Instruction {
  if ('issue' in step) return { do: 'issue', offer: step.issue };
  if ('tag' in step) {
    const { add = [], remove = [], for: time = null } = step.tag;
    return { do: 'tag', add, remove, for: time };
  }
  if ('notify' in step) return { do: 'notify', text: step.notify };
  if ('webhook' in step) return { do: 'webhook', name: step.webhook };
  return { do: 'stop', reason: step.stop };
}
