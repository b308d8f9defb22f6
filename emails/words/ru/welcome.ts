/** The first three letters to somebody new: who we are, what people choose, how things work. */

import type { LetterWords, Told } from '../words.ts';
import { benefitIn, capital, given, offer, quoted, sentences, until } from './grammar.ts';

const why = ({ shop }: Told): string =>
  `Вы получили это письмо, потому что подписались на письма магазина ${quoted(shop)}.`;

const hello: LetterWords = {
  subject: (told) =>
    told.kind === 'none'
      ? `Вас приветствует магазин ${quoted(told.shop)}`
      : `Добро пожаловать: внутри ${benefitIn(told)}`,
  preheader: ({ kind }) => (kind === 'none' ? 'Рады знакомству.' : 'Рады знакомству. Промокод внутри.'),
  headline: 'Рады знакомству',
  body: ({ shop, ...told }) =>
    sentences(
      `Спасибо, что подписались на письма магазина ${quoted(shop)}.`,
      told.kind !== 'none' && `Для начала дарим вам ${given(told)}${until(told)}.`,
      'Пишем, только когда есть о чём, а темы писем выбираете вы.',
    ),
  button: 'Посмотреть магазин',
  why,
};

const favourites: LetterWords = {
  subject: ({ category, shop }) =>
    category ? `Что выбирают в разделе ${quoted(category)}` : `Что выбирают в магазине ${quoted(shop)}`,
  preheader: 'С чего начать, если вы у нас впервые.',
  headline: 'За этим к нам возвращаются',
  body: ({ because, category }) => {
    if (because !== 'popular') return 'Если не знаете, с чего начать, начните с того, за чем к нам возвращаются.';
    return category
      ? `Вы заглядывали в раздел ${quoted(category)}. Вот что там выбирают чаще всего.`
      : 'Если не знаете, с чего начать: вот что у нас выбирают чаще всего.';
  },
  button: 'Посмотреть любимое',
  why,
};

const howItWorks: LetterWords = {
  subject: (told) =>
    told.day ? 'Перед первым заказом: доставка, возврат, срок промокода' : 'Как выбрать и что будет дальше',
  preheader: ({ day }) => (day ? `Промокод действует до ${day}.` : 'О выборе, доставке и возврате — коротко.'),
  headline: 'Что полезно знать до заказа',
  body: (told) =>
    sentences(
      'Коротко о том, как у нас всё устроено. Если что-то непонятно, спросите: ответит человек.',
      told.kind !== 'none' && `${capital(offer(told))} всё ещё действует${until(told)}.`,
    ),
  button: 'Перейти в магазин',
  why,
};

export const welcome: Record<'welcome-1' | 'welcome-2' | 'welcome-3', LetterWords> = {
  'welcome-1': hello,
  'welcome-2': favourites,
  'welcome-3': howItWorks,
};
