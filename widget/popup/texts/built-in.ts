/** The words a popup needs in each language. `{discount} {expires} {shop} {email} {minOrder} {gift} {until}` are filled in. */

import type { Locale } from '../../../core/locale.ts';
import type { OfferKind } from '../../../core/offer.ts';
import type { PopupText } from '../../../core/popup.ts';

/** Words that a rule does not set. */
export type OwnText =
  | 'shownTitle'
  | 'consentOne'
  | 'notice'
  | 'privacy'
  | 'minOrder'
  | 'until'
  | 'oldPrice'
  | 'newPrice'
  | 'offline'
  | 'back';

/** What is said about a kind of offer. `lasting` replaces `text` where the code has a term. */
export interface OfferTexts {
  title: string;
  text: string;
  lasting?: string;
  button?: string;
}

export interface BuiltIn {
  locale: Locale;
  words: Record<Exclude<PopupText, 'title' | 'text'> | OwnText, string>;
  offers: Record<OfferKind, OfferTexts>;
}
