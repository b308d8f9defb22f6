/** `?linger=preview:<rule>`, or `preview:<rule>:<variant>`: shows a rule's popup with this page's item. Remembers nothing, tells the server nothing, claims nothing. */

import { offerOn } from '../core/rules/claimed-offer.ts';
import { ruleForArm } from '../core/rules/rule.ts';
import type { Config } from '../core/visits/wire.ts';
import type { PreviewChunk } from './bridge.ts';
import { ignore } from './guard.ts';
import { toJson } from './json.ts';
import { fetchPopup } from './judge/fetch-popup.ts';
import { localeTag } from './judge/locale-tag.ts';
import { opinionsFor } from './judge/opinions.ts';
import { reducedBy } from './judge/reduced.ts';
import { numbers } from './popup/numbers.ts';

export async function preview({ tag, createReader }: Parameters<PreviewChunk['preview']>[0]): Promise<void> {
  const [, id, variant] = /[?&]linger=preview:([\w-]+)(?::([^&#]*))?/.exec(decodeURIComponent(location.search)) ?? [];
  // A rule is looked at before it is switched on: the pages' own config has only those that are.
  const url = `${tag.origin}/v1/config?shop=${encodeURIComponent(tag.shop)}&rule=${id}`;
  const { rules, shop, settings }: Config = await (await fetch(url, { credentials: 'omit' })).json();
  const found = rules.find((rule) => rule.id === id);
  if (!found) return;
  const locale = localeTag(tag.locale, shop.locale);
  const reader = createReader();
  const [[{ drawPopup }, { wordsOf }]] = await Promise.all([fetchPopup([found], locale), reader.prepare()]);
  const page = reader.read(ignore, ignore);
  page.open(ignore);
  const { item, applyUrl } = page.state();
  // Of a rule that has variants, the one that is named, or the first.
  const rule = ruleForArm(found, variant ?? found.variants[0]?.key ?? null);
  const items = item ? [item] : [];
  const open = drawPopup({
    rule,
    items,
    reduced: reducedBy(offerOn(rule.offer, items)),
    shop,
    settings,
    locale,
    wordsOf,
    numbers,
    waitFor: item?.available === false && settings.waitlist ? item : null,
    claim: async () => ({
      kind: 'taken',
      answer: rule.reveal === 'screen' ? { status: 'shown', code: 'PREVIEW' } : { status: 'sent' },
    }),
    join: async () => ({ kind: 'taken', answer: { status: 'sent' } }),
    reason: ignore,
    cartValue: () => null,
    ...opinionsFor(tag, rule, { items, toJson }),
    ...(applyUrl ? { applyUrl } : {}),
    declined: ignore,
  });
  open()();
}
