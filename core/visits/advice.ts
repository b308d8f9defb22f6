/** From which depth on visits buy: the pages and the active time that tell a shop's buyers from its other visitors best. */

import type { Scene } from './scenes.ts';

/** How deep a visit went before it turned to paying. */
export interface Depth {
  pages: number;
  seconds: number;
  bought: boolean;
}

export interface DepthStep {
  atLeast: number;
  /** Visits that went so deep, and those of them that bought. */
  visits: number;
  bought: number;
}

export interface Advice {
  visits: number;
  bought: number;
  /** Whether the numbers carry a proposal; `needed` says how many do. */
  enough: boolean;
  needed: { bought: number; others: number };
  /** Null also where depth does not tell who buys. */
  pages: { atLeast: number | null; steps: DepthStep[] };
  seconds: { atLeast: number | null; steps: DepthStep[] };
}

/** Fewer buyers, or fewer others, than these are an anecdote. */
const NEEDED = { bought: 50, others: 200 };
const PAGES = [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20] as const;
const SECONDS = [0, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 300, 420, 600] as const;
/** Standard errors by which a step must beat chance: many, as the best of 27 is picked. A shop where depth tells nothing gets a proposal once in a hundred. */
const SURE = 3.5;

/** Paying takes pages and time of its own, which nobody who left could have spent: they don't count. */
export function depthOf({ at, visit }: Scene, startedAt: number, bought: boolean): Depth {
  const checkout = visit.trail.findIndex(([type]) => type === 'begin_checkout');
  const until = visit.trail[checkout]?.[1] ?? at;
  const paying = checkout < 0 ? [] : visit.trail.slice(checkout).filter(([type]) => type === 'page_view');
  return {
    pages: Math.max(0, visit.pages - paying.length),
    seconds: Math.floor(Math.min(visit.activeMs, Math.max(0, until - startedAt)) / 1_000),
    bought,
  };
}

export function advise(depths: readonly Depth[]): Advice {
  const bought = depths.filter((one) => one.bought).length;
  const enough = bought >= NEEDED.bought && depths.length - bought >= NEEDED.others;
  const side = (name: 'pages' | 'seconds', grid: readonly number[]): Advice['pages'] => {
    const steps = grid.map((atLeast): DepthStep => {
      const deep = depths.filter((one) => one[name] >= atLeast);
      return { atLeast, visits: deep.length, bought: deep.filter((one) => one.bought).length };
    });
    return { atLeast: enough ? bestOf(steps, bought, depths.length - bought) : null, steps };
  };
  return {
    visits: depths.length,
    bought,
    enough,
    needed: { ...NEEDED },
    pages: side('pages', PAGES),
    seconds: side('seconds', SECONDS),
  };
}

/**
 * Youden's index: the share of buyers who went so deep, less the share of the others who did. Its greatest step, where that is
 * beyond chance; the lower one of equals.
 */
function bestOf(steps: readonly DepthStep[], buyers: number, others: number): number | null {
  let best: { atLeast: number; index: number } | null = null;
  for (const { atLeast, visits, bought } of steps) {
    const hit = bought / buyers;
    const miss = (visits - bought) / others;
    const index = hit - miss;
    // Of chance: as if both had gone so deep alike. Each side's own share would look certain where all of a few buyers did.
    const share = visits / (buyers + others);
    const error = Math.sqrt(share * (1 - share) * (1 / buyers + 1 / others));
    if (index > SURE * error && index > (best?.index ?? 0)) best = { atLeast, index };
  }
  return best?.atLeast ?? null;
}

/** The steps worth trying around a proposal: one of the two bounds moves, the other stays. */
export function stepsAround(pages: number, seconds: number): { pages: number; seconds: number }[] {
  const near = (grid: readonly number[], at: number): number[] => {
    const index = grid.findIndex((step) => step >= at);
    return grid.slice(Math.max(0, index - 2), index + 4);
  };
  return [
    ...near(PAGES, pages).map((one) => ({ pages: one, seconds })),
    ...near(SECONDS, seconds)
      .filter((one) => one !== seconds)
      .map((one) => ({ pages, seconds: one })),
  ];
}
