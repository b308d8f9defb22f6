/** The step `progress`: what the cart still lacks of the offer's minimum, live. */

import { fromMinor, toMinor } from '../../core/values/money.ts';
import type { View } from './view.ts';

export { onlyTells } from '../../core/rules/popup.ts';
export { css } from './progress.css';

/** Null where there is no minimum, or nobody knows what is in the cart. */
function lacking({ cart, options }: View): number | null {
  const { rule, shop } = options;
  if (cart === null || !rule.offer.minOrder) return null;
  return Math.max(
    0,
    fromMinor(toMinor(rule.offer.minOrder, shop.currency) - toMinor(cart, shop.currency), shop.currency),
  );
}

export function progressText(view: View): string {
  const { money, say } = view.words;
  const lacks = lacking(view);
  if (lacks === null) return '';
  return lacks ? say('toGo', { left: money(lacks, view.options.shop.currency) }) : say('reached');
}

export const Progress = ({ view, heading }: { view: View; heading?: boolean }) => {
  const text = progressText(view);
  return (
    text && (
      <div class="progress">
        {!heading && <p class="name">{text}</p>}
        <progress aria-label={text} max={view.options.rule.offer.minOrder} value={view.cart ?? 0} />
      </div>
    )
  );
};
