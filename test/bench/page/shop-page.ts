/** A shop's list of sixty things as shops build them: menu, filters, cards with prices and swatches, structured data, one push to analytics. */

import { seeded } from '../../support/random.ts';

export interface Thing {
  id: string;
  title: string;
  price: number;
  was: number | null;
  image: string;
  url: string;
  rating: number;
  reviews: number;
}

export const THINGS = 60;
const KINDS = ['Teapot', 'Cup', 'Throw', 'Lamp', 'Vase', 'Bowl', 'Cushion', 'Candle', 'Tray', 'Stool'];
const MATERIALS = ['Linen', 'Oak', 'Stoneware', 'Brass', 'Wool', 'Ash', 'Glass', 'Rattan', 'Marble', 'Cotton'];
const COLOURS = ['Moss', 'Sand', 'Ink', 'Clay', 'Chalk', 'Rust'];
const FILTERS = ['Material', 'Colour', 'Room', 'Price', 'Maker', 'Delivery'];

export function thingsOf(seed: number): Thing[] {
  const random = seeded(seed);
  return Array.from({ length: THINGS }, (_, index) => {
    const title = `${random.pick(MATERIALS)} ${random.pick(KINDS).toLowerCase()}, ${random.pick(COLOURS).toLowerCase()}`;
    const price = random.int(900, 24_900) / 100;
    return {
      id: `A${1_000 + index}`,
      title,
      price,
      was: random.chance(0.3) ? Math.round(price * 130) / 100 : null,
      image: `/media/${index}.png`,
      url: `/things/${title.toLowerCase().replace(/\W+/g, '-')}-${index}`,
      rating: random.int(30, 50) / 10,
      reviews: random.int(0, 240),
    };
  });
}

/** `tag` is what the shop pasted before `</head>`. */
export const shopPage = (things: readonly Thing[], origin: string, tag: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>For the table and around it | Maple &amp; Linen</title>
<link rel="canonical" href="${origin}/collections/table">
<meta property="og:title" content="For the table and around it">
<meta property="og:type" content="website">
<style>${CSS}</style>
<script type="application/ld+json">${JSON.stringify(structured(things, origin))}</script>
<script>
window.dataLayer = window.dataLayer || [];
dataLayer.push(${JSON.stringify({ event: 'view_item_list', ecommerce: { currency: 'EUR', items: things.map(layerItem) } })});
</script>
${tag}
</head>
<body>
<header class="top"><a class="logo" href="/">Maple &amp; Linen</a>
<nav>${KINDS.map((kind) => `<a href="/collections/${kind.toLowerCase()}">${kind}s</a>`).join('')}</nav>
<form action="/search"><input name="q" type="search" aria-label="Search" placeholder="Search"></form>
<a class="cart" href="/cart">Cart <b>3</b></a></header>
<main><h1>For the table and around it</h1>
<p class="lead">Things that are made to be used every day, by people who will repair them.</p>
<div class="columns"><aside>${FILTERS.map(filter).join('')}</aside>
<ul class="grid">${things.map(card).join('\n')}</ul></div></main>
<footer>${FILTERS.map((name) => `<div><h3>${name}</h3>${COLOURS.map((one) => `<a href="#">${one}</a>`).join('')}</div>`).join('')}</footer>
</body>
</html>`;

const money = (amount: number): string => `€${amount.toFixed(2)}`;

const card = (thing: Thing, index: number): string => `<li class="card" data-id="${thing.id}">
<a class="picture" href="${thing.url}"><img src="${thing.image}" alt="${thing.title}" width="240" height="300"${index < 8 ? '' : ' loading="lazy"'}></a>
${thing.was ? `<span class="badge">Sale</span>` : ''}
<h2><a href="${thing.url}">${thing.title}</a></h2>
<p class="rating" aria-label="${thing.rating} of 5"><span>${'★'.repeat(Math.round(thing.rating))}</span> (${thing.reviews})</p>
<p class="price">${thing.was ? `<s>${money(thing.was)}</s> ` : ''}<strong>${money(thing.price)}</strong></p>
<ul class="swatches">${COLOURS.map((colour) => `<li><button type="button" class="swatch ${colour.toLowerCase()}" aria-label="${colour}"></button></li>`).join('')}</ul>
<form method="post" action="/cart/add"><input type="hidden" name="id" value="${thing.id}"><button class="add">Add to cart</button></form>
</li>`;

const filter = (name: string): string =>
  `<details open><summary>${name}</summary>${COLOURS.map(
    (one) => `<label><input type="checkbox" name="${name}" value="${one}"> ${one}</label>`,
  ).join('')}</details>`;

const layerItem = ({ id, title, price }: Thing, index: number) => ({
  item_id: id,
  item_name: title,
  price,
  index,
  quantity: 1,
});

const structured = (things: readonly Thing[], origin: string) => ({
  '@context': 'https://schema.org',
  '@graph': [
    { '@type': 'Organization', name: 'Maple & Linen', url: origin },
    {
      '@type': 'BreadcrumbList',
      itemListElement: [{ '@type': 'ListItem', position: 1, name: 'Table', item: `${origin}/collections/table` }],
    },
    {
      '@type': 'ItemList',
      itemListElement: things.map((thing, index) => ({
        '@type': 'ListItem',
        position: index + 1,
        item: {
          '@type': 'Product',
          name: thing.title,
          sku: thing.id,
          url: origin + thing.url,
          image: origin + thing.image,
          offers: { '@type': 'Offer', price: thing.price.toFixed(2), priceCurrency: 'EUR', availability: 'InStock' },
          aggregateRating: { '@type': 'AggregateRating', ratingValue: thing.rating, reviewCount: thing.reviews },
        },
      })),
    },
  ],
});

const CSS = `
*{box-sizing:border-box}body{margin:0;font:16px/1.5 system-ui,sans-serif;color:#222;background:#faf8f5}a{color:inherit;text-decoration:none}
.top{position:sticky;top:0;z-index:5;display:grid;grid-template-columns:180px 1fr 220px 80px;gap:24px;align-items:center;height:76px;padding:16px 32px;background:#fff;border-bottom:1px solid #ddd}
.logo{font-weight:700;font-size:20px}nav{display:flex;gap:16px;min-width:0;overflow:hidden;white-space:nowrap}main{padding:24px 32px}h1{font-size:40px;margin:0}.lead{font-size:20px;color:#555}
.columns{display:grid;grid-template-columns:220px 1fr;gap:32px}aside label{display:block;padding:4px 0;font-size:14px}summary{font-weight:600;padding:8px 0}
.grid{display:grid;align-content:start;grid-template-columns:repeat(auto-fill,minmax(220px,1fr));gap:24px;margin:0;padding:0;list-style:none}
.card{position:relative;padding:12px;border-radius:12px;background:#fff;box-shadow:0 1px 4px rgb(0 0 0/8%)}.card:hover{box-shadow:0 2px 8px rgb(0 0 0/16%)}
.picture img{display:block;width:100%;height:auto;aspect-ratio:4/5;border-radius:8px;object-fit:cover}.card h2{font-size:16px;margin:12px 0 4px}
.badge{position:absolute;top:20px;left:20px;padding:2px 8px;border-radius:9px;background:#b3261e;color:#fff;font-size:12px}.rating{margin:0;color:#a67c00;font-size:14px}.price{margin:4px 0}.price s{color:#888}
.swatches{display:flex;gap:6px;margin:8px 0;padding:0;list-style:none}.swatch{width:20px;height:20px;border:1px solid #0003;border-radius:50%}
.moss{background:#6b7f59}.sand{background:#d8c7a5}.ink{background:#27324a}.clay{background:#b5654a}.chalk{background:#eee}.rust{background:#9c3f1f}
.add{width:100%;min-height:40px;border:0;border-radius:8px;background:#2b5f4e;color:#fff;font:inherit}
footer{display:flex;gap:32px;padding:32px;background:#eee}footer a{display:block;font-size:14px}`;
