/** Pictures of the tea shelf. */

import { PAINT as p, still } from './scene.ts';

const steam = (x: number, y: number) =>
  `<path d="M${x} ${y}c-18-24 18-36 0-62s16-34 2-56" fill="none" stroke="#fff" stroke-width="9" stroke-linecap="round" opacity=".75"/>`;

const cup = (x: number, y: number, body: string, shade: string) => `
<path d="M${x - 82} ${y - 118}h164c0 74-24 118-56 118h-52c-32 0-56-44-56-118z" fill="${body}"/>
<path d="M${x + 30} ${y - 118}h52c0 74-24 118-56 118h-26c26-14 32-66 30-118z" fill="${shade}"/>
<ellipse cx="${x}" cy="${y - 118}" rx="82" ry="19" fill="${shade}"/>
<ellipse cx="${x}" cy="${y - 115}" rx="69" ry="13" fill="#6d3b1f"/>`;

export const teaPictures = {
  'stoneware-teapot': still(
    'tea',
    190,
    `
${steam(452, 236)}
<path d="M200 262c-12-130 212-130 200 0" fill="none" stroke="${p.oak}" stroke-width="15" stroke-linecap="round"/>
<path d="M402 372c42-8 44-74 76-96l-22-18c-44 18-36 62-72 74z" fill="${p.mossDark}"/>
<path d="M158 372c0-76 62-118 142-118s142 42 142 118c0 66-52 102-92 102H250c-40 0-92-36-92-102z" fill="${p.moss}"/>
<path d="M352 264c56 18 90 54 90 108 0 66-52 102-92 102h-42c64-16 96-120 44-210z" fill="${p.mossDark}"/>
<path d="M194 344c8-30 30-48 56-56" fill="none" stroke="${p.mossLight}" stroke-width="12" stroke-linecap="round"/>
<path d="M228 266c4-26 34-38 72-38s68 12 72 38c-40 12-104 12-144 0z" fill="${p.mossLight}"/>
<circle cx="300" cy="220" r="17" fill="${p.oak}"/>`,
  ),

  'two-cups': still(
    'tea',
    200,
    `
${steam(226, 304)}${steam(396, 336)}
${cup(214, 446, p.clay, p.clayDark)}${cup(388, 478, p.clayLight, p.clay)}`,
  ),

  'smoked-tea': still(
    'tea',
    130,
    `
<path d="M182 214h236v240c0 14-52 24-118 24s-118-10-118-24z" fill="${p.night}"/>
<path d="M352 214h66v240c0 10-26 18-66 22z" fill="${p.nightDark}"/>
<path d="M172 166h256v50c0 14-58 24-128 24s-128-10-128-24z" fill="${p.nightLight}"/>
<ellipse cx="300" cy="166" rx="128" ry="24" fill="#7387a0"/>
<ellipse cx="300" cy="164" rx="96" ry="15" fill="${p.nightLight}"/>
<path d="M182 282c60 16 176 16 236 0v120c-60 16-176 16-236 0z" fill="${p.cream}"/>
<path d="M300 310c34 20 34 58 0 84-34-26-34-64 0-84z" fill="${p.moss}"/>
<path d="M300 322v70" stroke="${p.cream}" stroke-width="4"/>
<path d="M292 384c-44 4-64-16-68-44 38 0 62 14 68 44zM308 384c44 4 64-16 68-44-38 0-62 14-68 44z" fill="${p.mossLight}"/>`,
  ),

  'oak-tray': still(
    'tea',
    236,
    `
<path d="M66 404c0-22 105-40 234-40s234 18 234 40v26c0 26-105 48-234 48S66 456 66 430z" fill="${p.oakDark}"/>
<ellipse cx="300" cy="404" rx="234" ry="46" fill="${p.oak}"/>
<ellipse cx="300" cy="408" rx="206" ry="35" fill="${p.oakLight}"/>
<path d="M130 400c70-18 130-20 190-16M180 424c90 12 180 6 250-10" fill="none" stroke="${p.oak}" stroke-width="3" stroke-linecap="round" opacity=".7"/>
<rect x="78" y="428" width="44" height="13" rx="6.5" transform="rotate(14 100 434)" fill="#6f4d2c"/>
<rect x="478" y="428" width="44" height="13" rx="6.5" transform="rotate(-14 500 434)" fill="#6f4d2c"/>
<path d="M196 402c-4-70 14-94 14-138h64c0 44 18 68 14 138 0 12-92 12-92 0z" fill="${p.cream}"/>
<path d="M246 264h28c0 44 18 68 14 138 0 6-20 9-40 9 18-40 6-100-2-147z" fill="#e6dac3"/>
<ellipse cx="242" cy="264" rx="32" ry="8" fill="#cdbfa3"/>
<path d="M240 262c-10-60-34-84-62-96M242 262c4-70 20-104 48-124M243 262c10-36 32-58 62-64" fill="none" stroke="${p.mossDark}" stroke-width="5" stroke-linecap="round"/>
<path d="M178 166c-30-2-42-22-42-44 28 2 42 18 42 44zM212 196c-4-26 8-44 30-52 4 26-8 44-30 52zM290 138c0-28 16-44 42-46 0 28-16 44-42 46zM262 182c-22-12-28-32-20-54 22 12 28 32 20 54zM305 198c14-22 36-28 58-18-14 22-36 28-58 18z" fill="${p.moss}"/>
<path d="M346 356h92c0 40-14 58-30 58h-32c-16 0-30-18-30-58z" fill="${p.clay}"/>
<ellipse cx="392" cy="356" rx="46" ry="11" fill="${p.clayDark}"/>
<ellipse cx="392" cy="358" rx="38" ry="7" fill="#6d3b1f"/>`,
  ),
};
