/** What the shop says in its own words: terms, an answer, an address that people read. */

import { type Html, html } from '../html.ts';
import { INK, SOFT } from '../palette.ts';
import type { Story } from '../story.ts';

export function facts({ words, facts: told }: Story): Html | null {
  if (!told.length) return null;
  return html`
    <tr><td style="padding:16px 0 4px">${told.map(
      ({ fact, text }) => html`
      <p class="soft" style="margin:0 0 2px;font-size:13px;line-height:18px;font-weight:600;color:${SOFT}">${words.facts[fact]}</p>
      <p class="ink" style="margin:0 0 16px;font-size:16px;line-height:25px;color:${INK}">${text}</p>`,
    )}</td></tr>`;
}

export function help({ words, replyTo }: Story): Html | null {
  if (!replyTo) return null;
  return html`<tr><td class="soft" style="padding:8px 0 12px;font-size:15px;line-height:23px;color:${SOFT}">${words.typeset(words.facts.replyTo)}: <a class="ink" href="mailto:${replyTo}" style="color:${INK};text-decoration:underline">${replyTo}</a></td></tr>`;
}

export function answer({ answer: text }: Story): Html | null {
  if (!text) return null;
  return html`<tr><td class="ink" style="padding:4px 0 16px;font-size:17px;line-height:27px;color:${INK}">${text}</td></tr>`;
}
