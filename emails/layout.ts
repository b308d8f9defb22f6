/** The sheet every letter is written on: the shop's head above, and below what the law wants, whatever the letter says. */

import { BRAND_FONTS, type Brand, FONT_STACKS, RADIUS } from '../core/letters/brand.ts';
import { cleanText } from './clean-text.ts';
import { type Html, html, written } from './html.ts';
import type { LetterProps } from './letter.ts';
import { CARD, INK, PAGE, SOFT } from './palette.ts';
import { safeUrl } from './safe-url.ts';
import type { Story } from './story.ts';
import { say } from './words/say.ts';
import type { Say } from './words/words.ts';

/** The inline styles are those of a phone: it is phones' mail apps that leave this out, and a wide window forgives it. */
const STYLE = html`
  <style>
    a { color: inherit; }
    @media (min-width: 560px) {
      .card { padding: 44px 48px 32px !important; }
      .desk { padding: 40px 16px !important; }
      .foot { padding: 28px 32px 8px !important; }
      .h1 { font-size: 32px !important; line-height: 38px !important; }
      .ticket { padding: 32px 24px 28px !important; }
      .large { font-size: 34px !important; }
      .score { width: 38px !important; }
    }
    @media (prefers-color-scheme: dark) {
      .page { background-color: #101211 !important; }
      .card { background-color: #1a1d1c !important; }
      .tint { background-color: #252a28 !important; }
      .chip { background-color: #121413 !important; border-color: #6d746f !important; }
      .ink { color: #f3f4f2 !important; }
      .soft { color: #a9afab !important; }
      .line { border-color: #303533 !important; }
      .button { border: 1px solid rgba(255, 255, 255, 0.16) !important; }
    }
  </style>`;

/** Keeps mailboxes from filling the preview with the letter's first words. */
const PREVIEW_END = html`&#847;&zwnj;&nbsp;`;

/** What the foot of every letter says, in html and in text. */
export interface Foot {
  why: string;
  /** Who writes, and from where. */
  address: string;
  unsubscribe: string;
  unsubscribeUrl: string;
  preferences: string;
  /** Null where the letter offers no choice. */
  preferencesUrl: string | null;
  /** The shop's own line, or null, and where else it can be met. */
  footer: string | null;
  social: { name: string; url: string }[];
}

const MAX_SOCIAL = 6;

/** Throws where the way out of the mailing is missing: such a letter must not leave. */
export function footOf(
  { shop, unsubscribeUrl, preferencesUrl }: LetterProps,
  { words, told }: Story,
  why: Say = words.why,
): Foot {
  const url = safeUrl(unsubscribeUrl);
  const address = cleanText(shop.postalAddress.replace(/\s*[\r\n]+\s*/g, ', '), 300);
  if (!url) throw new RangeError('a letter needs an http(s) unsubscribeUrl');
  return {
    why: words.typeset(say(why, told)),
    address: address.toLowerCase().includes(told.shop.toLowerCase()) ? address : `${told.shop}, ${address}`,
    unsubscribe: words.unsubscribe,
    unsubscribeUrl: url,
    preferences: words.preferences,
    preferencesUrl: safeUrl(preferencesUrl),
    footer: cleanText(shop.brand.footer ?? '', 300) || null,
    social: (shop.brand.social ?? []).slice(0, MAX_SOCIAL).flatMap((link) => {
      const [name, page] = [cleanText(link.name, 24), safeUrl(link.url)];
      return name && page ? [{ name, url: page }] : [];
    }),
  };
}

export interface Sheet {
  subject: string;
  preheader: string;
  rows: (Html | null)[];
  foot: Foot;
}

export function sheet(
  { subject, preheader, rows, foot }: Sheet,
  { shop, locale, openedUrl }: LetterProps,
  { told }: Story,
): string {
  const home = safeUrl(shop.url);
  const dot = safeUrl(openedUrl);
  const font = FONT_STACKS[BRAND_FONTS.find((known) => known === shop.brand.font) ?? 'system'];
  const head = masthead(told.shop, safeUrl(shop.brand.logo));
  const page = written(html`<!doctype html>
    <html lang="${locale}" dir="ltr">
    <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="supported-color-schemes" content="light dark">
      <meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
      <title>${subject}</title>
      ${STYLE}
    </head>
    <body class="page" style="margin:0;padding:0;background-color:${PAGE};-webkit-text-size-adjust:100%">
    <div style="display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;font-size:1px;line-height:1px;color:${PAGE}">${preheader}${Array.from({ length: 60 }, () => PREVIEW_END)}</div>
    <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="page" bgcolor="${PAGE}" style="background-color:${PAGE}">
    <tr><td class="desk" align="center" style="padding:24px 8px">
      <!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
      <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;margin:0 auto;font-family:${font};color:${INK}">
      <tr><td align="center" style="padding:0 16px 24px">${home ? html`<a href="${home}" target="_blank" style="text-decoration:none;color:${INK}">${head}</a>` : head}</td></tr>
      <tr><td class="card" bgcolor="${CARD}" style="background-color:${CARD};border-radius:20px;padding:32px 24px 24px">
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
        ${rows.filter((row) => row !== null)}
        </table>
      </td></tr>
      <tr><td class="foot soft" align="center" style="padding:24px 16px 8px;font-size:13px;line-height:20px;text-wrap:balance;color:${SOFT}">
        <p style="margin:0 0 8px">${foot.why}</p>
        <p style="margin:0 0 2px">${foot.address}</p>
        ${foot.footer ? html`<p style="margin:0 0 2px">${foot.footer}</p>` : null}
        ${foot.social.length ? html`<p style="margin:0">${foot.social.map(({ name, url }) => footLink(url, name))}</p>` : null}
        <p style="margin:0">${foot.preferencesUrl ? footLink(foot.preferencesUrl, foot.preferences) : null}${footLink(foot.unsubscribeUrl, foot.unsubscribe)}</p>
      </td></tr>
      </table>
      <!--[if mso]></td></tr></table><![endif]-->
    </td></tr>
    </table>
    ${dot ? html`<img src="${dot}" alt="" width="1" height="1" style="display:block;width:1px;height:1px;border:0">` : null}
    </body>
    </html>
`);
  return rounded(page, shop.brand);
}

/** Every corner in the proportion of the shop's to ours. */
function rounded(page: string, { radius = RADIUS }: Brand): string {
  const share = Math.min(Math.max(Number(radius) || 0, 0), 32) / RADIUS;
  return page.replace(/border-radius:(\d+)px/g, (_, px) => `border-radius:${Math.round(px * share)}px`);
}

const footLink = (url: string, label: string): Html =>
  html`<a class="soft" href="${url}" target="_blank" style="color:${SOFT};text-decoration:underline;text-underline-offset:3px;display:inline-block;padding:12px">${label}</a>`;

function masthead(name: string, logo: string | null): Html {
  const type = 'font-size:18px;line-height:24px;font-weight:700;letter-spacing:-0.01em';
  return logo
    ? html`<img class="ink" src="${logo}" alt="${name}" height="40" style="display:inline-block;height:40px;width:auto;max-width:240px;border:0;${type};color:${INK}">`
    : html`<span class="ink" style="${type};color:${INK}">${name}</span>`;
}
