/** The words and looks of a popup that a rule may set. Typed tokens only: no css, no markup. */

import { BRAND_FONTS, type Brand } from '../letters/brand.ts';
import type { ShareAct } from '../visits/event.ts';
import type { Offer } from './offer.ts';

export const POPUP_FORMATS = ['modal', 'sheet', 'slide', 'bar', 'tab', 'inline'] as const;
export type PopupFormat = (typeof POPUP_FORMATS)[number];

/** Texts of what only some rules have, apart from the others: they travel only where they are said. */
export const FURTHER_TEXTS = [
  'open',
  'tab',
  'reasonTitle',
  'reasonPrice',
  'reasonDelivery',
  'reasonLooking',
  'reasonOther',
  'name',
  'phone',
  'birthday',
  'day',
  'month',
  'year',
  'optional',
  'invalidName',
  'invalidPhone',
  'invalidBirthday',
  'actText',
  'actLike',
  'actShare',
  'actInvite',
  'actJoin',
  'actAny',
  'actCopy',
  'actDone',
  'toGo',
  'reached',
  'reviews',
  'stars',
] as const;
export type FurtherText = (typeof FURTHER_TEXTS)[number];

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
  'consentOne',
  'notice',
  'privacy',
  'minOrder',
  'forItems',
  'forCart',
  'except',
  'reduced',
  'oldPrice',
  'newPrice',
  'sentTitle',
  'sentText',
  'confirmText',
  'shownTitle',
  'shownText',
  'until',
  'left',
  'copy',
  'copied',
  'apply',
  'back',
  'invalidEmail',
  'consentNeeded',
  'gone',
  'failed',
  'offline',
  'waitTitle',
  'waitText',
  'waitButton',
  'waitMarketing',
  'waitDone',
  'waitDoneText',
  ...FURTHER_TEXTS,
] as const;
export type PopupText = (typeof POPUP_TEXTS)[number];
export type PopupTexts = Partial<Record<PopupText, string>>;

/**
 * What may stand around the question, in this order: `tease` before it asks for anything, `act` for a social act before
 * the address, `progress` for what the cart still lacks, `reason` asks who declines why.
 */
export const POPUP_STEPS = ['tease', 'act', 'progress', 'reason'] as const;
export type PopupStep = (typeof POPUP_STEPS)[number];

/** What may be asked for beside the address. */
export const POPUP_FIELDS = ['name', 'birthday', 'phone'] as const;
export type PopupField = (typeof POPUP_FIELDS)[number];

export const FIELD_NEEDS = ['optional', 'required'] as const;
export type FieldNeed = (typeof FIELD_NEEDS)[number];

/** Where a social act happens; `any` is the device's own sharing dialog. */
export const NETWORKS = ['any', 'vk', 'ok', 'telegram', 'whatsapp', 'facebook', 'x', 'pinterest'] as const;
export type Network = (typeof NETWORKS)[number];

/** What the step `act` asks for. Nobody can prove that it was done: who comes back from the network is believed. */
export interface SocialAct {
  act: ShareAct;
  network: Network;
  /** http(s) address. What is shared: the page itself without it. Of `like` and `join`, what is opened: they need one. */
  url?: string;
}

/** Why somebody leaves, in the visitor's own choice. */
export const LEAVING_REASONS = ['price', 'delivery', 'looking', 'other'] as const;
export type LeavingReason = (typeof LEAVING_REASONS)[number];

/** The name of the `custom` event that tells it. */
export const LEAVING_REASON = 'leaving_reason';

export const POPUP_FONTS = [...BRAND_FONTS, 'mono'] as const;
export type PopupFont = (typeof POPUP_FONTS)[number];

/** What it does not say, the shop's brand says (`themeOf`). */
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

const THEMED = ['accent', 'background', 'text', 'radius', 'font', 'side', 'logo', 'picture'] as const;

/** What a popup looks like whose rule says nothing of it, or not all; undefined where the shop has said nothing either. */
export function themeOf(brand: Brand, own: Theme | undefined): Theme | undefined {
  const said = THEMED.map((name) => [name, brand[name] ?? null] as const).filter(([, value]) => value !== null);
  return said.length > 0 ? { ...(Object.fromEntries(said) as Theme), ...own } : own;
}

/** `items`: of the things that are shown, and none where nobody has written of those; `shop`: those first, then of the shop's others. */
export const SHOWN_REVIEWS = ['none', 'items', 'shop'] as const;
export type ShownReviews = (typeof SHOWN_REVIEWS)[number];

export interface Popup {
  format: PopupFormat;
  /** By BCP 47 tag; a language's own texts also set the direction and how numbers and dates are written. */
  texts?: Record<string, PopupTexts>;
  theme?: Theme;
  /** None without it. `bar` and `tab` tease by nature. */
  steps?: PopupStep[];
  /** What is asked for beside the address. */
  fields?: Partial<Record<PopupField, FieldNeed>>;
  /** Of the step `act`. */
  act?: SocialAct;
  /** Whether it quotes what buyers wrote and the shop has published: `none` without it. */
  reviews?: ShownReviews;
}

/** Whether the popup only tells how far the cart is from what it gets without a code: nothing is asked for then. */
export const onlyTells = ({ offer, popup }: { offer: Pick<Offer, 'kind'>; popup: Popup }): boolean =>
  (offer.kind === 'shipping' || offer.kind === 'none') &&
  !!popup.steps?.includes('progress') &&
  !popup.steps.some((step) => step === 'tease' || step === 'act') &&
  !popup.fields;
