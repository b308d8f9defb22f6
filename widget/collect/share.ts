/** Sharing: clicks on links into the networks' own sharing dialogs. */

import { guarded } from '../guard.ts';

const NETWORKS: readonly [network: string, link: RegExp][] = [
  ['facebook', /facebook\.com\/(sharer|share|dialog\/(share|feed|send))/],
  ['x', /(twitter|\/x)\.com\/(intent\/(tweet|post)|share)/],
  ['vk', /vk\.(com|ru)\/share/],
  ['telegram', /(t\.me|telegram\.me)\/share|^tg:\/*msg_url/],
  ['whatsapp', /wa\.me\/\?|whatsapp\.com\/send|^whatsapp:\/*send/],
  ['ok', /ok\.ru\/(offer|dk\?.*shar)/],
  ['pinterest', /pinterest\.[a-z.]+\/pin\/create/],
  ['linkedin', /linkedin\.com\/(shareArticle|sharing)/],
  ['reddit', /reddit\.com\/submit/],
  ['viber', /^viber:\/*forward/],
];

/** The network that a link shares to, or null. */
export const shareNetwork = (href: string): string | null => NETWORKS.find(([, link]) => link.test(href))?.[0] ?? null;

/** Reports the network of each sharing link that is clicked. */
export function onShare(report: (network: string) => void): () => void {
  const clicked = guarded((event: Event) => {
    const [target] = event.composedPath();
    const network = target instanceof Element && shareNetwork(target.closest('a')?.href ?? '');
    if (network) report(network);
  });
  document.addEventListener('click', clicked, true);
  return () => document.removeEventListener('click', clicked, true);
}
