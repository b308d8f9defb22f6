/** Opens the popup that the judge has decided on, tells of it, and takes its answer where it belongs. A chunk of its own, fetched with the popup. */

import type { EventBody } from '../../core/event.ts';
import { LEAVING_REASON } from '../../core/popup.ts';
import { cartValue, offeredItems } from '../../core/visit.ts';
import type { ClaimAnswer, FormAnswer } from '../../core/wire.ts';
import type { ClaimOutcome, Offer, Offered, OfferRim, PopupChunk, PopupOptions } from '../bridge.ts';
import { postWith } from './claim.ts';
import { fetchPopup } from './fetch-popup.ts';
import { localeTag } from './locale-tag.ts';

const MOST_ITEMS = 3;

/** Fetches all that an offer of these rules needs. */
export async function prepareOffers(rim: OfferRim): Promise<Offer> {
  const { rules, shop } = rim.config;
  const locale = localeTag(rim.tag.locale, shop.locale);
  const [{ openPopup }, { wordsOf }] = await fetchPopup(rules, locale);
  return (offered) => makeOffer(rim, { ...offered, locale, wordsOf }, openPopup);
}

type Spoken = Offered & Pick<PopupOptions, 'locale' | 'wordsOf'>;

function makeOffer(rim: OfferRim, offered: Spoken, openPopup: PopupChunk['openPopup']): void {
  const { rule, variant, locale, wordsOf, waitFor, visit } = offered;
  const { shop, settings } = rim.config;
  const state = visit();
  const { applyUrl } = rim.page.state();

  openPopup({
    rule,
    items: state ? offeredItems(state, MOST_ITEMS) : [],
    shop,
    settings,
    locale,
    wordsOf,
    waitFor,
    claim: postWith(rim, 'claims', { rule: rule.id, variant, locale }, (body) => {
      const answer = body as ClaimAnswer;
      return answer.status && taken(answer);
    }),
    join: postWith(rim, 'forms', { kind: 'waitlist', locale, ...(waitFor ? { item: waitFor } : {}) }, (body) =>
      (body as FormAnswer).status === 'received' ? taken({ status: 'sent' }) : undefined,
    ),
    declined: () => {
      rim.store.update((memory) => {
        memory.refusedAt = Date.now();
      });
      tell('declined');
    },
    reason: (why) => record({ type: 'custom', name: LEAVING_REASON, data: { rule: rule.id, reason: why } }),
    acted: (act, network) => record({ type: 'share', act, network }),
    cartValue: () => {
      const now = visit();
      return now && cartValue(now, shop.currency);
    },
    ...(applyUrl ? { applyUrl } : {}),
  });
  rim.store.update((memory) => {
    memory.shown[rule.id] = Date.now();
  });
  tell('shown');

  function taken(answer: ClaimAnswer): ClaimOutcome {
    rim.announce('accepted', rule.id, variant);
    return { kind: 'taken', answer };
  }

  function record(event: EventBody): void {
    rim.record(event);
    rim.flush();
  }

  function tell(what: 'shown' | 'declined'): void {
    record({ type: `offer_${what}`, rule: rule.id, variant });
    rim.announce(what, rule.id, variant);
  }
}
