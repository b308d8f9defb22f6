/** Shapes of the JSON documents that some columns hold. */

import { NO_REPLENISHMENT, type Replenishment } from '../core/catalogue/rhythm.ts';
import { REFERRAL, type ReferralProgram } from '../core/codes/referral.ts';
import { type HolidaySettings, NO_HOLIDAYS } from '../core/holidays/holiday-settings.ts';
import type { Brand } from '../core/letters/brand.ts';
import type { ConfirmMode } from '../core/letters/confirmation.ts';
import type { ShownLimit } from '../core/rules/standing.ts';
import type { QuietHours } from '../core/values/calendar.ts';
import type { Duration } from '../core/values/duration.ts';
import type { NameStyle } from '../core/values/person-name.ts';
import type { ThrowawayMode } from '../core/values/throwaway.ts';
import type { ConsentForm, MemoryMode } from '../core/visits/wire.ts';

export interface ShopSettings {
  brand: Brand;
  consent: ConsentForm;
  privacyUrl: string | null;
  sending: ShopSending;
  /** Whose address is confirmed by a letter before anything that sells is sent to it. */
  confirm: ConfirmMode;
  memory: MemoryMode;
  outward: boolean;
  waitlist: boolean;
  /** Share 0–1 of the undiscounted price that is left after the goods are paid for; null: not told, reports count what was paid. */
  margin: number | null;
  referral: ReferralProgram;
  /** How long things last, by the shop's word. */
  replenishment: Replenishment;
  /** Where its people live, and how long delivery takes, by the shop's word. */
  holidays: HolidaySettings;
  /** How letters address people. */
  nameStyle: NameStyle;
  /** How long visits are kept, and what was told in them. */
  visitsKeptFor: Duration;
  limits: ShopLimits;
}

export interface ShopSending {
  dailyCap: number | null;
  quietHours: QuietHours | null;
  /** Links in letters name their flow and letter to the shop's analytics. */
  utm: boolean;
  /** Letters tell when they are opened, and which links are followed. */
  opens: boolean;
  clicks: boolean;
  /** When the shop began to make its domain known (ms since the epoch); null: it is known. */
  warmUpSince: number | null;
}

/** Of letters that shops sent before they could be asked. */
export const LATER_SENDING = { utm: true, opens: true, clicks: true, warmUpSince: null } satisfies Partial<ShopSending>;

/** What may be made of a shop at most: by pages, however its site key is used, and by its own flows. */
export interface ShopLimits {
  /** Visits opened in one UTC day; those beyond it are not kept. */
  visitsPerDay: number;
  /** New codes an hour for one IPv4 address or IPv6 /56; null is no limit, here and below. */
  codesPerRange: number | null;
  /** New codes a day for one browser. */
  codesPerVisitor: number | null;
  /** New codes a day for the whole shop. */
  codesPerDay: number | null;
  /** Offers shown to one visitor, over all rules. */
  offersPerVisitor: ShownLimit | null;
  /** Letters handed to the provider in a second; null: as many as the instance may. */
  lettersPerSecond: number | null;
  /** What becomes of codes for addresses at throw-away domains: those below, and the instance's. */
  disposable: ThrowawayMode;
  /** As canonical addresses have them. */
  disposableDomains: string[];
}

/** Generous: what no shop reaches by selling. */
export const LIMITS: ShopLimits = {
  visitsPerDay: 1_000_000,
  codesPerRange: 3,
  codesPerVisitor: 10,
  codesPerDay: null,
  offersPerVisitor: null,
  lettersPerSecond: null,
  disposable: 'deny',
  disposableDomains: [],
};

/** Twenty-five months: as long as France's data protection authority lets measures of an audience be kept. */
export const VISITS_KEPT_FOR: Duration = '760d';

/** What shops are taken to have said that were opened before they could be asked. */
export const LATER_SETTINGS = {
  confirm: 'de-at',
  memory: 'full',
  outward: true,
  waitlist: true,
  margin: null,
  referral: REFERRAL,
  replenishment: NO_REPLENISHMENT,
  holidays: NO_HOLIDAYS,
  nameStyle: 'first',
  visitsKeptFor: VISITS_KEPT_FOR,
} satisfies Partial<ShopSettings>;

/** By their ids. */
export interface KeptItems {
  ids: string[];
  /** ms since the epoch. */
  until: number;
}

export interface OrderLine {
  id: string;
  title: string;
  price: number | null;
  quantity: number;
  url?: string | undefined;
  image?: string | undefined;
  category?: string | undefined;
  /** What it cost before the shop itself lowered the price. */
  was?: number | undefined;
}

/** What the shop told of an order beyond the columns of its own. Times are ISO 8601. */
export interface OrderBody {
  number?: string | undefined;
  email?: string | undefined;
  name?: string | undefined;
  phone?: string | undefined;
  due?: number | undefined;
  items: OrderLine[];
  codes: string[];
  payUrl?: string | undefined;
  payBefore?: string | undefined;
  deliveryFrom?: string | undefined;
  deliveryTo?: string | undefined;
  tracking?: string | undefined;
  trackingUrl?: string | undefined;
  delayedUntil?: string | undefined;
  locale?: string | undefined;
  /** ISO 8601, by the shop's clock: what was told of an earlier moment changes nothing. */
  changedAt?: string | undefined;
}

/** What came of a feed's latest import. */
export interface FeedReport {
  format: 'yml' | 'rss' | 'atom' | 'csv' | 'tsv';
  encoding: string;
  /** In the file, and how many of them were taken. */
  offers: number;
  accepted: number;
  /** New in the catalogue, with something changed, and gone from it. */
  added: number;
  changed: number;
  gone: number;
  /** Why what is missing from the file stays in the catalogue; null where it has gone. */
  kept: 'partial' | 'cut_off' | 'shrunk' | null;
  /** The first of those that were not taken, and of those with something put right. */
  rejected: FeedRemark[];
  mended: FeedRemark[];
}

export interface FeedRemark {
  id: string | null;
  line: number;
  reason: string;
}
