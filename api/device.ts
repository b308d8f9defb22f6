/** The kind of device behind a User-Agent. Knows what platforms call themselves, no list of models: those it can't tell from phones are phones, and nameless boxes are tablets, as Android says. */

import { isbot } from 'isbot';

export const DEVICES = ['mobile', 'tablet', 'desktop', 'tv', 'console', 'wearable', 'embedded', 'bot'] as const;

export type Device = (typeof DEVICES)[number];

/** What platforms say of themselves wherever it stands, the telling ones first: a PlayStation also says SmartTV. */
const PLATFORMS: [RegExp, Device][] = [
  // Aplix made browsers for consoles alone.
  [/playstation|\bPS[2-5]\b|xbox|nintendo|sega|dreamcast|^aplix_|game ?(pad|boy)|steam ?deck/i, 'console'],
  [
    /watchos|apple watch|\bSM-R[789]\d\d|\bwatch\d+,|smartwatch|(galaxy|tic|amazfit)[\s_-]?watch|wear ?os|oculusbrowser|\bquest \d|\bvr wolvic/i,
    'wearable',
  ],
  [
    /hbbtv|ce-html|(smart|apple|android|google|opera|net)[\s_-]?tv|\btvos|netcast|web0s|crkey|\broku|bravia|viera|aquos|[\s_]tv\b|\baft[a-z]{1,4}\b|directfb|sonycebrowser|\b(dune|tv)hd\b|\bOMI\/\d|\bescape \d/i,
    'tv',
  ],
  [/chromebook|pixelbook|^(xbmc|kodi)\/.*(windows|mac|x11)/i, 'desktop'],
  [/\bipad/i, 'tablet'],
  [/\b(iphone|ipod)/i, 'mobile'],
];

/**
 * Android runs on everything, and says "Mobile" or nothing. What makers call whole families of things that are neither
 * a phone nor a tablet: handheld consoles, watches, boxes beside a television, televisions by their inches, laptops.
 */
const ANDROID_FAMILIES: [RegExp, Device][] = [
  [
    /; (anbernic|RG ?(\d{2,3}|cube|arc)|retroid|ayaneo|ayn |odin|razer edge|gpd |jxd|moqi|switch( lite| oled)?[;)])/i,
    'console',
  ],
  [
    /; (lemfo|LEM ?\d|zeblaze|geozon|OW\d\dW\d|pico (neo|4)|thor\b|kospet|finow|hualawei watch|leo-)|\bwatch\b/i,
    'wearable',
  ],
  [
    /; (beelink|zidoo|vontar|minix|neo-[ux]\d|mecool|x96|x88|hk1|tanix|t95|a5x|a95x|h96|mxq|m8s|ugoos|km\d|invin|pendoo|transpeed|himedia|egreat|nexbox|sunvell|leelbox|q\+|(tx|x)\d+ ?(mini|pro|max))|\b(4k|uhd|ultra ?hd)\b|tv ?box|set-?top/i,
    'tv',
  ],
  // Without the inches' company a number and letters are a phone's; "TV" at a name's end is written large.
  [/; (\w+-)?(LED-?\d{2}|[2-8]\d[A-Z]{1,3}\d{2,4}[A-Z]{0,3}(?= Build|[);]))|[A-Za-z]TV\d*\b/, 'tv'],
  [
    /; (dell |hp )?(inspiron|vostro|latitude|xps|satellite|tecra|elitebook|probook|pavilion|thinkpad|ideapad|travelmate|aspire|lifebook|vivobook|zenbook|macbook)/i,
    'desktop',
  ],
  [
    /\btab\b|tablet|pocketbook|[\s-]3G\b(?= |\))|; (mid\d|asus k0[01]|[\w ]*\bpad\b|AN\d+[A-Z]*G\d|PI\d{4}|micromax p\d{3}|qumo vega)|\/apad\b/i,
    'tablet',
  ],
  // What folds out or writes with a pen is still a phone.
  [/; (pixel (?!c\b)|GT-N7\d)/i, 'mobile'],
];

/** Phones of before the iPhone name their Java, or the browser that they all had. */
const FEATURE_PHONE = /\bmidp\b|\bup\.browser/i;

/** Browsers inside of apps carry words of phones on Windows too, whose phones say so. */
const DESKTOP_WINDOWS = /windows(?!.*(phone|mobile|touch|tablet|; arm)).*(nt \d|\bdesktop\b)/i;

/** Who says so is a machine; the list of `isbot` also takes odd televisions for one. A media centre names its home, too. */
const SAYS_BOT = /^(?!xbmc|kodi).*(bot\b|crawl|spider|slurp|https?:\/\/)/i;

/** A product that is called by its site's name. */
const NAMED_BY_SITE = /(^|\s)[\w-]+\.(com|io|net|org)\/\d/i;

const PARSED: Record<string, Device> = {
  mobile: 'mobile',
  tablet: 'tablet',
  smarttv: 'tv',
  console: 'console',
  wearable: 'wearable',
  embedded: 'embedded',
};

const ANDROID = /android|\badr \d/i;
/** Before Android 3 there were phones alone; what apps fetch by Dalvik says neither. */
const SAYS_MOBILE = /midp|\bmobile\b|android [12]\.|^dalvik/i;

/** `parsed` is what the parser of User-Agents made of it, if anything. Null for no User-Agent. */
export function deviceOf(agent: string, parsed: string | undefined): Device | null {
  if (!agent) return null;
  if ((SAYS_BOT.test(agent) && isbot(agent)) || NAMED_BY_SITE.test(agent)) return 'bot';
  const families = ANDROID.test(agent) ? [...PLATFORMS, ...ANDROID_FAMILIES] : PLATFORMS;
  const platform = families.find(([name]) => name.test(agent))?.[1];
  if (platform) return platform;
  if (FEATURE_PHONE.test(agent)) return 'mobile';
  if (isbot(agent)) return 'bot';
  if (DESKTOP_WINDOWS.test(agent)) return 'desktop';
  return PARSED[parsed ?? ''] ?? (SAYS_MOBILE.test(agent) ? 'mobile' : ANDROID.test(agent) ? 'tablet' : 'desktop');
}
