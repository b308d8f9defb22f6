/** Opens the popup that the judge has decided on, tells of it, and takes its answer where it belongs. A chunk of its own, fetched with the popup. */

import { claimedOffer } from '../../core/rules/claimed-offer.ts';
import { LEAVING_REASON } from '../../core/rules/popup.ts';
import { ruleForArm } from '../../core/rules/rule.ts';
import type { EventBody } from '../../core/visits/event.ts';
import { cartValue, offeredItems } from '../../core/visits/visit.ts';
import type { ClaimAnswer, FormAnswer } from '../../core/visits/wire.ts';
import type { ClaimOutcome, Offer, Offered, OfferRim, PopupChunk, PopupOptions } from '../bridge.ts';
import { guarded } from '../guard.ts';
import { numbers } from '../popup/numbers.ts';
import { postWith } from './claim.ts';
import { fetchPopup } from './fetch-popup.ts';
import { localeTag } from './locale-tag.ts';
import { opinionsFor } from './opinions.ts';
import { reducedBy } from './reduced.ts';

const MOST_ITEMS = 3;
/** Longer than a leaving takes to be confirmed. */
const LAID_MS = 1_000;

/** Fetches all that an offer of these rules needs. */
export async function prepareOffers(rim: OfferRim): Promise<Offer> {
  const { rules, shop } = rim.config;
  const locale = localeTag(rim.tag.locale, shop.locale);
  const [{ drawPopup }, { wordsOf }] = await fetchPopup(rules, locale);
  // What imports them has run long enough.
  await window.scheduler?.yield?.();
  let drawn: { of: string; open(): void; ahead(): void; lift(): void } | undefined;
  return (offered) => {
    const { variant, waitFor, visit } = offered;
    const rule = ruleForArm(offered.rule, variant);
    const state = visit();
    const items = state ? offeredItems(state, MOST_ITEMS) : [];
    const offer = state ? claimedOffer(rule.offer, state, shop.currency) : rule.offer;
    const of = rim.toJson([rule.id, variant, waitFor, items, offer]);
    if (drawn?.of !== of) {
      drawn?.lift();
      drawn = {
        of,
        ...drawOffer(rim, { ...offered, rule, items, reduced: reducedBy(offer), locale, wordsOf }, drawPopup),
      };
    }
    drawn.ahead();
    return drawn.open;
  };
}

/** Once the visitor has seen what there is to see. */
const afterFrame = (act: () => void): void => {
  requestAnimationFrame(() => setTimeout(guarded(act)));
};

type Spoken = Offered & Pick<PopupOptions, 'items' | 'reduced' | 'locale' | 'wordsOf'>;

function drawOffer(rim: OfferRim, offered: Spoken, drawPopup: PopupChunk['drawPopup']) {
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
    numbers,
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
  const lift = guarded(() => open.lay(false));
  return {
    open() {
      const settle = open();
      afterFrame(() => {
        settle();
        setTimeout(guarded(told));
      });
    },
    /** In a turn of its own, unless it is opened in this one: into the page, as long as its visitor is out of it. */
    ahead() {
      const { documentElement: html } = document;
      setTimeout(
        guarded(() => {
          if (html.matches(':hover')) return;
          open.lay(true);
          html.addEventListener('mouseenter', lift, { once: true });
          setTimeout(lift, LAID_MS);
        }),
      );
    },
    lift,
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
