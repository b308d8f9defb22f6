/**
 * What the mail programs of our readers draw, by the tables of caniemail.com (a feature's page is
 * caniemail.com/features/ and its slug) and Gmail's own "CSS support" page for developers. Only what letters use is
 * listed: whatever else turns up in a letter has to be looked up first.
 */

type Program = 'gmail' | 'outlook-windows' | 'apple-mail' | 'yandex' | 'mail-ru';

interface Support {
  slug: string;
  /** Programs that leave it out or know only a part of it. */
  gaps: Program[];
  /** What their readers see instead. Empty where nobody goes without. */
  instead: string;
}

const everywhere = (slug: string): Support => ({ slug, gaps: [], instead: '' });
const notInOutlook = (slug: string, instead: string): Support => ({ slug, gaps: ['outlook-windows'], instead });
const hardlyAnywhere = (slug: string, instead: string): Support => ({
  slug,
  gaps: ['gmail', 'outlook-windows', 'yandex', 'mail-ru'],
  instead,
});

export const CSS_PROPERTIES: Record<string, Support> = {
  'background-color': everywhere('css-background-color'),
  border: everywhere('css-border'),
  'border-color': everywhere('css-border'),
  'border-top': everywhere('css-border'),
  color: everywhere('html-color'),
  'font-family': everywhere('css-font'),
  'font-size': everywhere('css-font-size'),
  'font-weight': everywhere('css-font-weight'),
  height: notInOutlook('css-height', 'the height attribute'),
  'letter-spacing': everywhere('css-letter-spacing'),
  'line-height': everywhere('css-line-height'),
  margin: notInOutlook('css-margin', 'centring by the align attribute; paragraphs keep theirs'),
  padding: notInOutlook('css-padding', 'that of the cell; links have none'),
  'text-align': everywhere('css-text-align'),
  'text-decoration': everywhere('css-text-decoration'),
  'white-space': notInOutlook('css-white-space', 'a line break more'),
  width: notInOutlook('css-width', 'the width attribute'),
  'border-radius': notInOutlook('css-border-radius', 'square corners'),
  display: notInOutlook('css-display', 'links as wide as their words'),
  'max-height': notInOutlook('css-max-height', 'nothing: display:none hides the preheader there'),
  'max-width': notInOutlook('css-max-width', 'a table of 600 px in a conditional comment'),
  opacity: notInOutlook('css-opacity', 'nothing: display:none hides the preheader there'),
  overflow: notInOutlook('css-overflow', 'nothing: display:none hides the preheader there'),
  'word-break': notInOutlook('css-word-break', 'long codes in a wider table'),
  'object-fit': hardlyAnywhere('css-object-fit', 'a picture stretched to its square'),
  'text-wrap': hardlyAnywhere('css-text-wrap', 'lines broken without balance'),
  'text-underline-offset': hardlyAnywhere('css-text-underline-offset', 'the usual underline'),
  'user-select': hardlyAnywhere('css-user-select', 'selecting as anywhere else'),
  '-webkit-user-select': hardlyAnywhere('css-user-select', 'selecting as anywhere else'),
  '-webkit-text-size-adjust': {
    slug: 'css-text-size-adjust',
    gaps: ['gmail', 'outlook-windows', 'yandex', 'mail-ru'],
    instead: 'nothing: only Apple enlarges text by itself',
  },
  'mso-padding-alt': {
    slug: 'css-padding',
    gaps: ['gmail', 'apple-mail', 'yandex', 'mail-ru'],
    instead: 'nothing: it is for Outlook alone',
  },
};

/** Elements that all five draw. */
export const ELEMENTS = new Set('html head meta title style body div table tr td a img p span h1 s'.split(' '));

/** What at least one of the five drops together with what is in it, or draws over other things. */
export const FORBIDDEN: { what: string; pattern: RegExp; example: string }[] = [
  { what: 'flex and grid: Outlook for Windows', pattern: /display:\s*(inline-)?(flex|grid)/, example: 'display:flex' },
  {
    what: 'position: Gmail, Outlook for Windows, Yandex, Mail.ru',
    pattern: /position:\s*(absolute|relative|fixed|sticky)/,
    example: 'position:absolute',
  },
  { what: 'float: Outlook for Windows', pattern: /float:/, example: 'float:left' },
  {
    what: 'the background shorthand and background pictures: Outlook for Windows',
    pattern: /background(-image)?:/,
    example: 'background:#fff url(x)',
  },
  { what: 'variables and calc: Gmail, Outlook for Windows', pattern: /var\(|calc\(/, example: 'color:var(--ink)' },
  {
    what: 'drawings, forms, media, frames, scripts, sheets from elsewhere',
    pattern: /<(svg|form|input|button|video|audio|iframe|object|script|link)\b/,
    example: '<svg viewBox="0 0 1 1">',
  },
  {
    what: 'imports and fonts from elsewhere: Gmail, Outlook for Windows, Mail.ru',
    pattern: /@import|@font-face/,
    example: '@import url(x)',
  },
  { what: 'pictures inside the letter: Gmail', pattern: /src="data:/, example: '<img src="data:image/png;base64,x">' },
];

/** Gmail leaves out a `<style>` that is longer, and with it all that follows. */
export const MAX_STYLE_BYTES = 16_384;
/** Gmail hides what comes after. */
export const MAX_LETTER_BYTES = 102_400;

/** Gmail drops a whole sheet for a selector it doesn't know: classes and elements are safe. */
export const SAFE_SELECTOR = /^(\.[a-z][a-z0-9-]*|[a-z][a-z0-9]*)$/;
/** Programs that don't know these two skip the block, and keep the inline styles of a phone. */
export const SAFE_MEDIA = /^@media \((min-width: \d+px|prefers-color-scheme: dark)\)$/;
