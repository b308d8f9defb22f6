/** What a visitor did, as the page tells it. Names follow GA4 where GA4 has one; nothing here is proof of anything. */

import type { CartLine, Item } from '../catalogue/item.ts';

export const PAGE_KINDS = ['product', 'category', 'cart', 'checkout', 'thanks', 'other', 'unknown'] as const;
export type PageKind = (typeof PAGE_KINDS)[number];

export const SHARE_ACTS = ['like', 'share', 'invite', 'join'] as const;
export type ShareAct = (typeof SHARE_ACTS)[number];

export const FORM_KINDS = ['sign_up', 'generate_lead', 'download', 'subscribe', 'waitlist'] as const;
export type FormKind = (typeof FORM_KINDS)[number];

export const EXIT_SIGNALS = ['pointer', 'return', 'idle', 'scroll'] as const;
export type ExitSignal = (typeof EXIT_SIGNALS)[number];

export type EventBody =
  | { type: 'page_view'; url: string; path: string; title: string; referrer: string; kind: PageKind }
  | { type: 'view_item'; item: Item }
  | { type: 'view_reviews'; item: Item }
  | { type: 'search'; term: string }
  | { type: 'add_to_wishlist'; item: Item }
  | { type: 'add_to_cart' | 'remove_from_cart'; item: Item; quantity: number }
  | { type: 'cart'; items: CartLine[]; value: number | null; currency: string | null; codes: string[] }
  | { type: 'begin_checkout'; value?: number | null }
  | {
      type: 'purchase';
      orderId: string;
      value: number | null;
      currency: string | null;
      codes: string[];
      items: CartLine[];
    }
  | { type: 'share'; act: ShareAct; network?: string; item?: Item }
  | { type: 'form'; kind: FormKind; item?: Item }
  /** Active time in ms since the last `engagement`: the tab visible and touched. */
  | { type: 'engagement'; ms: number }
  | { type: 'exit_intent'; signal: ExitSignal }
  /** `offer_withheld`: it would have been shown, had the visitor not drawn the holdout or a variant of another moment. */
  | {
      type: 'offer_shown' | 'offer_withheld' | 'offer_accepted' | 'offer_declined';
      rule: string;
      variant: string | null;
    }
  /** The shop's own page names the person; `proof` is the shop server's HMAC, without which the address is ignored. */
  | { type: 'identify'; email: string; proof: string }
  | { type: 'custom'; name: string; data: Record<string, string | number | boolean | null> };

/** An event with its time: ms since the epoch by the browser's clock, a hint only. The server rebases it. */
export type VisitEvent = EventBody & { at: number };
export type EventType = VisitEvent['type'];

export const EVENT_TYPES = [
  'page_view',
  'view_item',
  'view_reviews',
  'search',
  'add_to_wishlist',
  'add_to_cart',
  'remove_from_cart',
  'cart',
  'begin_checkout',
  'purchase',
  'share',
  'form',
  'engagement',
  'exit_intent',
  'offer_shown',
  'offer_withheld',
  'offer_accepted',
  'offer_declined',
  'identify',
  'custom',
] as const satisfies readonly EventType[];
