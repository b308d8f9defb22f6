/** What travels between page and API. Types, in the main: they cost the widget no byte, and the API's schemas are pinned to them. */

import type { Item } from '../catalogue/item.ts';
import type { CodePlan } from '../codes/code-plan.ts';
import type { Condition } from '../rules/condition.ts';
import type { Offer } from '../rules/offer.ts';
import type { Popup } from '../rules/popup.ts';
import type { Moment, Rule } from '../rules/rule.ts';
import type { Duration } from '../values/duration.ts';
import type { FormKind, VisitEvent } from './event.ts';
import type { VisitorSummary } from './facts.ts';

/** A rule as every page may read it: nothing here is secret, and no static code is. */
export interface PublicRule {
  id: string;
  priority: number;
  moment: Moment;
  /** With the rule's pages, weekdays and hours said in it. */
  when: Condition;
  offer: Offer;
  reveal: CodePlan['reveal'];
  popup: Popup;
  quietFor: { refused: Duration; shown: Duration };
  afterPurchase?: boolean;
  variants: Pick<Rule['variants'][number], 'key' | 'weight' | 'moment' | 'offer' | 'popup'>[];
}

/** `both`: two separate unticked boxes; `one`: one unticked box for both; `none`: a line of text, asking for the letter is the consent. */
export const CONSENT_FORMS = ['both', 'one', 'none'] as const;
export type ConsentForm = (typeof CONSENT_FORMS)[number];

/**
 * How much a page may remember and tell before its visitor has agreed. `none`: nothing is stored, nothing but the config
 * is asked for; `session`: until the tab is closed; `full`: for good.
 */
export const MEMORY_MODES = ['none', 'session', 'full'] as const;
export type MemoryMode = (typeof MEMORY_MODES)[number];

/** `GET /v1/config` */
export interface Config {
  shop: { name: string; currency: string; locale: string; timezone: string };
  /** Highest priority first. */
  rules: PublicRule[];
  settings: {
    consent: ConsentForm;
    privacyUrl: string | null;
    memory: MemoryMode;
    /** Whether the page's own analytics hear of what was shown, accepted and declined. */
    outward: boolean;
    /** Whether who looks at something sold out may ask to hear when it is back. */
    waitlist: boolean;
  };
}

/** `POST /v1/visits` */
export interface VisitBatch {
  shop: string;
  visitor: string;
  visit: string;
  batch?: string;
  /** ms since the epoch by the browser's clock. */
  sentAt: number;
  events: VisitEvent[];
  /** False where nothing may outlive the tab: then no cookie is set or read. */
  remember?: boolean;
}

export interface VisitAnswer {
  /** `id`: who this browser is by its first-party cookie, where the batch said otherwise. The page goes on as that visitor. */
  visitor: VisitorSummary & { id?: string };
}

/** `POST /v1/claims` */
export interface Claim {
  shop: string;
  visitor: string;
  visit: string;
  rule: string;
  variant?: string | null;
  email: string;
  name?: string;
  phone?: string;
  /** `MM-DD` or `YYYY-MM-DD`. */
  birthday?: string;
  /** The boxes as they were ticked, and the words that stood beside them. */
  consent: { data: boolean; marketing: boolean; text: string };
  locale?: string;
  batch?: string;
  sentAt?: number;
  events?: VisitEvent[];
  /** A field people don't see. */
  hp?: string;
  /** ms from the popup's appearance to the submit. */
  filledMs?: number;
  remember?: boolean;
}

export interface ClaimAnswer {
  /** `sent`: look in your mail; `confirm`: confirm your address first; `shown`: the code is here, no letter comes. */
  status: 'sent' | 'confirm' | 'shown';
  code?: string;
  /** ISO 8601 UTC. */
  expiresAt?: string;
}

/** `POST /v1/forms`: a form of the page's own, or the popup of something sold out. */
export interface FormPost extends Omit<Claim, 'rule' | 'variant'> {
  kind: FormKind;
  /** What it is about; for a `waitlist` what to tell of when it is back. */
  item?: Item;
}

/** The same for whoever asks, whatever became of it. */
export interface FormAnswer {
  /** `confirm`: a letter asks whose address it is before any other comes. */
  status: 'received' | 'confirm';
}

/** RFC 9457. */
export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  code: string;
  detail?: string;
  errors?: { path: string; message: string }[];
}
