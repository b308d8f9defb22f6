/** A feed of any length as a big shop's platform writes it, made as it is read. */

const OFFERS_A_PIECE = 50;
const CATEGORIES = 400;

const HEAD = `<?xml version="1.0" encoding="UTF-8"?>
<yml_catalog date="2026-11-30 10:00"><shop><name>Магазин</name><url>https://shop.example</url>
<currencies><currency id="RUB" rate="1"/></currencies><categories>${Array.from(
  { length: CATEGORIES },
  (_, id) => `<category id="${id + 1}"${id < 20 ? '' : ` parentId="${(id % 20) + 1}"`}>Раздел ${id + 1}</category>`,
).join('')}</categories><offers>`;
const TAIL = '</offers></shop></yml_catalog>';

const offer = (number: number): string => `
<offer id="${100_000 + number}" available="${number % 7 !== 0}" group_id="${50_000 + Math.floor(number / 3)}">
<url>https://shop.example/catalog/${number % CATEGORIES}/item-${number}/?utm_source=market&amp;utm_campaign=${number % 9}</url>
<price>${490 + (number % 9_000)}.00</price><oldprice>${590 + (number % 9_000)}.00</oldprice><currencyId>RUB</currencyId>
<categoryId>${(number % CATEGORIES) + 1}</categoryId><picture>https://shop.example/upload/${number % 1_000}/item-${number}.jpg</picture>
<picture>https://shop.example/upload/${number % 1_000}/item-${number}-2.jpg</picture><vendor>Бренд ${number % 120}</vendor>
<name>Чайник заварочный «Лист» ${number} &amp; подставка</name><count>${number % 40}</count>
<description><![CDATA[<p>Стеклянный чайник объёмом 800 мл с фильтром из нержавеющей стали. Подходит для посудомоечной машины.</p>]]></description>
<param name="Объём" unit="мл">800</param><param name="Материал">стекло</param><weight>0.6</weight></offer>`;

export function generatedFeed(offers: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  let next = 0;
  return new ReadableStream({
    pull(controller) {
      const until = Math.min(next + OFFERS_A_PIECE, offers);
      let text = next === 0 ? HEAD : '';
      for (; next < until; next += 1) text += offer(next);
      if (next === offers) text += TAIL;
      controller.enqueue(encoder.encode(text));
      if (next === offers) controller.close();
    },
  });
}
