/** A rule's codes, as an admin plans them. */

import { z } from 'zod';
import { codeKey } from '../../core/codes/code.ts';
import {
  CODE_BINDINGS,
  CODE_FALLBACKS,
  CODE_MODES,
  CODE_PLATFORMS,
  CODE_REFUNDS,
  type CodePlan,
} from '../../core/codes/code-plan.ts';
import { isForSome, type Offer } from '../../core/rules/offer.ts';
import { text } from './common.ts';

export const poolName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be 1 to 40 of a–z, 0–9 and -, such as spring-2027');

export const codePlan = z
  .strictObject({
    mode: z.enum(CODE_MODES).default('unique').meta({
      description:
        '`unique`: Linger makes one for each person, and the checkout asks Linger about it; `pool`: one of those uploaded with `POST /v1/codes/import`; `static`: one text for everybody; `platform`: one that Linger has made ahead in the connected Shopify or WooCommerce, whose checkout knows it.',
    }),
    prefix: z.exactOptional(z.string().regex(/^[A-Z0-9]{0,12}$/, 'must be at most 12 of A–Z and 0–9')),
    reveal: z.enum(['email', 'screen']).default('email'),
    pool: z.exactOptional(poolName.meta({ description: 'For `pool`: the name of the upload; absent: `default`.' })),
    code: z.exactOptional(
      text(64)
        .refine((value) => codeKey(value) !== '', 'must hold a letter or a digit')
        .meta({ description: 'For `static`, and for the fallback of that name: the text. Pages never read it.' }),
    ),
    platform: z.exactOptional(
      z.enum(CODE_PLATFORMS).meta({ description: 'For `platform`; absent: the one that is connected.' }),
    ),
    ahead: z.exactOptional(
      z.int().min(1).max(5_000).meta({ description: 'For `platform`: how many are kept ready (default 50).' }),
    ),
    fallback: z.exactOptional(
      z.enum(CODE_FALLBACKS).meta({
        description:
          'When `pool` or `platform` has run out. `none` (default): nothing is offered until there are codes again; `unique`: Linger makes one, for a checkout that asks Linger; `static`: the text in `code`.',
      }),
    ),
    uses: z.exactOptional(
      z.int().min(1).max(1_000_000).meta({
        description:
          'How many orders may use the code (default 1). Of a `static` one, all orders together, without end unless a number is given.',
      }),
    ),
    binding: z.exactOptional(
      z.enum(CODE_BINDINGS).meta({
        description:
          '`loose` (default): whoever has the code; `strict`: only the address it was given to, anybody else gets 403 `code_bound`. Not for `platform`, whose codes are made before anybody is known.',
      }),
    ),
    onRefund: z.exactOptional(
      z.enum(CODE_REFUNDS).meta({
        description:
          'When its order is refunded or cancelled: `reopen` (default): it is good again unless it has expired; `void`: it stays used. Codes of `platform` stay used: their checkout counts by itself.',
      }),
    ),
  })
  .superRefine((plan, context) => {
    for (const { path, message } of planProblems(plan)) context.addIssue({ code: 'custom', path: [path], message });
  }) satisfies z.ZodType<CodePlan>;

/** Which modes each field means something for. */
const MEANT_FOR: Partial<Record<keyof CodePlan, readonly CodePlan['mode'][]>> = {
  pool: ['pool'],
  platform: ['platform'],
  ahead: ['platform'],
  fallback: ['pool', 'platform'],
};

function planProblems(plan: CodePlan): { path: keyof CodePlan; message: string }[] {
  const problems: { path: keyof CodePlan; message: string }[] = [];
  for (const [path, modes] of Object.entries(MEANT_FOR) as [keyof CodePlan, readonly CodePlan['mode'][]][]) {
    if (plan[path] !== undefined && !modes.includes(plan.mode))
      problems.push({ path, message: `means nothing for ${plan.mode}` });
  }
  const told = plan.mode === 'static' || plan.fallback === 'static';
  if (told && plan.code === undefined) problems.push({ path: 'code', message: 'is required: which text is it?' });
  if (!told && plan.code !== undefined) problems.push({ path: 'code', message: `means nothing for ${plan.mode}` });
  if (plan.mode === 'platform' && plan.binding === 'strict')
    problems.push({
      path: 'binding',
      message: `must be loose: ${UNABLE}: a code there is made before anybody is known`,
    });
  if (plan.mode === 'platform' && plan.onRefund === 'reopen')
    problems.push({
      path: 'onRefund',
      message: `must be void: ${UNABLE}: it counts uses by itself, and takes none back`,
    });
  return problems;
}

const UNABLE = 'the shop’s platform can’t do that';

type OfferField = 'kind' | 'tiers' | 'on' | 'exclude';

/** What the codes of this plan can't carry. A platform's checkout must be able to give the offer by itself. */
export function offerProblemOf(
  { mode, platform, fallback }: CodePlan,
  offer: Offer,
): { path: OfferField; message: string } | null {
  const { kind, tiers, on = 'order' } = offer;
  if (on !== 'order' && (mode === 'static' || fallback === 'static'))
    return { path: 'on', message: 'must be order for a code that many share: each has other things in mind' };
  if (mode !== 'platform') return null;
  const unable = (path: OfferField, why: string) => ({ path, message: `can’t be made in the shop’s platform${why}` });
  if (kind === 'gift') return unable('kind', '');
  if (tiers) return unable('tiers', ': a code there has one value');
  if (on !== 'order') return unable('on', ': a code there is made before anybody has seen anything');
  if (!isForSome(offer)) return null;
  // Shopify can name what a discount is for, not what it isn't; WooCommerce refuses a sum altogether where such a thing is in the cart.
  if (platform !== 'woocommerce')
    return unable(
      'exclude',
      platform ? ': Shopify’s codes leave nothing out' : ': say `code.platform: "woocommerce"`, which alone can',
    );
  return kind === 'percent' ? null : unable('exclude', ' for a sum: WooCommerce would refuse the whole order');
}
