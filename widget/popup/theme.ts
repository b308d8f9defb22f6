/** The rule's colours and corners, checked once more and put on the popup's host as custom properties. */

import type { Theme } from '../../core/popup.ts';

const DEFAULTS = { accent: '#2b5f4e', background: '#ffffff', text: '#1f1d1a' } as const;
const RADIUS = 20;

export function applyTheme(host: HTMLElement, theme: Theme = {}): void {
  const accent = colourOf(theme.accent, DEFAULTS.accent);
  const background = colourOf(theme.background, DEFAULTS.background);
  // Without a text colour of its own a dark background takes light text.
  const text = colourOf(theme.text, contrasting(background, DEFAULTS.text));
  const radius = typeof theme.radius === 'number' && theme.radius >= 0 ? Math.min(theme.radius, 32) : RADIUS;
  const tokens = { accent, background, text, onAccent: contrasting(accent, DEFAULTS.text), radius: `${radius}px` };
  for (const [name, value] of Object.entries(tokens)) host.style.setProperty(`--linger-${name.toLowerCase()}`, value);
}

const colourOf = (value: unknown, absent: string): string =>
  typeof value === 'string' && /^#([\da-f]{3}|[\da-f]{6})$/i.test(value) ? value : absent;

/** White or `dark`, whichever reads better on the colour (WCAG 2 contrast). */
function contrasting(colour: string, dark: string): string {
  const light = luminance(colour) + 0.05;
  return 1.05 / light >= light / (luminance(dark) + 0.05) ? '#ffffff' : dark;
}

function luminance(colour: string): number {
  const hex = colour.length === 4 ? colour.replace(/[\da-f]/gi, '$&$&') : colour;
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const share = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
