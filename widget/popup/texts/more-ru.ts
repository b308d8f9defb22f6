/** What the full popup says in Russian beside the plain dialog's words. */

import type { MoreWords } from './built-in.ts';

export const more: MoreWords = {
  words: {
    open: 'Хочу',
    reasonTitle: 'Хорошо. А можно узнать почему?',
    reasonPrice: 'Для меня дорого',
    reasonDelivery: 'Не подходит доставка',
    reasonLooking: 'Пока только смотрю',
    reasonOther: 'Другая причина',
    name: 'Ваше имя',
    phone: 'Ваш телефон',
    birthday: 'Ваш день рождения',
    day: 'День',
    month: 'Месяц',
    year: 'Год',
    optional: 'необязательно',
    invalidName: 'Введите имя: только буквы.',
    invalidPhone: 'Проверьте номер: в нём должно быть от 7 до 15 цифр.',
    invalidBirthday: 'Проверьте дату: такого дня нет.',
    actText: 'Сначала одно маленькое дело. Потом возвращайтесь сюда за обещанным.',
    actLike: 'Поставить лайк в {network}',
    actShare: 'Поделиться в {network}',
    actInvite: 'Позвать друга через {network}',
    actJoin: 'Подписаться на нас в {network}',
    actAny: 'Поделиться ссылкой',
    actCopy: 'Скопировать ссылку',
    actDone: 'Готово, дальше',
    reviews: 'Отзывы покупателей',
    stars: 'Оценка {stars} из 5',
  },
  withFields: {
    consentData: 'Даю согласие на обработку персональных данных, которые указываю здесь.',
    consentOne:
      'Даю согласие на обработку персональных данных, которые указываю здесь, и на письма магазина «{shop}». Отписаться можно в любой момент.',
  },
  offers: {
    percent: { tab: 'Скидка {discount}', toGo: 'Ещё {left} до скидки {discount}', reached: 'Скидка {discount} — ваша' },
    fixed: { tab: 'Скидка {discount}', toGo: 'Ещё {left} до скидки {discount}', reached: 'Скидка {discount} — ваша' },
    shipping: {
      tab: 'Бесплатная доставка',
      toGo: 'Ещё {left} до бесплатной доставки',
      reached: 'Доставка будет бесплатной',
    },
    gift: { tab: 'Вам подарок', toGo: 'Ещё {left} до подарка: {gift}', reached: 'Подарок ваш: {gift}' },
    none: { tab: 'Сохранить для вас', toGo: 'Ещё {left} до {minOrder}', reached: 'Набралось {minOrder}' },
  },
};
