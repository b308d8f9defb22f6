/** How an order stands: what happened, what comes next, and nothing to sell. */

import type { LetterWords, Told } from '../words.ts';
import { quoted, sentences } from './grammar.ts';

const why = ({ shop }: Told): string => `Вы получили это письмо, потому что сделали заказ в магазине ${quoted(shop)}.`;

/** «заказ № 1042», or «ваш заказ» where the number is not known. */
const named = ({ order }: Told): string => (order?.number ? `заказ № ${order.number}` : 'ваш заказ');
const titled = (told: Told, state: string): string => {
  const name = named(told);
  return `${name.charAt(0).toUpperCase()}${name.slice(1)} ${state}`;
};

const arrival = ({ order }: Told): string | null => (order?.delivery ? `Планируем доставить ${order.delivery}.` : null);

const placed: LetterWords = {
  subject: (told) => titled(told, 'принят'),
  preheader: ({ shop }) => `Спасибо за заказ в магазине ${quoted(shop)}.`,
  headline: 'Спасибо, заказ принят',
  body: (told) =>
    sentences(
      `Мы получили ${named(told)} и уже занимаемся им.`,
      arrival(told),
      told.order && 'Проверьте, всё ли верно.',
    ),
  why,
};

const awaitingPayment: LetterWords = {
  subject: (told) => titled(told, 'ждёт оплаты'),
  preheader: ({ order }) => (order?.payDay ? `Держим его для вас до ${order.payDay}.` : 'Остался один шаг.'),
  headline: 'Остался один шаг: оплата',
  body: (told) => {
    const { order } = told;
    return sentences(
      order?.due ? `За ${named(told)} осталось заплатить ${order.due}.` : `Оплата за ${named(told)} ещё не поступила.`,
      order?.payDay
        ? `Мы держим его для вас до ${order.payDay}. Если оплата до этого не поступит, заказ отменится, и платить будет не нужно.`
        : 'Как только она придёт, мы продолжим.',
    );
  },
  button: ({ order }) => (order?.due ? `Оплатить ${order.due}` : 'Оплатить'),
  after: 'Если вы уже заплатили, ничего делать не нужно: иногда платёж идёт до суток.',
  why,
};

const paid: LetterWords = {
  subject: (told) => titled(told, 'оплачен'),
  preheader: 'Спасибо. Дальше дело за нами.',
  headline: 'Оплата поступила',
  body: (told) => sentences(`Спасибо. ${titled(told, 'оплачен и скоро будет собран')}.`, arrival(told)),
  why,
};

const shipped: LetterWords = {
  subject: (told) => titled(told, 'в пути'),
  preheader: ({ order }) => (order?.delivery ? `Планируем доставить ${order.delivery}.` : 'Посылка выехала к вам.'),
  headline: 'Посылка в пути',
  body: (told) => sentences(`Мы передали ${named(told)} в доставку.`, arrival(told)),
  button: 'Где посылка',
  why,
};

const delayed: LetterWords = {
  subject: (told) => titled(told, 'задерживается'),
  preheader: ({ order }) => (order?.delayedDay ? `Новая дата: ${order.delayedDay}.` : 'Просим прощения за ожидание.'),
  headline: 'Заказ задерживается. Простите нас',
  body: (told) =>
    sentences(
      `Мы не успеваем доставить ${named(told)} к обещанному дню.`,
      told.order?.delayedDay ? `Новая дата: ${told.order.delayedDay}.` : 'Напишем, как только узнаем новую дату.',
    ),
  button: 'Где посылка',
  after: ({ order }) =>
    order?.delayedDay
      ? 'Если новый срок вам не подходит, скажите: найдём другой выход.'
      : 'Если ждать не получится, скажите: найдём другой выход.',
  why,
};

const delivered: LetterWords = {
  subject: (told) => titled(told, 'доставлен'),
  preheader: 'Надеемся, всё в порядке.',
  headline: 'Заказ доставлен',
  body: (told) =>
    `Служба доставки сообщила, что ${named(told)} у вас. Если чего-то не хватает или что-то повреждено, скажите: исправим.`,
  why,
};

const cancelled: LetterWords = {
  subject: (told) => titled(told, 'отменён'),
  preheader: 'Платить больше ничего не нужно.',
  headline: 'Заказ отменён',
  body: (told) =>
    `Мы отменили ${named(told)}. Платить больше ничего не нужно. Если вы уже заплатили, деньги вернутся тем же путём.`,
  after: 'Отменили по ошибке? Скажите, и мы оформим заказ заново.',
  why,
};

const refunded: LetterWords = {
  subject: (told) => (told.order?.number ? `Возврат за заказ № ${told.order.number}` : 'Возврат за ваш заказ'),
  preheader: 'Деньги уже отправлены вам.',
  headline: 'Деньги возвращаются к вам',
  body: (told) =>
    `Мы оформили возврат за ${named(told)}${told.order?.refunded ? `: ${told.order.refunded}` : ''}. Деньги придут тем же путём, каким вы платили; обычно банку нужно несколько рабочих дней.`,
  why,
};

export const orders: Record<
  | 'order-placed'
  | 'order-awaiting-payment'
  | 'order-paid'
  | 'order-shipped'
  | 'order-delayed'
  | 'order-delivered'
  | 'order-cancelled'
  | 'order-refunded',
  LetterWords
> = {
  'order-placed': placed,
  'order-awaiting-payment': awaitingPayment,
  'order-paid': paid,
  'order-shipped': shipped,
  'order-delayed': delayed,
  'order-delivered': delivered,
  'order-cancelled': cancelled,
  'order-refunded': refunded,
};
