/** The tea shelf of the demo shop. */

import type { Product } from '../product.ts';

export const teaGoods: Product[] = [
  {
    id: 'stoneware-teapot',
    category: 'tea',
    price: 4990,
    available: true,
    rating: 4.8,
    reviews: 64,
    text: {
      en: {
        name: 'Stoneware teapot “Moss”',
        line: 'Keeps three cups hot for an hour',
        about:
          'Thick stoneware under a matt moss glaze. The spout pours without a drip and the lid stays where it is, even for the last cup.',
        details: [
          ['Volume', '900 ml'],
          ['Material', 'Stoneware, bamboo handle'],
          ['Care', 'By hand, warm water'],
        ],
      },
      ru: {
        name: 'Чайник «Мох» из каменной керамики',
        line: 'Держит три чашки горячими целый час',
        about:
          'Толстая каменная керамика под матовой глазурью цвета мха. Носик не роняет капель, а крышка не съезжает даже на последней чашке.',
        details: [
          ['Объём', '900 мл'],
          ['Материал', 'Каменная керамика, бамбуковая ручка'],
          ['Уход', 'Вручную, тёплой водой'],
        ],
      },
    },
  },
  {
    id: 'two-cups',
    category: 'tea',
    price: 2490,
    available: true,
    rating: 4.7,
    reviews: 38,
    text: {
      en: {
        name: 'Two cups “Clay”',
        line: 'No handles: made to warm both hands',
        about:
          'A pair of round cups the colour of fired clay. The walls are double, so the tea is hot and the cup is only warm.',
        details: [
          ['Volume', '220 ml each'],
          ['Material', 'Stoneware'],
          ['In the box', '2 cups'],
        ],
      },
      ru: {
        name: 'Две чашки «Глина»',
        line: 'Без ручек — чтобы греть обе ладони',
        about: 'Пара круглых чашек цвета обожжённой глины. Стенки двойные: чай горячий, а чашка только тёплая.',
        details: [
          ['Объём', 'по 220 мл'],
          ['Материал', 'Каменная керамика'],
          ['В коробке', '2 чашки'],
        ],
      },
    },
  },
  {
    id: 'smoked-tea',
    category: 'tea',
    price: 1290,
    available: true,
    rating: 4.6,
    reviews: 112,
    text: {
      en: {
        name: 'Smoked black tea, a tin',
        line: 'Pine smoke, dried pear, a long evening',
        about:
          'Whole leaves dried over pine embers. Smells of a bonfire, tastes softer than it smells, and is happy with a spoon of honey.',
        details: [
          ['Weight', '120 g'],
          ['Steep', '4 minutes at 95 °C'],
          ['Caffeine', 'Medium'],
        ],
      },
      ru: {
        name: 'Копчёный чёрный чай, банка',
        line: 'Сосновый дым, сушёная груша, долгий вечер',
        about:
          'Цельный лист, высушенный над сосновыми углями. Пахнет костром, на вкус мягче, чем на запах, и дружит с ложкой мёда.',
        details: [
          ['Вес', '120 г'],
          ['Заваривать', '4 минуты при 95 °C'],
          ['Кофеин', 'Умеренно'],
        ],
      },
    },
  },
  {
    id: 'oak-tray',
    category: 'tea',
    price: 3690,
    available: true,
    rating: 4.9,
    reviews: 21,
    text: {
      en: {
        name: 'Oak tray',
        line: 'From the kitchen to the armchair in one go',
        about:
          'One piece of oak, oiled and not varnished. The edge is high enough for a careless step, and the cut-outs fit a whole hand.',
        details: [
          ['Size', '42 × 28 cm'],
          ['Material', 'Oak, linseed oil'],
          ['Weight', '1.1 kg'],
        ],
      },
      ru: {
        name: 'Дубовый поднос',
        line: 'С кухни до кресла за один раз',
        about: 'Цельный дуб под маслом, без лака. Бортик выдержит неосторожный шаг, а в прорези помещается вся ладонь.',
        details: [
          ['Размер', '42 × 28 см'],
          ['Материал', 'Дуб, льняное масло'],
          ['Вес', '1,1 кг'],
        ],
      },
    },
  },
];
