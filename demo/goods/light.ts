/** The lamps and candles of the demo shop. */

import type { Product } from '../product.ts';

export const lightGoods: Product[] = [
  {
    id: 'dome-lamp',
    category: 'light',
    price: 8900,
    available: true,
    rating: 4.9,
    reviews: 87,
    text: {
      en: {
        name: 'Table lamp “Dome”',
        line: 'Warm light that ends where the table does',
        about:
          'A steel dome on an oak foot. The light falls on the page and leaves the rest of the room to the evening. Dims with a turn of the foot.',
        details: [
          ['Height', '38 cm'],
          ['Light', '2,200–2,700 K, dimmable'],
          ['Cord', '2 m, cotton'],
        ],
      },
      ru: {
        name: 'Настольная лампа «Купол»',
        line: 'Тёплый свет, который кончается вместе со столом',
        about:
          'Стальной купол на дубовой ножке. Свет ложится на страницу, а остальную комнату оставляет вечеру. Яркость меняется поворотом ножки.',
        details: [
          ['Высота', '38 см'],
          ['Свет', '2200–2700 К, с регулировкой'],
          ['Провод', '2 м, хлопок'],
        ],
      },
    },
  },
  {
    id: 'beeswax-candles',
    category: 'light',
    price: 1490,
    available: true,
    rating: 4.7,
    reviews: 143,
    text: {
      en: {
        name: 'Three beeswax candles',
        line: 'Nine hours of quiet in each',
        about:
          'Pure beeswax, a cotton wick and nothing else. They burn evenly, hardly drip, and smell of honey only when you come close.',
        details: [
          ['Burning time', '9 hours each'],
          ['Height', '12, 16 and 20 cm'],
          ['Scent', 'Honey, faint'],
        ],
      },
      ru: {
        name: 'Три свечи из пчелиного воска',
        line: 'В каждой — девять часов тишины',
        about:
          'Чистый воск, хлопковый фитиль и больше ничего. Горят ровно, почти не капают и пахнут мёдом, только если подойти близко.',
        details: [
          ['Время горения', 'по 9 часов'],
          ['Высота', '12, 16 и 20 см'],
          ['Запах', 'Мёд, едва слышно'],
        ],
      },
    },
  },
  {
    id: 'porch-lantern',
    category: 'light',
    price: 5490,
    available: true,
    rating: 4.5,
    reviews: 29,
    text: {
      en: {
        name: 'Porch lantern',
        line: 'For a candle that has to meet the wind',
        about:
          'A steel frame and four panes of plain glass. Stands on the step, hangs on a branch, and lets no draught near the flame.',
        details: [
          ['Height', '34 cm'],
          ['Material', 'Steel, glass'],
          ['Fits', 'Candles up to 8 cm wide'],
        ],
      },
      ru: {
        name: 'Фонарь для крыльца',
        line: 'Для свечи, которой стоять на ветру',
        about:
          'Стальная рама и четыре простых стекла. Стоит на ступеньке, висит на ветке и не подпускает сквозняк к огню.',
        details: [
          ['Высота', '34 см'],
          ['Материал', 'Сталь, стекло'],
          ['Подходит', 'Для свечей до 8 см'],
        ],
      },
    },
  },
  {
    id: 'paper-star',
    category: 'light',
    price: 2190,
    available: false,
    rating: 4.8,
    reviews: 56,
    text: {
      en: {
        name: 'Paper star for the window',
        line: 'Folded by hand, back in December',
        about:
          'Seven points of thick paper around a small warm bulb. It folds flat after the holidays and waits for the next ones in an envelope.',
        details: [
          ['Width', '60 cm'],
          ['Light', 'LED, included'],
          ['Cord', '3.5 m with a switch'],
        ],
      },
      ru: {
        name: 'Бумажная звезда в окно',
        line: 'Сложена вручную, вернётся в декабре',
        about:
          'Семь лучей из плотной бумаги вокруг маленькой тёплой лампы. После праздников складывается и ждёт следующих в конверте.',
        details: [
          ['Ширина', '60 см'],
          ['Свет', 'Светодиод, в комплекте'],
          ['Провод', '3,5 м, с выключателем'],
        ],
      },
    },
  },
];
