/** The words and looks of a popup that a rule may set. Typed tokens only: no css, no markup. */

export const POPUP_FORMATS = ['modal', 'sheet', 'slide', 'bar', 'tab', 'inline'] as const;
export type PopupFormat = (typeof POPUP_FORMATS)[number];

/** Every text a popup shows. A rule may override any of them per locale; the rest are built in. */
export const POPUP_TEXTS = [
  'title',
  'text',
  'email',
  'button',
  'decline',
  'close',
  'open',
  'tab',
  'consentData',
  'consentMarketing',
  'consentOne',
  'notice',
  'privacy',
  'minOrder',
  'oldPrice',
  'newPrice',
  'sentTitle',
  'sentText',
  'confirmText',
  'shownTitle',
  'shownText',
  'until',
  'left',
  'reasonTitle',
  'reasonPrice',
  'reasonDelivery',
  'reasonLooking',
  'reasonOther',
  'copy',
  'copied',
  'back',
  'invalidEmail',
  'consentNeeded',
  'gone',
  'failed',
  'offline',
] as const;
export type PopupText = (typeof POPUP_TEXTS)[number];
export type PopupTexts = Partial<Record<PopupText, string>>;

/** What may stand around the question: `tease` before it asks for an address, `reason` asks who declines why. */
export const POPUP_STEPS = ['tease', 'reason'] as const;
export type PopupStep = (typeof POPUP_STEPS)[number];

/** Why somebody leaves, in the visitor's own choice. */
export const LEAVING_REASONS = ['price', 'delivery', 'looking', 'other'] as const;
export type LeavingReason = (typeof LEAVING_REASONS)[number];

export const POPUP_FONTS = ['system', 'serif', 'mono'] as const;
export type PopupFont = (typeof POPUP_FONTS)[number];

export interface Theme {
  /** `#rgb` or `#rrggbb`. A colour that can't be read on its ground gives way to one that can. */
  accent?: string;
  background?: string;
  text?: string;
  /** Corner radius in px, 0–32. */
  radius?: number;
  font?: PopupFont;
  /** Where `slide` and `tab` stand; without it, where the locale's lines end. */
  side?: 'left' | 'right';
  /** Where `bar` lies: `bottom` without it. */
  edge?: 'top' | 'bottom';
  /** http(s) address of the shop's logo, shown above the title. */
  logo?: string;
  /** http(s) address of a picture that `modal` and `sheet` show instead of the item's own. */
  picture?: string;
}

export interface Popup {
  format: PopupFormat;
  /** By BCP 47 tag; a language's own texts also set the direction and how numbers and dates are written. */
  texts?: Record<string, PopupTexts>;
  theme?: Theme;
  /** None without it. `bar` and `tab` tease by nature. */
  steps?: PopupStep[];
}
