/** Our small pages in the shop's own brand: its head, its colour so that it can be read in the light and in the dark, its foot. */

import { html } from 'hono/html';
import { BRAND_FONTS, type Brand, FONT_STACKS } from '../../core/letters/brand.ts';
import { cleanText } from '../../emails/clean-text.ts';
import { contrast, INK, mix, paletteOf } from '../../emails/palette.ts';
import { safeUrl } from '../../emails/safe-url.ts';
import type { Html } from './layout.ts';

/** Whose page it is. */
export interface PageShop {
  name: string;
  brand: Brand;
}

/** The paper of our pages, as the layout has it. */
const PAPER = '#fbfaf7';
const DARK_PAPER = '#171a19';
const WHITE = '#ffffff';
/** Small text, WCAG 1.4.3. */
const READABLE = 4.5;
const MAX_SOCIAL = 6;
/** Of a card's corners, as in the popup. */
const INNER = 0.6;

export function pageBrand({ name, brand }: PageShop): { style: string; head: Html; foot: Html } {
  const logo = safeUrl(brand.logo);
  const footer = cleanText(brand.footer ?? '', 300);
  const social = (brand.social ?? []).slice(0, MAX_SOCIAL).flatMap((link) => {
    const [label, url] = [cleanText(link.name, 24), safeUrl(link.url)];
    return label && url ? [{ label, url }] : [];
  });
  const shown = cleanText(name, 80);
  return {
    style: styleOf(brand),
    head: html`<header class="shop">${logo ? html`<img src="${logo}" alt="${shown}" height="40">` : shown}</header>`,
    foot:
      footer || social.length > 0
        ? html`<footer class="shop soft">${footer ? html`<p>${footer}</p>` : ''}${
            social.length > 0
              ? html`<p>${social.map(({ label, url }) => html`<a href="${url}">${label}</a> `)}</p>`
              : ''
          }</footer>`
        : html``,
  };
}

function styleOf({ accent: wanted, font, radius }: Brand): string {
  const face = BRAND_FONTS.find((known) => known === font);
  const look = `
header.shop { max-width: 34rem; margin: 0 auto; padding: 2rem 1.25rem 0; font-weight: 700 }
header.shop img { display: block; height: 40px; width: auto; max-width: 240px }
footer.shop { max-width: 34rem; margin: 0 auto; padding: 0 1.25rem 2rem; font-size: .85rem }
${face ? `body { font-family: ${FONT_STACKS[face]} }` : ''}
${radius === undefined ? '' : `button, input, select, textarea, label { border-radius: ${Math.round(Number(radius) * INNER)}px !important }`}
`;
  if (!wanted) return look;
  const { accent, onAccent } = paletteOf(wanted);
  const link = contrast(accent, PAPER) >= READABLE ? accent : INK;
  return `${look}
:root { --accent: ${accent}; --on-accent: ${onAccent}; --link: ${link} }
@media (prefers-color-scheme: dark) { :root { --link: ${lightened(accent)} } }
`;
}

/** The colour with as little white as makes it readable in the dark. */
function lightened(accent: string): string {
  for (let white = 0; white < 1; white += 0.1) {
    const colour = mix(WHITE, accent, white);
    if (contrast(colour, DARK_PAPER) >= READABLE) return colour;
  }
  return WHITE;
}
