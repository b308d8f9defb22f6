/** The colours of a letter: fixed greys, and what follows from the shop's accent so that text on it can be read. */

export const INK = '#1b1d1c';
export const SOFT = '#6a6f6c';
export const LINE = '#e9e8e4';
export const PAGE = '#f5f4f0';
export const CARD = '#ffffff';

const OWN_ACCENT = '#1f5f4a';

export interface Palette {
  accent: string;
  /** Text on the accent. */
  onAccent: string;
  /** The accent as a breath of colour behind dark text. */
  tint: string;
  /** Large text on the tint: the accent, or ink where the accent is too pale even for that (3:1, WCAG 1.4.3). */
  onTint: string;
}

/** From the shop's `#rrggbb` or `#rgb`; anything else gets our own dark green. */
export function paletteOf(brandAccent = ''): Palette {
  const long = brandAccent.toLowerCase().replace(/^#([\da-f])([\da-f])([\da-f])$/, '#$1$1$2$2$3$3');
  const accent = /^#[\da-f]{6}$/.test(long) ? long : OWN_ACCENT;
  const tint = mix(accent, CARD, 0.07);
  return {
    accent,
    onAccent: contrast(CARD, accent) >= 4.5 || contrast(CARD, accent) >= contrast(INK, accent) ? CARD : INK,
    tint,
    onTint: contrast(accent, tint) >= 3 ? accent : INK,
  };
}

/** WCAG 2.2 contrast ratio, 1–21. */
export function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export function mix(colour: string, ground: string, share: number): string {
  const below = channels(ground);
  const mixed = channels(colour).map((channel, n) => Math.round(channel * share + (below[n] ?? 255) * (1 - share)));
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

const channels = (colour: string): number[] => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
