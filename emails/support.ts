/**
 * What the mail programs of our readers draw, by the tables of caniemail.com (a feature's page is caniemail.com/features/ and its slug)
 * and Gmail's own "CSS support" page for developers. Only what letters use is listed: whatever else turns up in a letter has to be looked
 * up first. Yandex Mail is in no table: it is taken to leave out what any other mailbox on the web does.
 */

type Program = 'gmail' | 'outlook-windows' | 'apple-mail' | 'yandex' | 'mail-ru';

interface Support {
  /** Null for what has no table. */
  slug: string | null;
  /** Programs that leave it out, or know only a part of it that letters can't do with. */
  gaps: Program[];
  /** What their readers see instead. Empty where nobody goes without. */
  instead: string;
  /** What others know only a part of, and why that part will do. */
  partly: string;
}

const everywhere = (slug: string | null, partly = ''): Support => ({ slug, gaps: [], instead: '', partly });
const without = (gaps: Program[], slug: string | null, instead: string, partly = ''): Support => ({
  slug,
  gaps,
  instead,
  partly,
});
const OUTLOOK: Program[] = ['outlook-windows'];
/** Gmail shows letters of other accounts in its app, and keeps less of those. */
const OTHER_ACCOUNTS = 'Gmail with an account of another provider leaves it out';

export const CSS_PROPERTIES: Record<string, Support> = {
  'background-color': everywhere('css-background-color'),
  border: everywhere('css-border', 'up to 8 px, and on cells'),
  'border-color': everywhere('css-border', 'as the border'),
  'border-top': everywhere('css-border', 'as the border'),
  color: everywhere(null),
  'font-family': everywhere('css-font'),
  'font-size': everywhere('css-font-size', 'in px'),
  'font-weight': everywhere('css-font-weight', 'from 600 on it is bold, below it is not'),
  height: without(OUTLOOK, 'css-height', 'the height attribute'),
  'letter-spacing': everywhere('css-letter-spacing', 'a little less or more of it harms no word'),
  'line-height': everywhere('css-line-height', 'in px: lines stand a little further apart'),
  margin: without(OUTLOOK, 'css-margin', 'centring by the align attribute; paragraphs keep theirs', 'nothing negative'),
  padding: without(OUTLOOK, 'css-padding', 'that of the cell; links have none'),
  'text-align': everywhere('css-text-align', 'left, right and center'),
  'text-decoration': everywhere('css-text-decoration', 'the line alone'),
  'white-space': without(OUTLOOK, 'css-white-space', 'a line break more', OTHER_ACCOUNTS),
  width: without(OUTLOOK, 'css-width', 'the width attribute'),
  'border-radius': without(OUTLOOK, 'css-border-radius', 'square corners'),
  display: without(OUTLOOK, 'css-display', 'links as wide as their words', 'block, inline-block and none'),
  'max-height': without(OUTLOOK, 'css-max-height', 'nothing: display:none hides the preheader there'),
  'max-width': without(
    OUTLOOK,
    'css-max-width',
    'a table of 600 px in a conditional comment',
    'the window is the limit',
  ),
  opacity: without(
    ['outlook-windows', 'mail-ru', 'yandex'],
    'css-opacity',
    'nothing: display:none hides the preheader there',
  ),
  overflow: without(OUTLOOK, 'css-overflow', 'nothing: display:none hides the preheader there', 'hidden alone'),
  'word-break': without(OUTLOOK, 'css-word-break', 'long codes in a wider table', 'break-all'),
  'object-fit': without(['gmail', 'outlook-windows', 'yandex'], 'css-object-fit', 'a picture stretched to its square'),
  'text-wrap': without(['gmail', 'outlook-windows', 'yandex'], 'css-text-wrap', 'lines broken without balance'),
  'text-underline-offset': without(
    ['gmail', 'outlook-windows', 'yandex'],
    'css-text-underline-offset',
    'the usual underline',
  ),
  'user-select': without(
    ['gmail', 'outlook-windows', 'yandex'],
    'css-user-select',
    'selecting as anywhere else',
    'the prefixed one',
  ),
  '-webkit-user-select': without(
    ['gmail', 'outlook-windows', 'yandex'],
    'css-user-select',
    'selecting as anywhere else',
    'one tap more on a phone',
  ),
  '-webkit-text-size-adjust': without(
    ['gmail', 'outlook-windows', 'yandex', 'mail-ru'],
    null,
    'nothing: only Apple enlarges text by itself',
  ),
  'mso-padding-alt': without(['gmail', 'apple-mail', 'yandex', 'mail-ru'], null, 'nothing: it is for Outlook alone'),
  // Of shops' own markup alone.
  'border-collapse': everywhere('css-border-collapse'),
  'border-spacing': without(OUTLOOK, 'css-border-spacing', 'cells without room between them'),
  'font-style': everywhere(null),
  'list-style-type': everywhere('css-list-style-type'),
  'min-height': without(OUTLOOK, 'css-min-height', 'as high as what is in it'),
  'min-width': without(OUTLOOK, 'css-min-width', 'as wide as what is in it'),
  'text-transform': everywhere('css-text-transform', 'upper case; lower case is not known to Outlook for Windows'),
  'vertical-align': everywhere('css-vertical-align'),
};

const named = (names: string, support: Support): Record<string, Support> =>
  Object.fromEntries(names.split(' ').map((name) => [name, support]));

export const ELEMENTS: Record<string, Support> = {
  ...named('html head title meta a br tr td th tbody thead tfoot center b i u sub sup', everywhere(null)),
  style: everywhere('html-style', 'the inline styles are those of a phone, and a wide window forgives it'),
  body: without(['mail-ru', 'yandex'], 'html-body', 'the page in the colour of its table', 'the table paints the page'),
  div: everywhere('html-div'),
  table: everywhere('html-table'),
  img: everywhere('html-img'),
  p: everywhere('html-p'),
  span: everywhere('html-span'),
  ...named('h1 h2 h3', everywhere('html-h1-h6')),
  s: everywhere('html-strike', `a former price in grey: ${OTHER_ACCOUNTS}`),
  ...named('strong em', everywhere('html-strong')),
  small: everywhere('html-small'),
  ...named('ul ol li', everywhere('html-lists', 'without reversed and value')),
  hr: everywhere('html-hr'),
  blockquote: everywhere('html-blockquote'),
};

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
