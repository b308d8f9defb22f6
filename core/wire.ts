/** What travels between page and API. Types, in the main: they cost the widget no byte, and the API's schemas are pinned to them. */

import type { Condition } from './condition.ts';
import type { Duration } from './duration.ts';
import type { VisitEvent } from './event.ts';
import type { VisitorSummary } from './facts.ts';
import type { Offer } from './offer.ts';
import type { Popup } from './popup.ts';
import type { CodePlan, Moment, Rule } from './rule.ts';

/** A rule as every page may read it: nothing here is secret, and no static code is. */
export interface PublicRule {
  id: string;
  priority: number;
  moment: Moment;
  when: Condition;
  offer: Offer;
  reveal: CodePlan['reveal'];
  popup: Popup;
  quietFor: { refused: Duration; shown: Duration };
  variants: Pick<Rule['variants'][number], 'key' | 'weight' | 'offer' | 'popup'>[];
}

/** `both`: two separate unticked boxes; `one`: one unticked box for both; `none`: a line of text, asking for the letter is the consent. */
export const CONSENT_FORMS = ['both', 'one', 'none'] as const;
export type ConsentForm = (typeof CONSENT_FORMS)[number];

/** `GET /v1/config` */
export interface Config {
  shop: { name: string; currency: string; locale: string; timezone: string };
  /** Highest priority first. */
  rules: PublicRule[];
  settings: {
    consent: ConsentForm;
    privacyUrl: string | null;
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
}

export interface VisitAnswer {
  visitor: VisitorSummary;
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
}

export interface ClaimAnswer {
  /** `sent`: look in your mail; `confirm`: confirm your address first; `shown`: the code is here, no letter comes. */
  status: 'sent' | 'confirm' | 'shown';
  code?: string;
  /** ISO 8601 UTC. */
  expiresAt?: string;
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
