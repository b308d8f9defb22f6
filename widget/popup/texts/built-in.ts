/** The words a popup needs in each language. `{discount} {expires} {shop} {email} {minOrder} {gift} {until} {left}` are filled in. */

import type { Locale } from '../../../core/locale.ts';
import type { OfferKind } from '../../../core/offer.ts';
import type { PopupText } from '../../../core/popup.ts';

/** What is said about a kind of offer. `lasting` replaces `text` where the code has a term. */
export interface OfferTexts {
  title: string;
  text: string;
  lasting?: string;
  button?: string;
  /** On the small tab. */
  tab: string;
}

export interface BuiltIn {
  locale: Locale;
  words: Record<Exclude<PopupText, 'title' | 'text' | 'tab'>, string>;
  offers: Record<OfferKind, OfferTexts>;
}
