/** What all the shop's pictures share: a palette, a wall, a table, a shadow. */

export const PAINT = {
  ink: '#2f2e33',
  clay: '#b8643f',
  clayDark: '#954b2e',
  clayLight: '#cf8460',
  moss: '#74825b',
  mossDark: '#5b6846',
  mossLight: '#93a079',
  cream: '#f8f1e3',
  sand: '#dfc8a4',
  honey: '#e3aa4c',
  glow: '#f7d998',
  night: '#34445a',
  nightDark: '#263345',
  nightLight: '#5a6d86',
  oak: '#b98a5a',
  oakDark: '#94693f',
  oakLight: '#d0a878',
} as const;

export type Wall = 'tea' | 'light' | 'rest';

const WALLS: Record<Wall, { wall: string; table: string; shade: string }> = {
  tea: { wall: '#e3e5d6', table: '#cfd2bd', shade: '#b4b89d' },
  light: { wall: '#f1e2cb', table: '#e2cca9', shade: '#c9ae84' },
  rest: { wall: '#dfe3e6', table: '#c8cfd5', shade: '#a9b3bc' },
};

/** A 600 × 600 picture: the thing stands on the table, its foot near y = 470; the shadow is as wide as the thing. */
export function still(wall: Wall, shadow: number, thing: string): string {
  const paint = WALLS[wall];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 600" width="600" height="600">
<rect width="600" height="600" fill="${paint.wall}"/>
<rect y="420" width="600" height="180" fill="${paint.table}"/>
<ellipse cx="300" cy="474" rx="${shadow}" ry="${Math.round(shadow / 9)}" fill="${paint.shade}"/>
${thing}
</svg>`;
}
