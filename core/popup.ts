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
  'consentData',
  'consentMarketing',
  'sentTitle',
  'sentText',
  'confirmText',
  'shownText',
  'copy',
  'copied',
  'invalidEmail',
  'consentNeeded',
  'gone',
  'failed',
] as const;
export type PopupText = (typeof POPUP_TEXTS)[number];
export type PopupTexts = Partial<Record<PopupText, string>>;

export interface Theme {
  /** `#rgb` or `#rrggbb`. */
  accent?: string;
  background?: string;
  text?: string;
  /** Corner radius in px, 0–32. */
  radius?: number;
}

export interface Popup {
  format: PopupFormat;
  texts?: Record<string, PopupTexts>;
  theme?: Theme;
}
