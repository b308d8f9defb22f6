/** A rule's popup as an admin writes it: typed tokens, texts and steps. No css, no markup, no address but http(s). */

import { z } from 'zod';
import type { Offer } from '../../core/rules/offer.ts';
import {
  FIELD_NEEDS,
  NETWORKS,
  POPUP_FONTS,
  POPUP_FORMATS,
  POPUP_STEPS,
  POPUP_TEXTS,
  type Popup,
  SHOWN_REVIEWS,
} from '../../core/rules/popup.ts';
import { SHARE_ACTS } from '../../core/visits/event.ts';
import { colour, locale, webUrl } from './common.ts';

const fieldNeed = z.exactOptional(z.enum(FIELD_NEEDS));

/** A user name before the host makes an address look like another's. */
const plainUrl = webUrl().refine(
  (value) => !URL.canParse(value) || !new URL(value).username,
  'must not hold a user name',
);

const socialAct = z
  .strictObject({ act: z.enum(SHARE_ACTS), network: z.enum(NETWORKS), url: z.exactOptional(plainUrl) })
  .meta({
    description:
      'What the step `act` asks for, in the network’s own dialog; `any` is the sharing dialog of the device. `share` and `invite` pass on `url`, or the page itself; `like` and `join` open `url`. Unproven: whoever comes back from the network is believed, so promise nothing that a pretended act must not get.',
  });

export const popupFields = {
  steps: z.exactOptional(
    z.array(z.enum(POPUP_STEPS)).max(POPUP_STEPS.length).meta({
      description:
        'What stands around the question. `tease`: before anything is asked for. `act`: a social act before the address. `progress`: what the cart still lacks of `offer.minOrder`, live, in `bar` and `inline`; for the offers `shipping` and `none` without `tease`, `act` and `fields` it only tells, and asks for nothing. `reason`: asks who declines why.',
    }),
  ),
  fields: z.exactOptional(
    z
      .strictObject({ name: fieldNeed, birthday: fieldNeed, phone: fieldNeed })
      .meta({ description: 'What is asked for beside the address, and whether an answer is needed.' }),
  ),
  act: z.exactOptional(socialAct),
  reviews: z.exactOptional(
    z.enum(SHOWN_REVIEWS).meta({
      description:
        'Whether the popup quotes published reviews that have words. `items`: of the things that it shows; `shop`: those first, then the shop’s others; `none` (default): no. Not in `bar`.',
    }),
  ),
  format: z.enum(POPUP_FORMATS),
  texts: z.exactOptional(z.record(locale, z.partialRecord(z.enum(POPUP_TEXTS), z.string().max(500)))),
  theme: z.exactOptional(
    z.strictObject({
      accent: z.exactOptional(colour),
      background: z.exactOptional(colour),
      text: z.exactOptional(colour),
      radius: z.exactOptional(z.number().min(0).max(32)),
      font: z.exactOptional(z.enum(POPUP_FONTS)),
      side: z.exactOptional(z.enum(['left', 'right'])),
      edge: z.exactOptional(z.enum(['top', 'bottom'])),
      logo: z.exactOptional(webUrl()),
      picture: z.exactOptional(webUrl()),
    }),
  ),
};

export const popup = z.strictObject({
  ...popupFields,
  format: z.enum(POPUP_FORMATS).default('modal'),
}) satisfies z.ZodType<Popup>;

/** What a popup that is well formed still can't do with this offer; `path` begins inside the popup. */
export function popupProblems(
  { format, steps = [], act, reviews }: Popup,
  { minOrder }: Pick<Offer, 'minOrder'>,
): { path: string[]; message: string }[] {
  const problems: { path: string[]; message: string }[] = [];
  const add = (message: string, ...path: string[]): void => void problems.push({ path, message });
  if (new Set(steps).size < steps.length) add('must name each step once', 'steps');
  if (steps.includes('act') && !act) add('is required for the step act: what is to be done, and where?', 'act');
  if (act && !steps.includes('act')) add('means nothing without the step act', 'act');
  // These are done at an address of the network's; sharing only needs its dialog.
  if (act?.act === 'like' || act?.act === 'join') {
    if (act.network === 'any') add(`must name the network for ${act.act}`, 'act', 'network');
    if (!act.url) add(`is required for ${act.act}: where is it done?`, 'act', 'url');
  }
  if (steps.includes('progress')) {
    if (format !== 'bar' && format !== 'inline') add(`can have progress in bar and inline, not in ${format}`, 'steps');
    if (!minOrder) add('can have progress only with offer.minOrder', 'steps');
  }
  if (format === 'bar' && reviews && reviews !== 'none')
    add('can have reviews in modal, sheet, slide, tab and inline, not in bar', 'reviews');
  return problems;
}
