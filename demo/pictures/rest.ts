/** Pictures of wool, music and patience. */

import { PAINT as p, still } from './scene.ts';

const fringe = (from: number, to: number, y: number) =>
  Array.from({ length: Math.floor((to - from) / 17) + 1 }, (_, n) => `M${from + n * 17} ${y}v26`).join('');

export const restPictures = {
  'wool-throw': still(
    'rest',
    206,
    `
<path d="M108 392c0-20 16-34 34-34h316c18 0 34 14 34 34v46c0 20-16 34-34 34H142c-18 0-34-14-34-34z" fill="#c9b595"/>
<path d="M108 312c0-20 16-34 34-34h316c18 0 34 14 34 34v32c0 20-16 34-34 34H142c-18 0-34-14-34-34z" fill="${p.cream}"/>
<path d="M108 420c40 12 344 12 384 0" fill="none" stroke="#b39c78" stroke-width="5"/>
<path d="M108 334c40 12 344 12 384 0" fill="none" stroke="#e3d6bd" stroke-width="5"/>
<path d="M178 236c0-18 12-28 28-28h196c16 0 28 10 28 28l14 176H164z" fill="${p.cream}"/>
<path d="M430 236l14 176h-62l-14-204h34c16 0 28 10 28 28z" fill="#e9dec8"/>
<path d="M176 262h256l3 34H173zM170 330h268l2 20H168z" fill="#c9b595"/>
<path d="M167 372h274" stroke="#c9b595" stroke-width="7"/>
<path d="${fringe(170, 432, 410)}" stroke="${p.sand}" stroke-width="7" stroke-linecap="round"/>`,
  ),

  'linen-cushion': still(
    'rest',
    186,
    `
<path d="M132 172c-10-20 6-34 26-26 90 24 194 24 284 0 20-8 36 6 26 26-24 86-24 178 0 264 10 22-6 38-26 30-90-24-194-24-284 0-20 8-36-8-26-30 24-86 24-178 0-264z" fill="${p.clayLight}"/>
<path d="M442 146c20-8 36 6 26 26-24 86-24 178 0 264 10 22-6 38-26 30-44-12-90-18-136-18 84-60 128-176 136-302z" fill="${p.clay}"/>
<path d="M172 186c84 18 172 18 256 0M172 424c84-16 172-16 256 0" fill="none" stroke="${p.clayDark}" stroke-width="3" stroke-dasharray="10 9" opacity=".7"/>
<path d="M172 186c14 80 14 160 0 238M428 186c-14 80-14 160 0 238" fill="none" stroke="${p.clayDark}" stroke-width="3" stroke-dasharray="10 9" opacity=".7"/><circle cx="300" cy="308" r="24" fill="${p.clay}"/><circle cx="300" cy="305" r="14" fill="${p.cream}"/>`,
  ),

  'record-player': still(
    'rest',
    244,
    `
<path d="M112 446h36v30h-36zM452 446h36v30h-36z" fill="${p.ink}"/>
<path d="M84 366l56-168h320l56 168z" fill="${p.oakLight}"/>
<path d="M64 366h472v74c0 10-8 16-16 16H80c-8 0-16-6-16-16z" fill="${p.oak}"/>
<path d="M64 366h472v16H64z" fill="${p.oakDark}" opacity=".45"/>
<ellipse cx="268" cy="284" rx="148" ry="72" fill="#8f6a42"/>
<ellipse cx="268" cy="278" rx="146" ry="70" fill="${p.ink}"/>
<g fill="none" stroke="#4b4a52" stroke-width="2"><ellipse cx="268" cy="278" rx="126" ry="60"/><ellipse cx="268" cy="278" rx="106" ry="50"/><ellipse cx="268" cy="278" rx="86" ry="41"/><ellipse cx="268" cy="278" rx="68" ry="32"/></g>
<path d="M268 278l-104-44c16-12 36-20 58-25zM268 278l104 44c-16 12-36 20-58 25z" fill="#5b5a63" opacity=".6"/>
<ellipse cx="268" cy="278" rx="46" ry="22" fill="${p.clay}"/><ellipse cx="268" cy="277" rx="6" ry="3.5" fill="${p.cream}"/>
<ellipse cx="440" cy="242" rx="27" ry="14" fill="#e6dac3"/><ellipse cx="440" cy="238" rx="20" ry="10" fill="${p.cream}"/>
<path d="M440 234l8 74-96 26" fill="none" stroke="${p.cream}" stroke-width="9" stroke-linejoin="round" stroke-linecap="round"/>
<path d="M362 324l-30 8 6 16 32-10z" fill="${p.night}"/>
<circle cx="456" cy="416" r="16" fill="${p.cream}"/><path d="M456 416v-12" stroke="${p.ink}" stroke-width="4"/>
<circle cx="408" cy="416" r="11" fill="${p.cream}"/><circle cx="112" cy="416" r="6" fill="${p.glow}"/>`,
  ),

  'sand-glass': still(
    'rest',
    116,
    `
<path d="M226 156h148c0 92-52 108-52 152s52 60 52 142H226c0-82 52-98 52-142s-52-60-52-152z" fill="#fff" opacity=".8"/>
<path d="M243 216h114c-10 46-46 62-50 92h-14c-4-30-40-46-50-92z" fill="${p.honey}"/>
<path d="M298 300h4v126h-4z" fill="${p.honey}"/>
<path d="M234 446c6-32 42-52 66-52s60 20 66 52z" fill="${p.honey}"/>
<path d="M300 394c24 0 60 20 66 52h-52c4-20 0-38-14-52zM322 216h35c-10 46-46 62-50 92h-5c14-30 26-52 20-92z" fill="#c98f35"/>
<path d="M246 176c2 40 10 62 22 80" fill="none" stroke="#fff" stroke-width="9" stroke-linecap="round"/>
<path d="M212 156v294M388 156v294" stroke="#6f4d2c" stroke-width="13"/>
<rect x="186" y="130" width="228" height="32" rx="10" fill="${p.oakDark}"/><rect x="340" y="130" width="74" height="32" rx="10" fill="#6f4d2c"/>
<rect x="186" y="444" width="228" height="34" rx="10" fill="${p.oakDark}"/><rect x="340" y="444" width="74" height="34" rx="10" fill="#6f4d2c"/>`,
  ),
};
