/** One tap in a letter: how likely somebody recommends the shop, why they stay away, how they like what they bought, why they leave. GET shows what was tapped, POST takes it. */

import { AWAY_REASONS, MAIL_REASONS, NPS_SCORES, STARS } from '../../core/letters/letter-wishes.ts';
import { type AskedReader, showAsked } from '../actions/readers/know-reader.ts';
import { answerAway, answerNps, giveReason } from '../actions/readers/take-answer.ts';
import { reviewedItems, takeReview } from '../actions/readers/take-review.ts';
import type { Deps } from '../deps.ts';
import { endpoint } from '../http/endpoint.ts';
import { type Form, readForm } from '../http/form.ts';
import { isMachineCall } from '../mail-agents.ts';
import { awayPage, awayThanksPage } from '../pages/away.ts';
import { LONGEST_COMMENT } from '../pages/form-style.ts';
import { npsPage, npsThanksPage } from '../pages/nps.ts';
import { reasonPage, reasonThanksPage } from '../pages/reasons.ts';
import { reviewPage, reviewThanksPage } from '../pages/review.ts';
import { opinionQuery } from '../schemas/queries.ts';
import { signToken } from '../signing.ts';
import { broken, pageAnswers, pageShop, shown } from './mailbox-page.ts';

const tag = 'Mailbox';

interface Tapped {
  score?: string | undefined;
  reason?: string | undefined;
  stars?: string | undefined;
}

const numberOf = (known: readonly number[], text: string | null | undefined): number | null =>
  known.find((one) => String(one) === text) ?? null;

const oneOf = <T extends string>(known: readonly T[], text: string | null | undefined): T | null =>
  known.find((one) => one === text) ?? null;

/** The page of the question, with what was tapped chosen. `missing`: it was sent without an answer. */
async function asking(
  deps: Deps,
  token: string,
  { asked, reader }: AskedReader,
  tapped: Tapped,
  missing: boolean,
): Promise<string> {
  const { locale, nps } = reader.contact;
  const shop = pageShop(reader);
  switch (asked) {
    case 'nps':
      return npsPage({ locale, shop, score: numberOf(NPS_SCORES, tapped.score) ?? nps, missing });
    case 'away':
      return awayPage({ locale, shop, reason: oneOf(AWAY_REASONS, tapped.reason), missing });
    case 'review': {
      const { name } = reader.contact;
      const items = await reviewedItems(deps, reader);
      return reviewPage({ locale, shop, name, items, stars: numberOf(STARS, tapped.stars), missing });
    }
    case 'reason':
      return reasonPage(locale, shop, `/n/${token}`);
  }
}

/** Takes the answer; the page of thanks, or null where the form holds none. */
async function answered(deps: Deps, token: string, known: AskedReader, form: Form): Promise<string | null> {
  const { locale } = known.reader.contact;
  const shop = pageShop(known.reader);
  const comment = form.get('comment', LONGEST_COMMENT);
  switch (known.asked) {
    case 'nps': {
      const score = numberOf(NPS_SCORES, form.get('score'));
      if (score === null || !(await answerNps(deps, token, { score, comment }))) return null;
      return npsThanksPage(locale, shop);
    }
    case 'away': {
      const reason = oneOf(AWAY_REASONS, form.get('reason'));
      if (!reason || !(await answerAway(deps, token, { reason, comment }))) return null;
      const { id } = known.reader.message;
      const fewer = reason === 'too_often' && `/p/${await signToken(deps.settings.signingKey, 'preferences', id)}`;
      return awayThanksPage(locale, shop, fewer || null);
    }
    case 'review': {
      const stars = numberOf(STARS, form.get('stars'));
      if (stars === null) return null;
      const told = { text: comment ?? '', author: form.get('author', 60) ?? '', item: form.get('item') };
      const mayPublish = form.get('publish') === 'yes';
      if (!(await takeReview(deps, token, { ...told, stars, mayPublish }))) return null;
      return reviewThanksPage(locale, shop, mayPublish);
    }
    case 'reason': {
      const reason = oneOf(MAIL_REASONS, form.get('reason'));
      if (!reason || !(await giveReason(deps, token, reason))) return null;
      return reasonThanksPage(locale, shop);
    }
  }
}

export const opinionRoutes = [
  endpoint(
    {
      method: 'get',
      path: '/n/:token',
      access: 'open',
      tag,
      summary: 'The page of a question that a letter asked',
      description:
        'Would you recommend us, why do you stay away, how do you like what you bought, why do you leave. What was tapped is chosen, and nothing is stored.',
      query: opinionQuery,
      answers: pageAnswers,
    },
    async ({ deps, params, request, query }) => {
      const { token = '' } = params;
      const known = await showAsked(deps, token);
      return known ? shown(await asking(deps, token, known, query, false)) : broken(request);
    },
  ),
  endpoint(
    {
      method: 'post',
      path: '/n/:token',
      access: 'open',
      tag,
      summary: 'Answer it',
      description:
        'A form: `score` 0–10, `reason`, or `stars` 1–5 (with `item`, `author`, `publish=yes`), and perhaps `comment`. The latest answer to a letter counts. Programs that call themselves scanners are shown the page and answer nothing.',
      answers: pageAnswers,
    },
    async ({ deps, params, request }) => {
      const { token = '' } = params;
      const known = await showAsked(deps, token);
      if (!known) return broken(request);
      const form = await readForm(request);
      const thanks = isMachineCall(request) ? null : await answered(deps, token, known, form);
      return shown(thanks ?? (await asking(deps, token, known, {}, true)));
    },
  ),
];
