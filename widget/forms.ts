/** Brings a form of the shop's own to the server, where the form itself has asked for consent and got it. A chunk of its own: few pages have one. */

import type { Item } from '../core/catalogue/item.ts';
import type { FormKind } from '../core/visits/event.ts';
import type { FormsRim } from './bridge.ts';
import { isRaw, merged, type Raw, readingOf } from './collect/reading.ts';
import { plainText } from './collect/text.ts';
import { ignore } from './guard.ts';

const EMAIL = '[data-linger-field="email"],[type="email"],[autocomplete~="email"],[name*="email" i],[name*="e-mail" i]';
const NAME =
  '[data-linger-field="name"],[autocomplete~="name"],[autocomplete~="given-name"],[name="name" i],[name*="first" i]';
const PHONE = '[data-linger-field="phone"],[type="tel"],[autocomplete^="tel"],[name*="phone" i]';
/** Filled in by machines alone. */
const POT = '[data-linger-hp]';

export interface Consent {
  data: boolean;
  marketing: boolean;
  /** What the visitor agreed to, as it was written. */
  text: string;
}

/** What `linger('form', …)` names, or what stands in a form that was submitted; null without an address and a consent. */
export function readForm(from: unknown): Raw | null {
  const said = from instanceof Element ? fieldsOf(from) : isRaw(from) ? from : {};
  const email = plainText(said.email, 254);
  const consent = consentOf(said.consent);
  if (!email?.includes('@') || !consent) return null;
  return { email, name: plainText(said.name, 80), phone: plainText(said.phone, 40), consent, hp: said.hp };
}

function fieldsOf(form: Element): Raw {
  const value = (selector: string): string | undefined =>
    form.querySelector<HTMLInputElement>(`:is(${selector}):not([type="hidden"],[type="password"])`)?.value || undefined;
  const boxes = [...form.querySelectorAll<HTMLInputElement>('[data-linger-consent]')].filter((box) => box.checked);
  const gives = (what: string): boolean =>
    boxes.some((box) => [what, 'both', ...(what === 'data' ? [''] : [])].includes(box.dataset.lingerConsent ?? ''));
  const text = boxes.map((box) => [...(box.labels ?? [])].map((label) => label.textContent).join(' ')).join('\n');
  return {
    email: value(EMAIL),
    name: value(NAME),
    phone: value(PHONE),
    consent: { data: gives('data'), marketing: gives('marketing'), text },
    hp: form.querySelector<HTMLInputElement>(POT)?.value,
  };
}

function consentOf(given: unknown): Consent | null {
  if (!isRaw(given) || given.data !== true) return null;
  return { data: true, marketing: given.marketing === true, text: plainText(given.text, 2_000) ?? '' };
}

/** The item that a `linger('form', …)` names or, by its address, the form itself; or null. */
export function itemOf(from: unknown): Item | null {
  const raw = from instanceof HTMLElement ? markedOn(from.dataset) : isRaw(from) && from.item;
  return isRaw(raw)
    ? merged([{ ...readingOf(raw, document.baseURI), sure: true }], location.href.replace(/#.*/, ''))
    : null;
}

const markedOn = ({ lingerItem: url, lingerTitle: title = document.title }: DOMStringMap): Raw | '' | undefined =>
  url && { url, title };

/** Leaves with the page where it must: most forms go somewhere else. */
export function sendForm(rim: FormsRim, kind: FormKind, read: Raw, item: Item | null, filledMs: number | null): void {
  const { visitor, visit } = rim.store.read();
  const known = {
    shop: rim.tag.shop,
    visitor,
    visit,
    kind,
    ...read,
    item,
    locale: localeHere(rim.tag.locale),
    filledMs,
  };
  // What is absent was not asked for.
  const said = Object.fromEntries(Object.entries(known).filter(([, value]) => value != null && value !== ''));
  rim.post('forms', rim.toJson(said), { keepalive: true }).catch(ignore);
}

const localeHere = (own: string): string => own || document.documentElement.lang || navigator.language;
