/** Friends: the code that a friend's link brought, and the thanks to who sent it. */

import type { LetterWords, Told } from '../words.ts';
import { quoted } from './grammar.ts';

const use = ({ kind, amount }: Told): string =>
  ({
    percent: `Купить со скидкой ${amount}`,
    fixed: `Купить со скидкой ${amount}`,
    shipping: 'Заказать с бесплатной доставкой',
    gift: 'Заказать с подарком',
    none: 'Посмотреть, что есть',
  })[kind];

const friendLetter: LetterWords = {
  subject: ({ kind, amount, shop }) =>
    ({
      percent: `Друг дарит вам скидку ${amount} в магазине ${quoted(shop)}`,
      fixed: `Друг дарит вам скидку ${amount} в магазине ${quoted(shop)}`,
      shipping: `Друг дарит вам бесплатную доставку: ${quoted(shop)}`,
      gift: `Друг дарит вам подарок от магазина ${quoted(shop)}`,
      none: `Друг советует вам магазин ${quoted(shop)}`,
    })[kind],
  preheader: ({ kind, day }) => {
    if (kind === 'none') return 'Загляните, когда будет удобно.';
    return day ? `На первый заказ, до ${day}.` : 'На первый заказ.';
  },
  headline: 'Рады знакомству',
  body: ({ kind }) =>
    kind === 'none'
      ? 'Ваш друг решил, что вам у нас понравится. Загляните, когда будет удобно.'
      : 'Ваш друг решил, что вам у нас понравится. Этот промокод — на первый заказ: введите его при оформлении и укажите тот же адрес почты, на который пришло письмо.',
  button: use,
};

const rewardLetter: LetterWords = {
  subject: ({ kind, amount }) =>
    ({
      percent: `Ваш друг сделал заказ, а вам — скидка ${amount}`,
      fixed: `Ваш друг сделал заказ, а вам — скидка ${amount}`,
      shipping: 'Ваш друг сделал заказ, а вам — бесплатная доставка',
      gift: 'Ваш друг сделал заказ, а вам — подарок',
      none: 'Ваш друг сделал заказ',
    })[kind],
  preheader: ({ kind, day }) => {
    if (kind === 'none') return 'Спасибо, что рассказали о нас.';
    return day ? `Как и обещали. Промокод действует до ${day}.` : 'Как и обещали: промокод внутри.';
  },
  headline: 'Спасибо, что привели друга',
  body: ({ kind }) =>
    kind === 'none'
      ? 'Друг, которому вы отправили ссылку, сделал у нас первый заказ.'
      : 'Друг, которому вы отправили ссылку, сделал у нас первый заказ. Вот обещанный промокод: введите его при оформлении заказа, когда будет удобно.',
  button: use,
  why: ({ shop }) => `Вы получили это письмо, потому что друг сделал заказ в магазине ${quoted(shop)} по вашей ссылке.`,
};

export const referral: Record<'referral-friend' | 'referral-reward', LetterWords> = {
  'referral-friend': friendLetter,
  'referral-reward': rewardLetter,
};
