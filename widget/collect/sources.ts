/** Which of a page's sources speak of one product. Decides; tells nobody. */

import { alike, type Reading } from './reading.ts';

export interface Sources {
  /** Told by the shop through `linger(…)`, its attributes, or its analytics: each is believed to have been looked at. */
  told: readonly Reading[];
  /** What the page's platform and its markup say it is about, the most trusted first: of these there is but one product. */
  page: readonly Reading[];
  /** The page's own picture and price, nameless: they join its product. */
  graph: Reading | null;
}

/** The readings of each product, in order of trust: the shop's own word, the platform's, what analytics hear, markup. */
export function productsOf({ told, page, graph }: Sources, platform: number): Reading[][] {
  let rest = [
    ...told.filter(({ sure }) => sure),
    ...page.slice(0, platform),
    ...told.filter(({ sure }) => !sure),
    ...page.slice(platform),
  ];
  const groups: Reading[][] = [];
  for (let head = rest[0]; head; head = rest[0]) {
    const first = head;
    groups.push(rest.filter((one) => one === first || alike(first, one)));
    rest = rest.filter((one) => one !== first && !alike(first, one));
  }
  const isPage = (group: readonly Reading[]): boolean => group.some((one) => page.includes(one));
  const own = groups.find(isPage) ?? (groups.length === 1 ? groups[0] : undefined);
  const kept = groups.filter((group) => group === own || group.some((one) => told.includes(one)));
  if (!graph) return kept;
  return kept.length ? kept.map((group) => (group === own ? [...group, graph] : group)) : [[graph]];
}
