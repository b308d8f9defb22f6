/** What the demo shop sells for doing nothing: wool, music and patience. */

import type { Product } from '../product.ts';

export const restGoods: Product[] = [
  {
    id: 'wool-throw',
    category: 'rest',
    price: 7900,
    available: true,
    rating: 4.9,
    reviews: 95,
    text: {
      en: {
        name: 'Wool throw “Field”',
        line: 'Big enough for two and a cat',
        about:
          'Undyed wool in two natural shades, woven loosely so that it warms and still breathes. Softer after the first winter.',
        details: [
          ['Size', '140 × 200 cm'],
          ['Material', 'Wool, undyed'],
          ['Care', 'Air it; wash rarely, cold'],
        ],
      },
      ru: {
        name: 'Шерстяной плед «Поле»',
        line: 'Хватит на двоих и кота',
        about:
          'Некрашеная шерсть двух природных оттенков, сотканная свободно: греет и дышит. После первой зимы станет ещё мягче.',
        details: [
          ['Размер', '140 × 200 см'],
          ['Материал', 'Некрашеная шерсть'],
          ['Уход', 'Проветривать; стирать редко, в холодной воде'],
        ],
      },
    },
  },
  {
    id: 'linen-cushion',
    category: 'rest',
    price: 3290,
    available: true,
    rating: 4.6,
    reviews: 47,
    text: {
      en: {
        name: 'Linen cushion',
        line: 'Buckwheat inside: it remembers your back',
        about:
          'Heavy washed linen filled with buckwheat husk. Take some out or put it back until it is exactly your height.',
        details: [
          ['Size', '50 × 50 cm'],
          ['Cover', 'Linen, comes off'],
          ['Filling', 'Buckwheat husk'],
        ],
      },
      ru: {
        name: 'Льняная подушка',
        line: 'Внутри гречиха: помнит вашу спину',
        about: 'Плотный стираный лён и лузга гречихи. Отсыпьте немного или верните, пока высота не станет точно вашей.',
        details: [
          ['Размер', '50 × 50 см'],
          ['Чехол', 'Лён, съёмный'],
          ['Наполнитель', 'Лузга гречихи'],
        ],
      },
    },
  },
  {
    id: 'record-player',
    category: 'rest',
    price: 24900,
    available: true,
    rating: 4.8,
    reviews: 33,
    text: {
      en: {
        name: 'Record player “Sunday”',
        line: 'One side is twenty minutes of not looking at a screen',
        about:
          'A belt-driven player in an ash case with its own amplifier. Needs a pair of speakers and somebody to turn the record over.',
        details: [
          ['Speeds', '33⅓ and 45 rpm'],
          ['Output', '2 × 20 W'],
          ['Size', '42 × 34 × 12 cm'],
        ],
      },
      ru: {
        name: 'Проигрыватель «Воскресенье»',
        line: 'Одна сторона — двадцать минут без экрана',
        about:
          'Ремённый проигрыватель в ясеневом корпусе со своим усилителем. Нужны пара колонок и кто-нибудь, чтобы перевернуть пластинку.',
        details: [
          ['Скорости', '33⅓ и 45 об/мин'],
          ['Выход', '2 × 20 Вт'],
          ['Размер', '42 × 34 × 12 см'],
        ],
      },
    },
  },
  {
    id: 'sand-glass',
    category: 'rest',
    price: 1990,
    available: true,
    rating: 4.4,
    reviews: 18,
    text: {
      en: {
        name: 'Half-hour sandglass',
        line: 'Until it runs out, nobody needs you',
        about:
          'Blown glass between two rounds of walnut. Turn it over, put the phone away, and let thirty minutes be thirty minutes.',
        details: [
          ['Height', '21 cm'],
          ['Runs for', '30 minutes, give or take one'],
          ['Material', 'Glass, walnut, sand'],
        ],
      },
      ru: {
        name: 'Песочные часы на полчаса',
        line: 'Пока сыплется песок, вас ни для кого нет',
        about:
          'Дутое стекло между двумя кругами ореха. Переверните, уберите телефон, и пусть тридцать минут будут тридцатью минутами.',
        details: [
          ['Высота', '21 см'],
          ['Отмеряют', '30 минут, плюс-минус одна'],
          ['Материал', 'Стекло, орех, песок'],
        ],
      },
    },
  },
];
