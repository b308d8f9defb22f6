/** The kind of device behind a User-Agent. Knows what platforms call themselves, no list of models: those it can't tell from phones are phones. */

import { isbot } from 'isbot';

export type Device = 'mobile' | 'tablet' | 'desktop' | 'tv' | 'console' | 'wearable' | 'embedded' | 'bot';

/** What platforms say of themselves wherever it stands, the telling ones first: a PlayStation also says SmartTV. */
const PLATFORMS: [RegExp, Device][] = [
  [/playstation|\bPS[2-5]\b|xbox|nintendo|game ?(pad|boy)|steam ?deck/i, 'console'],
  [
    /watchos|\bwatch\d+,|smartwatch|(galaxy|tic|amazfit)[\s_-]?watch|wear ?os|oculusbrowser|\bquest \d|\bvr wolvic/i,
    'wearable',
  ],
  [
    /hbbtv|ce-html|(smart|apple|android|google|opera|net)[\s_-]?tv|\btvos|netcast|web0s|crkey|\broku|bravia|viera|aquos|[\s_]tv\b|\baft[a-z]{1,4}\b|directfb|sonycebrowser|\b(dune|tv)hd\b/i,
    'tv',
  ],
  [/chromebook|pixelbook/i, 'desktop'],
  [/\bipad/i, 'tablet'],
  [/\b(iphone|ipod)/i, 'mobile'],
];

/** Who says so is a machine; the list of `isbot` also takes odd televisions for one. */
const SAYS_BOT = /bot\b|crawl|spider|slurp|https?:\/\//i;

const PARSED: Record<string, Device> = {
  mobile: 'mobile',
  tablet: 'tablet',
  smarttv: 'tv',
  console: 'console',
  wearable: 'wearable',
  embedded: 'embedded',
};

/** `parsed` is what the parser of User-Agents made of it, if anything. Null for no User-Agent. */
export function deviceOf(agent: string, parsed: string | undefined): Device | null {
  if (!agent) return null;
  if (SAYS_BOT.test(agent) && isbot(agent)) return 'bot';
  const platform = PLATFORMS.find(([name]) => name.test(agent))?.[1];
  if (platform) return platform;
  if (isbot(agent)) return 'bot';
  return PARSED[parsed ?? ''] ?? (/android|midp|\bmobile\b/i.test(agent) ? 'mobile' : 'desktop');
}
