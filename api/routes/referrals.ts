/** Friends who bring friends: the sender's link, the page behind it, and what came of it. */

import { parseEmail } from '../../core/values/email-address.ts';
import { type Locale, localeOf } from '../../core/values/locale.ts';
import type { ShopRow } from '../../db/shops.ts';
import { referFriends, showReferrals } from '../actions/referrals/refer-friends.ts';
import { showInvitation } from '../actions/referrals/show-invitation.ts';
import { takeInvitation } from '../actions/referrals/take-invitation.ts';
import { reportReferrals } from '../actions/reports/report-referrals.ts';
import { pauseToFloor } from '../http/answer-floor.ts';
import { type Call, endpoint } from '../http/endpoint.ts';
import { type Form, readForm } from '../http/form.ts';
import { isMachineCall } from '../mail-agents.ts';
import {
  consentOf,
  type InvitationShop,
  invitationPage,
  invitedPage,
  lostPage,
  overPage,
} from '../pages/invitation.ts';
import { PAGE_HEADERS } from '../pages/layout.ts';
import { Problem } from '../problem.ts';
import { iso } from '../schemas/answers.ts';
import { periodQuery } from '../schemas/queries.ts';
import {
  describeFriend,
  describeLink,
  referralInput,
  referralLinkAnswer,
  referralReportAnswer,
  referralsAnswer,
  referralsQuery,
} from '../schemas/referral.ts';
import { visitorCookie } from '../visitor-cookie.ts';

const tag = 'Referral';

const pageAnswers = {
  200: { description: 'A page', mediaType: 'text/html' },
  404: { description: 'Not a link of ours', mediaType: 'text/html' },
};

const shown = (body: string): Response => new Response(body, { status: 200, headers: PAGE_HEADERS });

const broken = async (request: Request): Promise<Response> =>
  new Response(await lostPage(request.headers.get('accept-language')), { status: 404, headers: PAGE_HEADERS });

/** The browser's language where we speak it, else the shop's. */
function languageOf({ network }: Pick<Call<unknown, unknown>, 'network'>, shop: ShopRow): Locale {
  const { language } = network.client;
  return localeOf(language === 'en' || localeOf(language) === 'ru' ? language : shop.locale);
}

const shopOnPage = ({ name, origins, currency, settings }: ShopRow): InvitationShop => ({
  name,
  url: origins.find((origin) => !origin.includes('*')) ?? (origins[0] ?? '').replace('*.', ''),
  currency,
  privacyUrl: settings.privacyUrl,
  consent: settings.consent,
});

/** What a person has filled in, or what is wrong with it. */
function guestOf(form: Form, lang: Locale, shop: InvitationShop) {
  const email = parseEmail(form.get('email', 1_000) ?? '');
  if (!email) return { wrong: 'address' as const };
  const consent = consentOf(lang, shop, form.all('agree'));
  return consent === null ? { wrong: 'consent' as const } : { email, consent };
}

export const referralRoutes = [
  endpoint(
    {
      method: 'post',
      path: '/v1/referrals',
      access: 'shop',
      tag,
      summary: 'The link by which a customer brings friends',
      description:
        'One for each contact, the same whenever it is asked for. A friend who follows it leaves an address and gets a code by e-mail, where the address is new to the shop; once the friend’s first order is paid or delivered and past its return term, the sender is mailed a code, too. Tell of orders with `POST /v1/orders`: without its news no reward comes due. `PATCH /v1/shop {"referral": {"enabled": true}}` switches it on.',
      body: referralInput,
      example: { email: 'ann@example.com' },
      answers: {
        200: { description: 'The link that there is', schema: referralLinkAnswer },
        201: { description: 'A new link', schema: referralLinkAnswer },
      },
      problems: ['unauthorized', 'invalid_json', 'too_large', 'invalid'],
    },
    async ({ deps, shop, body }) => {
      const { created, ...made } = await referFriends(deps, shop, body);
      return { status: created ? 201 : 200, body: describeLink({ ...made, open: shop.settings.referral.enabled }) };
    },
  ),
  endpoint(
    {
      method: 'get',
      path: '/v1/referrals',
      access: 'shop',
      tag,
      summary: 'What became of a customer’s link',
      description:
        'The link, the friends who came by it, how far each has come and why not further, and the codes earned.',
      query: referralsQuery,
      answers: { 200: { description: 'The link and its friends', schema: referralsAnswer } },
      problems: ['unauthorized', 'invalid', 'not_found'],
    },
    async ({ deps, shop, query }) => {
      const found = await showReferrals(deps, shop.id, query.contact);
      if (!found) throw new Problem('not_found');
      const { opened, friends, ...made } = found;
      const link = describeLink({ ...made, open: shop.settings.referral.enabled });
      return { status: 200, body: { ...link, opened, friends: friends.map(describeFriend) } };
    },
  ),
  endpoint(
    {
      method: 'get',
      path: '/v1/reports/referrals',
      access: 'shop',
      tag: 'Reports',
      summary: 'What referral brings',
      description:
        'Friends who were given a code in the time, how far they have come by now, what their orders brought and what the codes cost. The last 30 days unless `from` and `to` say otherwise.',
      query: periodQuery,
      answers: { 200: { description: 'The figures', schema: referralReportAnswer } },
      problems: ['unauthorized', 'invalid'],
    },
    async ({ deps, shop, query }) => {
      const report = await reportReferrals(deps, shop, query);
      return { status: 200, body: { ...report, from: iso(report.from), to: iso(report.to) } };
    },
  ),
  endpoint(
    {
      method: 'get',
      path: '/r/:token',
      access: 'open',
      tag,
      summary: 'The page behind a friend’s link',
      answers: pageAnswers,
    },
    async ({ deps, params, request, network }) => {
      const { token = '' } = params;
      const counts =
        !isMachineCall(request) && (await deps.limiter.admits({ shop: token, visitor: 'invitation', network }));
      const invitation = await showInvitation(deps, token, { counts });
      if (!invitation) return broken(request);
      const lang = languageOf({ network }, invitation.shop);
      const shop = shopOnPage(invitation.shop);
      if (!invitation.open) return shown(await overPage(lang, shop));
      return shown(await invitationPage({ lang, shop, offer: invitation.shop.settings.referral.friend }));
    },
  ),
  endpoint(
    {
      method: 'post',
      path: '/r/:token',
      access: 'open',
      tag,
      summary: 'Ask for a friend’s code',
      description:
        'A form: `email`, and `agree` for each box on the page. The answer is the same for a new, a known and a suppressed address; only a new one gets a code, by e-mail, good for orders of that address alone.',
      answers: pageAnswers,
    },
    async ({ deps, params, request, network }) => {
      const received = deps.now();
      let shopId = '';
      try {
        const { token = '' } = params;
        const form = await readForm(request);
        const invitation = await showInvitation(deps, token, { counts: false });
        if (!invitation) return broken(request);
        shopId = invitation.shop.id;
        const lang = languageOf({ network }, invitation.shop);
        const shop = shopOnPage(invitation.shop);
        if (!invitation.open) return shown(await overPage(lang, shop));
        const guest = guestOf(form, lang, shop);
        if ('wrong' in guest) {
          const offer = invitation.shop.settings.referral.friend;
          return shown(await invitationPage({ lang, shop, offer, ...guest }));
        }
        const admitted = await deps.limiter.admits({ shop: token, visitor: 'invitation', network });
        // A field that people don't see was filled in: a machine's form is thrown away without a word.
        if (form.get('hp') === null && admitted) {
          const cookie = visitorCookie(request, deps.settings, request.headers.get('sec-gpc') !== '1').read;
          await takeInvitation(deps, token, { ...guest, locale: lang, cookie }, network);
        }
        return shown(await invitedPage(lang, shop));
      } finally {
        await pauseToFloor(deps, { shop: shopId, received });
      }
    },
  ),
];
