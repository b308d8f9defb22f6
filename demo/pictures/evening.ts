/** The shop's own two pictures: an evening by the window for its first page, and its sign. */

import { PAINT as p } from './scene.ts';

export const evening = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 800" width="1200" height="800">
<rect width="1200" height="800" fill="#e9dcc5"/>
<rect y="640" width="1200" height="160" fill="#c9a777"/><rect y="640" width="1200" height="10" fill="#b08c5b"/>
<rect x="120" y="96" width="470" height="424" rx="8" fill="${p.cream}"/>
<rect x="144" y="120" width="422" height="376" fill="${p.night}"/>
<circle cx="452" cy="214" r="46" fill="${p.glow}"/><circle cx="432" cy="202" r="42" fill="${p.night}"/>
<g fill="${p.cream}"><circle cx="200" cy="176" r="4"/><circle cx="270" cy="232" r="3"/><circle cx="318" cy="160" r="3"/><circle cx="522" cy="270" r="3"/><circle cx="186" cy="262" r="3"/></g>
<path d="M144 496v-96c60-52 120-44 170-4 70-66 160-60 252 16v84z" fill="${p.nightDark}"/>
<path d="M206 402l32-86 32 86zM246 412l26-66 26 66zM470 400l30-80 30 80z" fill="#1d2836"/>
<path d="M144 308h422M355 120v376" stroke="${p.cream}" stroke-width="14"/>
<rect x="100" y="508" width="510" height="24" rx="6" fill="${p.oakLight}"/>
<path d="M176 508c-8-40 0-58 2-76h44c2 18 10 36 2 76z" fill="${p.clay}"/>
<path d="M200 434c-8-46-26-58-46-62 4 28 22 42 46 62zM200 434c-2-54 10-72 30-84 6 34-6 58-30 84zM202 434c14-34 32-40 52-38-8 22-26 34-52 38z" fill="${p.moss}"/>
<ellipse cx="806" cy="736" rx="350" ry="34" fill="#b8966a"/>
<path d="M1010 300l-92 340h184z" fill="#fff3cf" opacity=".6"/><circle cx="1010" cy="330" r="210" fill="#fff3cf" opacity=".4"/>
<rect x="1004" y="290" width="12" height="430" fill="${p.oakDark}"/><ellipse cx="1010" cy="724" rx="64" ry="14" fill="${p.oakDark}"/>
<path d="M938 310l34-116h76l34 116z" fill="${p.clay}"/><path d="M1022 194h26l34 116h-44z" fill="${p.clayDark}"/>
<path d="M640 694l-16 46M868 694l16 46" stroke="${p.oakDark}" stroke-width="16" stroke-linecap="round"/>
<path d="M634 420c0-60 44-92 120-92s120 32 120 92v190H634z" fill="${p.mossDark}"/>
<path d="M650 560h208v84H650z" fill="${p.mossLight}"/>
<path d="M590 520c0-28 18-44 40-44s40 16 40 44v178h-80zM838 520c0-28 18-44 40-44s40 16 40 44v178h-80z" fill="${p.moss}"/>
<path d="M590 634h328v64H590z" fill="${p.moss}"/><path d="M670 634h168" stroke="${p.mossDark}" stroke-width="6"/>
<path d="M816 470c24-10 84-12 106 4l18 186c-34 14-84 14-116 0z" fill="${p.cream}"/>
<path d="M818 506l107 2 3 30-107-2zM822 574l110 2 3 30-110-2z" fill="#c9b595"/>
<path d="M700 500l88-14 14 76-88 14z" fill="${p.clayLight}"/>
<path d="M372 606h150v16H372z" fill="${p.oakDark}"/><path d="M392 622l-14 112M502 622l14 112" stroke="${p.oakDark}" stroke-width="12" stroke-linecap="round"/>
<path d="M398 580c0-26 20-40 46-40s46 14 46 40c0 18-14 28-26 28h-40c-12 0-26-10-26-28z" fill="${p.night}"/>
<path d="M488 586c16-4 16-28 28-34" fill="none" stroke="${p.night}" stroke-width="10" stroke-linecap="round"/>
<path d="M416 542c-2-36 58-36 56 0" fill="none" stroke="${p.oak}" stroke-width="7"/><circle cx="444" cy="536" r="7" fill="${p.oak}"/>
<path d="M520 528c-8-12 8-18 0-32" fill="none" stroke="#fff" stroke-width="6" stroke-linecap="round"/>
</svg>`;

/** A cup under a moon. */
export const sign = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">
<circle cx="32" cy="32" r="32" fill="${p.night}"/>
<circle cx="41" cy="19" r="9" fill="${p.glow}"/><circle cx="37" cy="17" r="8" fill="${p.night}"/>
<path d="M15 32h28c0 12-5 18-10 18h-8c-5 0-10-6-10-18z" fill="${p.cream}"/>
<path d="M43 35c8-1 8 9-2 9" fill="none" stroke="${p.cream}" stroke-width="3"/>
</svg>`;
