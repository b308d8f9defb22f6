/** The inbox, a letter in it, and the state of the chain that the letter belongs to. */

import { html } from 'hono/html';
import { type Locale, localeOf } from '../../core/values/locale.ts';
import type { InboxLetter } from '../../db/inbox.ts';
import type { MessageTrail } from '../../db/messages.ts';
import { type Html, page } from './layout.ts';

const STYLE = `
main { max-width: 64rem }
.letters { list-style: none; padding: 0 }
.letters a { display: grid; grid-template-columns: 13rem 1fr auto; gap: 1rem; padding: .8rem 0; border-bottom: 1px solid var(--line); color: inherit; text-decoration: none }
.letters a:hover .subject { text-decoration: underline }
.letters span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.subject { font-weight: 600 }
@media (max-width: 40rem) { .letters a { grid-template-columns: 1fr; gap: .1rem } }
iframe { width: 100%; border: 0 }
iframe.letter { height: 46rem; border: 1px solid var(--line); border-radius: 8px; background: #fff }
iframe.state { height: 8rem }
.chain { display: flex; flex-wrap: wrap; gap: .5rem; padding: 0; margin: 1rem 0; list-style: none }
.chain li { border: 1px solid var(--line); border-radius: 999px; padding: .2rem .8rem; font-size: .85rem }
.why { margin: 0 }
.chain .sent { border-color: var(--accent) } .chain .state { border-style: dashed }
`;

const WORDS: Record<
  Locale,
  Record<'title' | 'empty' | 'shop' | 'back' | 'to' | 'from' | 'text' | 'headers' | 'chain' | 'next', string>
> = {
  en: {
    title: 'Inbox',
    empty: 'No letters yet. They appear here by themselves.',
    shop: '← Demo shop',
    back: '← All letters',
    to: 'To',
    from: 'From',
    text: 'As plain text',
    headers: 'Headers',
    chain: 'The chain',
    next: 'next step at',
  },
  ru: {
    title: 'Входящие',
    empty: 'Писем пока нет. Они появятся здесь сами.',
    shop: '← В магазин',
    back: '← Все письма',
    to: 'Кому',
    from: 'От кого',
    text: 'Текстом',
    headers: 'Заголовки',
    chain: 'Цепочка',
    next: 'следующий шаг в',
  },
};

/** What the states of a chain and its letters mean, for who reads them for the first time. */
const MEANINGS: Record<Locale, Record<string, string>> = {
  en: {
    redeemed: 'The code is used, so no reminder leaves any more.',
    purchased: 'There is an order, so no reminder leaves any more.',
    unsubscribed: 'The reader wants no letters.',
    code_expired: 'The code has run out.',
  },
  ru: {
    redeemed: 'Промокод использован, напоминаний больше не будет.',
    purchased: 'Заказ сделан, напоминаний больше не будет.',
    unsubscribed: 'Читатель отписался.',
    code_expired: 'Срок промокода истёк.',
    queued: 'ждёт',
    sending: 'отправляется',
    sent: 'отправлено',
    failed: 'не отправлено',
    cancelled: 'отменено',
    suppressed: 'не отправлено',
    skipped: 'пропущено',
    active: 'идёт',
    completed: 'закончена',
  },
};

/** Seconds: a newcomer watches the reminders come in. */
const REFRESH = 3;

export function inboxPage(
  letters: Omit<InboxLetter, 'html' | 'text'>[],
  { acceptLanguage, demo }: { acceptLanguage: string | null; demo: boolean },
): Promise<string> {
  const lang = localeOf(acceptLanguage?.slice(0, 2));
  const words = WORDS[lang];
  const list = letters.map(
    (letter) =>
      html`<li><a href="/inbox/${letter.id}"><span>${letter.recipient}</span><span class="subject">${letter.subject}</span><time class="soft">${clock(letter.at)}</time></a></li>`,
  );
  const content = html`<main>${demo ? html`<p><a href="/demo">${words.shop}</a></p>` : ''}<h1>${words.title}</h1>${letters.length > 0 ? html`<ul class="letters">${list}</ul>` : html`<p class="soft">${words.empty}</p>`}</main>`;
  return page({ lang, title: words.title, style: STYLE, refresh: REFRESH }, content);
}

/** Stays as it is, so that a code can be selected; the chain's state has a frame of its own. */
export function letterPage(letter: InboxLetter, acceptLanguage: string | null): Promise<string> {
  const lang = localeOf(acceptLanguage?.slice(0, 2));
  const words = WORDS[lang];
  const content = html`<main>
<p><a href="/inbox">${words.back}</a></p>
<h1>${letter.subject}</h1>
<p class="soft">${words.from}: ${letter.sender}<br>${words.to}: ${letter.recipient}<br>${clock(letter.at)}</p>
<iframe class="state" src="/inbox/${letter.id}/chain" title="${words.chain}"></iframe>
<iframe class="letter" src="/inbox/${letter.id}/letter" title="${letter.subject}" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>
<details><summary>${words.text}</summary><pre>${letter.text}</pre></details>
<details><summary>${words.headers}</summary><pre>${Object.entries(letter.headers).map(([name, value]) => `${name}: ${value}\n`)}</pre></details>
</main>`;
  return page({ lang, title: letter.subject, style: STYLE }, content);
}

/** What the letter's frame shows of its chain: loads itself anew, so that one can watch it end. */
export function chainPage(trail: MessageTrail, acceptLanguage: string | null): Promise<string> {
  const lang = localeOf(acceptLanguage?.slice(0, 2));
  const style = `${STYLE} main { padding: 0; max-width: none }`;
  return page({ lang, title: WORDS[lang].chain, style, refresh: REFRESH }, html`<main>${chain(trail, lang)}</main>`);
}

function chain(trail: MessageTrail, lang: Locale): Html {
  const words = WORDS[lang];
  const meaning = MEANINGS[lang];
  const due = trail.dueAt === null ? '' : `, ${words.next} ${clock(trail.dueAt)}`;
  const state = trail.reason ? `${trail.status}: ${trail.reason}` : (meaning[trail.status] ?? trail.status) + due;
  const why = meaning[trail.reason ?? ''];
  return html`<section><small>${words.chain} <b>${trail.flowKey}</b></small><ol class="chain">
${trail.messages.map((message) => html`<li class="${message.status}">${message.letter} · ${meaning[message.status] ?? message.status}${message.reason ? ` (${message.reason})` : ''}</li>`)}
<li class="state">${state}</li></ol>${why ? html`<p class="why">${why}</p>` : ''}</section>`;
}

const clock = (at: number): string => `${new Date(at).toISOString().slice(11, 19)} UTC`;
