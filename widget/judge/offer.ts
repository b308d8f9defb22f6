/** Opens the popup that the judge has decided on, tells of it, and takes its answer where it belongs. A chunk of its own, fetched with the popup. */

import { claimedOffer } from '../../core/claimed-offer.ts';
import type { EventBody } from '../../core/event.ts';
import { LEAVING_REASON } from '../../core/popup.ts';
import { cartValue, offeredItems } from '../../core/visit.ts';
import type { ClaimAnswer, FormAnswer } from '../../core/wire.ts';
import type { ClaimOutcome, Offer, Offered, OfferRim, PopupChunk, PopupOptions } from '../bridge.ts';
import { guarded } from '../guard.ts';
import { postWith } from './claim.ts';
import { fetchPopup } from './fetch-popup.ts';
import { localeTag } from './locale-tag.ts';
import { opinionsFor } from './opinions.ts';
import { reducedBy } from './reduced.ts';

const MOST_ITEMS = 3;

/** Fetches all that an offer of these rules needs. */
export async function prepareOffers(rim: OfferRim): Promise<Offer> {
  const { rules, shop } = rim.config;
  const locale = localeTag(rim.tag.locale, shop.locale);
  const [{ drawPopup }, { wordsOf }] = await fetchPopup(rules, locale);
  const [rule] = rules;
  // A page's first number formats take as long as all the rest: a turn of their own.
  if (rule) wordsOf({ rule, shop, locale });
  await window.scheduler?.yield?.();
  let drawn: { of: string; open(): void } | undefined;
  return (offered) => {
    const { rule, variant, waitFor, visit } = offered;
    const state = visit();
    const items = state ? offeredItems(state, MOST_ITEMS) : [];
    const offer = state ? claimedOffer(rule.offer, state, shop.currency) : rule.offer;
    const of = rim.toJson([rule.id, variant, waitFor, items, offer]);
    if (drawn?.of !== of)
      drawn = {
        of,
        open: drawOffer(rim, { ...offered, items, reduced: reducedBy(offer), locale, wordsOf }, drawPopup),
      };
    return drawn.open;
  };
}

/** Once the visitor has seen what there is to see. */
const afterFrame = (act: () => void): void => {
  requestAnimationFrame(() => setTimeout(guarded(act)));
};

type Spoken = Offered & Pick<PopupOptions, 'items' | 'reduced' | 'locale' | 'wordsOf'>;

function drawOffer(rim: OfferRim, offered: Spoken, drawPopup: PopupChunk['drawPopup']): () => void {
  const { rule, variant, items, reduced, locale, wordsOf, waitFor, visit } = offered;
  const { shop, settings } = rim.config;
  const { applyUrl } = rim.page.state();

  const open = drawPopup({
    rule,
    items,
    reduced,
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
    ...(waitFor ? {} : opinionsFor(rim.tag, rule, { items, toJson: rim.toJson })),
    ...(applyUrl ? { applyUrl } : {}),
  });
  return () => {
    const settle = open();
    afterFrame(() => {
      settle();
      setTimeout(guarded(told));
    });
  };

  function told(): void {
    rim.store.update((memory) => {
      memory.shown[rule.id] = Date.now();
    });
    tell('shown');
  }

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
