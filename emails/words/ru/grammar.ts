/** Russian turns of phrase that several letters share: plurals, quotes, the offer inside a sentence. */

import type { Told } from '../words.ts';

type Offered = Pick<Told, 'kind' | 'amount'>;

const plural = new Intl.PluralRules('ru');

/** «1 день, 2 дня, 5 дней»: the number with its noun. */
const counted = (count: number, one: string, few: string, many: string): string =>
  `${count} ${{ one, few, many, other: few, two: few, zero: many }[plural.select(count)]}`;

const goods = (count: number): string => counted(count, 'товар', 'товара', 'товаров');
export const days = (count: number): string => counted(count, 'день', 'дня', 'дней');
export const reviews = (count: number): string => counted(count, 'отзыв', 'отзыва', 'отзывов');
/** Whether what is counted is one by its grammar: 1, 21, 101. */
export const isOne = (count: number): boolean => plural.select(count) === 'one';
/** The noun alone, where the number is written elsewhere. */
export const points = (count: number): string => counted(count, 'балл', 'балла', 'баллов').replace(/^\S+ /, '');

/** A name in «ёлочки»; quotes of its own become „лапки“. */
export const quoted = (name: string): string => `«${name.replace(/[«"“„]([^«»"“”„]*)[»"”“]/g, '„$1“')}»`;

/** The offer inside a sentence: «ваша скидка 10 %». */
export const offer = ({ kind, amount }: Offered): string =>
  ({
    percent: `ваша скидка ${amount}`,
    fixed: `ваша скидка ${amount}`,
    shipping: 'ваша бесплатная доставка',
    gift: 'ваш подарок',
    none: '',
  })[kind];

/** The offer where it stands alone: «скидка 10 %», and a gift by its own name. */
export const benefitIn = ({ kind, amount }: Offered): string =>
  ({
    percent: `скидка ${amount}`,
    fixed: `скидка ${amount}`,
    shipping: 'бесплатная доставка',
    gift: amount ? `подарок (${amount})` : 'подарок',
    none: '',
  })[kind];

/** The same as what is given: «дарим скидку 10 %». */
export const given = (told: Offered): string =>
  benefitIn(told)
    .replace(/^скидка/, 'скидку')
    .replace(/^бесплатная доставка/, 'бесплатную доставку');

/** The end of the code as the end of a sentence; nothing where it has none. */
export const until = ({ day }: Pick<Told, 'day'>): string => (day ? ` до ${day}` : '');

/** Sentences one after the other; those with nothing to say leave no gap. */
export const sentences = (...said: (string | false | null)[]): string => said.filter(Boolean).join(' ');

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
export const waits = (told: Told): string => `${offer(told)} ждёт вас${until(told)}`;
export const picks = ({ first, count }: Told): string =>
  count > 1 ? `${quoted(first)} и ещё ${goods(count - 1)}` : quoted(first);
