/** Pictures of the lamps and candles. */

import { PAINT as p, still } from './scene.ts';

const glow = (x: number, y: number, r: number) =>
  `<circle cx="${x}" cy="${y}" r="${r}" fill="#fff3cf" opacity=".45"/><circle cx="${x}" cy="${y}" r="${Math.round(r * 0.62)}" fill="#fff3cf" opacity=".6"/>`;

/** A flame whose foot is at the point. */
const flame = (x: number, y: number) => `
<path d="M${x} ${y}c-24-6-24-36 0-66 24 30 24 60 0 66z" fill="${p.honey}"/>
<path d="M${x} ${y - 2}c-11-3-11-18 0-34 11 16 11 31 0 34z" fill="#fff3cf"/>`;

const candle = (x: number, top: number, foot: number) => `
${glow(x, top - 42, 66)}
<path d="M${x} ${top + 6}v-20" stroke="${p.ink}" stroke-width="5" stroke-linecap="round"/>
${flame(x, top - 10)}
<path d="M${x - 36} ${top}v${foot - top - 8}c0 12 72 12 72 0V${top}z" fill="${p.honey}"/>
<path d="M${x + 10} ${top}v${foot - top}c16-1 26-4 26-8V${top}z" fill="#c98f35"/>
<ellipse cx="${x}" cy="${top}" rx="36" ry="10" fill="${p.glow}"/>
<path d="M${x - 36} ${top + 2}c0 12 4 46 12 46s6-30 14-34z" fill="${p.glow}"/>`;

export const lightPictures = {
  'dome-lamp': still(
    'light',
    120,
    `
<path d="M176 262L70 474h460L424 262z" fill="#fff3cf" opacity=".55"/>
<path d="M300 474c-46 0-84-6-84-18s38-22 84-22 84 10 84 22-38 18-84 18z" fill="${p.oak}"/>
<ellipse cx="300" cy="450" rx="84" ry="16" fill="${p.oakLight}"/>
<rect x="290" y="240" width="20" height="212" fill="${p.oakDark}"/>
<ellipse cx="300" cy="268" rx="46" ry="22" fill="#fff8e0"/>
<path d="M148 262c0-92 66-150 152-150s152 58 152 150c-84 16-220 16-304 0z" fill="${p.clay}"/>
<path d="M344 118c64 18 108 70 108 144-24 5-56 8-90 10 22-56 16-112-18-154z" fill="${p.clayDark}"/>
<path d="M184 226c8-38 32-66 64-78" fill="none" stroke="${p.clayLight}" stroke-width="11" stroke-linecap="round"/>
<rect x="288" y="92" width="24" height="24" rx="8" fill="${p.oakDark}"/>`,
  ),

  'beeswax-candles': still('light', 190, `${candle(186, 322, 466)}${candle(414, 276, 468)}${candle(300, 220, 482)}`),

  'porch-lantern': still(
    'light',
    150,
    `
<path d="M262 112c0-52 76-52 76 0" fill="none" stroke="${p.nightDark}" stroke-width="11"/>
<path d="M190 212l62-84h96l62 84z" fill="${p.night}"/>
<path d="M320 128h28l62 84h-70z" fill="${p.nightDark}"/>
<rect x="202" y="212" width="196" height="228" fill="#fdf3d9"/>
${glow(300, 318, 92)}
<path d="M264 362h72v74h-72z" fill="${p.cream}"/><path d="M312 362h24v74h-24z" fill="#e6dac3"/>
<path d="M300 362v-14" stroke="${p.ink}" stroke-width="5"/>${flame(300, 350)}
<path d="M224 236l52 0-52 86z" fill="#fff" opacity=".6"/>
<path d="M202 206v240M398 206v240M300 206v24" stroke="${p.night}" stroke-width="15"/>
<rect x="184" y="204" width="232" height="18" rx="4" fill="${p.nightLight}"/>
<rect x="176" y="436" width="248" height="38" rx="6" fill="${p.night}"/>
<rect x="330" y="436" width="94" height="38" rx="6" fill="${p.nightDark}"/>`,
  ),

  'paper-star': paperStar(),
};

/** Hangs in a window and not on a table, so it has a wall of its own. */
function paperStar(): string {
  const points = Array.from({ length: 7 }, (_, n) => {
    const turn = Math.round((n * 3600) / 7) / 10;
    return `<g transform="rotate(${turn} 300 316)"><path d="M300 116l46 152-46 48z" fill="${p.glow}"/><path d="M300 116l-46 152 46 48z" fill="${p.honey}"/></g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 600" width="600" height="600">
<rect width="600" height="600" fill="${p.cream}"/>
<rect x="60" y="48" width="480" height="504" fill="${p.night}"/>
<path d="M60 552c80-90 150-96 220-50 70-66 180-60 260 10v40z" fill="${p.nightDark}"/>
<g fill="${p.cream}"><circle cx="120" cy="120" r="4"/><circle cx="190" cy="86" r="3"/><circle cx="468" cy="110" r="4"/><circle cx="420" cy="76" r="3"/><circle cx="500" cy="230" r="3"/><circle cx="104" cy="260" r="3"/><circle cx="486" cy="420" r="4"/><circle cx="112" cy="428" r="3"/></g>
<circle cx="300" cy="316" r="222" fill="${p.nightLight}" opacity=".35"/>
<path d="M300 48v80" stroke="${p.cream}" stroke-width="4"/>
${points.join('')}
<circle cx="300" cy="316" r="40" fill="#fff3cf" opacity=".75"/>
<path d="M40 548h520v52H40z" fill="${p.oakLight}"/><path d="M40 548h520v14H40z" fill="${p.oak}"/>
</svg>`;
}
