/** The frame of our own small pages: plain HTML that needs no script, in the reader's language. */

import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import { type PageShop, pageBrand } from './brand.ts';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

const STYLE = `
:root { color-scheme: light dark; --ink: #1d2522; --paper: #fbfaf7; --soft: #6a736f; --line: #dedcd4; --accent: #0b6b4f; --on-accent: var(--paper); --link: var(--accent); }
@media (prefers-color-scheme: dark) { :root { --ink: #ecebe6; --paper: #171a19; --soft: #9aa39f; --line: #343a37; --accent: #6fd3b0; } }
* { box-sizing: border-box }
body { margin: 0; font: 16px/1.55 system-ui, sans-serif; color: var(--ink); background: var(--paper) }
main { max-width: 46rem; margin: 0 auto; padding: 3rem 1.25rem }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 1rem }
h2 { font-size: 1.1rem; margin: 2.5rem 0 .5rem }
a { color: var(--link) }
button { font: inherit; padding: .7rem 1.3rem; min-height: 44px; border: 0; border-radius: 8px; background: var(--accent); color: var(--on-accent); cursor: pointer }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px }
small, .soft { color: var(--soft) }
code, pre { font: .86em/1.5 ui-monospace, monospace }
pre { overflow: auto; padding: .8rem 1rem; border: 1px solid var(--line); border-radius: 8px }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .45rem .8rem .45rem 0; border-bottom: 1px solid var(--line) }
`;

/** Security headers of every page of ours: nothing runs, nothing frames it, nothing indexes it. */
export const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; img-src http: https: data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
  'cache-control': 'no-store',
};

export interface PageFrame {
  lang: string;
  title: string;
  /** Whose page it is: it looks like them. Ours where there is none. */
  shop?: PageShop;
  /** Styles of this page, on top of the common ones. */
  style?: string;
  /** Seconds after which the page loads itself anew. */
  refresh?: number;
}

export async function page({ lang, title, shop, style = '', refresh }: PageFrame, content: Html): Promise<string> {
  const brand = shop && pageBrand(shop);
  return String(
    await html`<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${refresh ? html`<meta http-equiv="refresh" content="${refresh}">` : ''}
<title>${title}</title>
<style>${raw(STYLE + style + (brand?.style ?? ''))}</style>
</head>
<body>${brand?.head ?? ''}${content}${brand?.foot ?? ''}</body>
</html>`,
  );
}
