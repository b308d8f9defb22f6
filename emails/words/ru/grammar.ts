/** Russian turns of phrase that several letters share: plurals, quotes, the offer inside a sentence. */

import type { Told } from '../words.ts';

const plural = new Intl.PluralRules('ru');
export const goods = (count: number): string =>
  `${count} ${{ one: 'товар', few: 'товара', many: 'товаров', other: 'товара', two: 'товара', zero: 'товаров' }[plural.select(count)]}`;

/** A name in «ёлочки»; quotes of its own become „лапки“. */
export const quoted = (name: string): string => `«${name.replace(/[«"“„]([^«»"“”„]*)[»"”“]/g, '„$1“')}»`;

/** The offer inside a sentence: «ваша скидка 10 %». */
export const offer = ({ kind, amount }: Told): string =>
  ({
    percent: `ваша скидка ${amount}`,
    fixed: `ваша скидка ${amount}`,
    shipping: 'ваша бесплатная доставка',
    gift: 'ваш подарок',
    none: '',
  })[kind];

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
export const waits = (told: Told): string => `${offer(told)} ждёт вас${told.day ? ` до ${told.day}` : ''}`;
export const picks = ({ first, count }: Told): string =>
  count > 1 ? `${quoted(first)} и ещё ${goods(count - 1)}` : quoted(first);
