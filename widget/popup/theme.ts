/** The rule's colours, corners and letters, checked once more and put on the popup's host as custom properties. */

import type { PopupFont, Theme } from '../../core/rules/popup.ts';

const DEFAULTS = { accent: '#2b5f4e', background: '#ffffff', text: '#1f1d1a' } as const;
const RADIUS = 20;
/** Black or white: one of them can be read on any ground. */
const PLAIN = ['#ffffff', '#000000'];

const FONTS: Record<PopupFont, string> = {
  system: 'system-ui, sans-serif',
  grotesque: 'Helvetica Neue, Helvetica, Arial, sans-serif',
  humanist: 'Verdana, Tahoma, Geneva, sans-serif',
  serif: 'ui-serif, Georgia, serif',
  mono: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
};

export function applyTheme(host: HTMLElement, theme: Theme = {}): void {
  const accent = colourOf(theme.accent, DEFAULTS.accent);
  const background = colourOf(theme.background, DEFAULTS.background);
  const text = readable(background, [colourOf(theme.text, DEFAULTS.text), DEFAULTS.text]);
  const radius = typeof theme.radius === 'number' && theme.radius >= 0 ? Math.min(theme.radius, 32) : RADIUS;
  // Paler text is only for those who have contrast to spare.
  const spare = contrast(text, background) >= 9;
  const tokens = {
    accent,
    background,
    text,
    // It stands on tinted ground as well, which takes a little of its contrast.
    ink: contrast(accent, background) >= 5 ? accent : text,
    onaccent: readable(accent, [PLAIN[0], DEFAULTS.text]),
    wrong: readable(background, ['#b3261e', '#ffb4ab', text]),
    muted: spare ? '68%' : '100%',
    edge: spare ? '50%' : '100%',
    tint: spare ? '4%' : '0%',
    radius: `${radius}px`,
    font: FONTS[theme.font ?? 'system'] ?? FONTS.system,
    // Of what the browser draws: boxes to tick, lists to choose from, scroll bars.
    scheme: luminance(background) < 0.2 ? 'dark' : 'light',
  };
  for (const [name, value] of Object.entries(tokens)) host.style.setProperty(`--linger-${name}`, value);
}

const colourOf = (value: unknown, absent: string): string =>
  typeof value === 'string' && /^#([\da-f]{3}|[\da-f]{6})$/i.test(value) ? value : absent;

/** The first of the colours that can be read on the ground (WCAG 2, AA). */
const readable = (ground: string, wanted: (string | undefined)[]): string =>
  [...wanted, ...PLAIN].find((colour) => colour && contrast(colour, ground) >= 4.5) ?? DEFAULTS.text;

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const hex = colour.length === 4 ? colour.replace(/[\da-f]/gi, '$&$&') : colour;
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const share = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
