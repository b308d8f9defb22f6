/** The words a popup needs in each language. `{discount} {expires} {shop} {email} {minOrder} {except} {gift} {until} {left} {network}` are filled in. */

import type { OfferKind } from '../../../core/rules/offer.ts';
import type { FurtherText, PopupText } from '../../../core/rules/popup.ts';
import type { Locale } from '../../../core/values/locale.ts';

/** What is said about a kind of offer. `lasting` replaces `text` where the code has a term. */
export interface OfferTexts {
  title: string;
  text: string;
  lasting?: string;
  button?: string;
}

/** Of a plain dialog. */
export interface BuiltIn {
  locale: Locale;
  words: Record<Exclude<PopupText, 'title' | 'text' | FurtherText>, string>;
  offers: Record<OfferKind, OfferTexts>;
}

type OfOffer = 'tab' | 'toGo' | 'reached';

/** Of the other formats, the steps and the fields: a chunk of their own. */
export interface MoreWords {
  words: Record<Exclude<FurtherText, OfOffer>, string>;
  /** What the visitor agrees to where more than the address is asked for. */
  withFields: Record<'consentData' | 'consentOne', string>;
  /** `tab` on the small tab; `toGo` while the cart lacks `{left}`, and `reached` from then on. */
  offers: Record<OfferKind, Record<OfOffer, string>>;
}
