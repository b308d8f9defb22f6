/** `?linger=preview:<rule>`: shows a rule's popup with this page's item. Remembers nothing, tells the server nothing, claims nothing. */

import { localeOf } from '../core/locale.ts';
import { ruleForArm } from '../core/rule.ts';
import type { Config } from '../core/wire.ts';
import type { ChunkName, PageChunk, PopupChunk, WordsChunk } from './bridge.ts';
import { ignore } from './guard.ts';
import { localeTag } from './judge/locale-tag.ts';
import type { Tag } from './tag.ts';

interface Preview {
  tag: Tag;
  load(chunk: ChunkName): Promise<unknown>;
}

export async function preview({ tag, load }: Preview): Promise<void> {
  const id = /[?&]linger=preview:([\w-]+)/.exec(location.search)?.[1];
  const answer = await fetch(`${tag.origin}/v1/config?shop=${encodeURIComponent(tag.shop)}`, { credentials: 'omit' });
  const { rules, shop, settings }: Config = await answer.json();
  const found = rules.find((rule) => rule.id === id);
  if (!found) return;
  const locale = localeTag(tag.locale, shop.locale);
  const [{ readPage }, { openPopup }, { wordsOf }] = (await Promise.all([
    load('page'),
    load('formats'),
    load(`words-${localeOf(locale)}`),
  ])) as [PageChunk, PopupChunk, WordsChunk];
  const page = readPage(ignore);
  page.open(ignore);
  const { item } = page.state();
  // Of a rule that has variants, the first.
  const rule = ruleForArm(found, found.variants[0]?.key ?? null);
  openPopup({
    rule,
    items: item ? [item] : [],
    shop,
    settings,
    locale,
    wordsOf,
    claim: async () => ({
      kind: 'taken',
      answer: rule.reveal === 'screen' ? { status: 'shown', code: 'PREVIEW' } : { status: 'sent' },
    }),
    declined: ignore,
  });
}
