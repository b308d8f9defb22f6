/** Products in a page's JSON-LD (schema.org), however it is nested and however badly it is written. Reads text, touches no page. */

import { priceOf } from '../../core/values/price.ts';
import { isRaw, listOf, type Raw, type Reading, readingOf, sameProduct } from './reading.ts';
import { pageUrl, samePage } from './url.ts';

export interface StructuredProduct extends Reading {
  /** Every address the product is given: `url`, `@id`, its offers'. */
  urls: string[];
}

/** The one product that the page is about, or null where it is about none, or about several. The last address is the one the visitor sees. */
export function mainProduct(
  texts: readonly string[],
  base: string,
  addresses: readonly string[],
): StructuredProduct | null {
  const products = texts
    // Most blocks are of breadcrumbs and of the firm: not worth their parsing.
    .filter((text) => text.includes('Product'))
    .flatMap((text) => topNodes(parsed(text)))
    .filter(isProduct)
    .map((node) => product(node, base, addresses[addresses.length - 1] ?? base));
  const here = products.filter(({ urls }) => urls.some((url) => addresses.some((address) => samePage(url, address))));
  const candidates = here.length ? here : products;
  const first = candidates[0];
  // A theme and a plugin often describe the same product, one block each.
  if (!first || candidates.some((other) => !sameProduct(first, other))) return null;
  let whole = first;
  for (const other of candidates.slice(1)) whole = filled(whole, other);
  return whole;
}

/** Whether the blocks list things: a collection's page, and no product's. */
export const isList = (texts: readonly string[]): boolean =>
  texts.some((text) => /"(ItemList|CollectionPage|SearchResultsPage|OfferCatalog)"/.test(text));

const filled = (one: StructuredProduct, other: StructuredProduct): StructuredProduct => ({
  ...one,
  ...(one.price === null ? { price: other.price, currency: other.currency } : {}),
  id: one.id ?? other.id,
  regular: one.regular ?? other.regular,
  image: one.image ?? other.image,
  category: one.category ?? other.category,
  available: one.available ?? other.available,
  urls: [...one.urls, ...other.urls],
});

const isProduct = (node: Raw): boolean => typed(node, /^(Product|ProductGroup|IndividualProduct|ProductModel)$/);

const typed = (node: Raw, wanted: RegExp): boolean =>
  listOf(node['@type']).some((type) => wanted.test(String(type).replace(/^.*[/#:]/, '')));

function product(node: Raw, base: string, address: string): StructuredProduct {
  const variants = listOf(node.hasVariant).filter(isRaw);
  const own = offersOf(node);
  const offers = own.length
    ? own
    : variants.flatMap((variant) => offersOf(variant).map((offer): Raw => ({ url: variant.url, ...offer })));
  // A shop that gives each variant an address of its own says which one is chosen.
  const chosen = offers.filter(({ url }) => samePage(pageUrl(url, base) ?? '', address));
  const offered = chosen.length ? chosen : offers;
  const priced = offers.map(pricing).filter(({ price }) => price !== null);
  const best = offered
    .map(pricing)
    .filter(({ price }) => price !== null)
    .sort((a, b) => (a.price ?? 0) - (b.price ?? 0))[0];
  const stock = offered.map((offer) => inStock(offer.availability));
  const reading = readingOf(
    {
      id: node.productID ?? node.sku ?? node.productGroupID ?? (offers.length === 1 ? offers[0]?.sku : null),
      title: node.name,
      ...best,
      variants: [...priced.map(({ price }) => price), ...offers.map(({ highPrice }) => highPrice)],
      url: null,
      image: null,
      category: isRaw(node.category) ? node.category.name : node.category,
      available: stock.includes(true) ? true : stock.length && stock.every((one) => one === false) ? false : null,
    },
    base,
  );
  const images = listOf(node.image).map((image) => (isRaw(image) ? (image.url ?? image.contentUrl) : image));
  return {
    ...reading,
    image: images.map((image) => readingOf({ image }, base).image).find((image) => image !== null) ?? null,
    urls: [node.url, node['@id'], ...offers.map((offer) => offer.url)].flatMap((url) => pageUrl(url, base) ?? []),
  };
}

/** Offers, those inside an AggregateOffer included; the aggregate itself where it lists none. */
const offersOf = (node: Raw): Raw[] =>
  listOf(node.offers)
    .filter(isRaw)
    .flatMap((offer) => {
      const inner = listOf(offer.offers).filter(isRaw);
      return inner.length ? inner : [offer];
    });

function pricing(offer: Raw): { price: number | null; regular: number | null; currency: unknown } {
  const specified = listOf(offer.priceSpecification).filter(isRaw);
  const regular = specified.find((one) => /ListPrice|Strikethrough|SRP|Regular/i.test(String(one.priceType)));
  const amount = (one: Raw | undefined): number | null => priceOf(one?.price) ?? priceOf(one?.minPrice);
  const current = specified.find((one) => one !== regular && amount(one) !== null);
  return {
    price: priceOf(offer.price) ?? priceOf(offer.lowPrice) ?? amount(current),
    regular: priceOf(regular?.price),
    currency: offer.priceCurrency ?? current?.priceCurrency,
  };
}

function inStock(availability: unknown): boolean | null {
  if (/(InStock|LimitedAvailability|OnlineOnly|PreOrder|PreSale|BackOrder)$/i.test(String(availability))) return true;
  return /(OutOfStock|SoldOut|Discontinued)$/i.test(String(availability)) ? false : null;
}

/** The nodes that a block states of the page itself: its lists of other products are not followed. */
function topNodes(block: unknown, depth = 0): Raw[] {
  if (depth > 4) return [];
  return listOf(block)
    .filter(isRaw)
    .flatMap((node) => [node, ...topNodes(node['@graph'], depth + 1), ...topNodes(node.mainEntity, depth + 1)]);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    try {
      // Comments around the block, line breaks inside texts, commas before a closing bracket.
      const mended = text
        .replace(/<!--|-->|\/\/\s*<!\[CDATA\[|\/\/\s*\]\]>|<!\[CDATA\[|\]\]>/g, '')
        .replace(/\p{Cc}+/gu, ' ')
        .replace(/,(\s*[}\]])/g, '$1');
      // What a comment said of the block, or a semicolon after it, is none of it.
      return JSON.parse(/[[{].*[\]}]/.exec(mended)?.[0] ?? '');
    } catch {
      return null;
    }
  }
}
