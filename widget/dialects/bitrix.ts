/** 1C-Bitrix: the product that the catalogue's component is started with, and the basket component's rows. */

import { isRaw, listOf, type Raw } from '../collect/reading.ts';
import { byPath } from './by-path.ts';
import type { Dialect, RawCart, Said } from './dialect.ts';
import { readLiteral } from './literal.ts';

function read(): Said {
  const cart = basket();
  const product = element();
  return { kind: cart ? 'cart' : product ? 'product' : 'unknown', product, cart };
}

/** `new JCCatalogElement({…})` stands in a script of its own for each product; a list has `JCCatalogItem`s. */
function element(): Raw | null {
  for (const { textContent } of document.scripts) {
    const text = textContent ?? '';
    const found = /new\s+(?:window\.)?JCCatalogElement\w*\s*\(/.exec(text);
    const settings = found && readLiteral(text, found.index + found[0].length);
    const product = byPath(settings, 'PRODUCT');
    if (isRaw(settings) && isRaw(product)) return productOf(settings, product);
  }
  return null;
}

function productOf(settings: Raw, product: Raw): Raw {
  const offers = listOf(settings.OFFERS).filter(isRaw);
  const offer = offers[Number(settings.OFFER_SELECTED ?? 0)] ?? offers[0] ?? product;
  return {
    id: product.ID,
    title: product.NAME,
    ...priceOf(offer),
    variants: offers.map((one) => priceOf(one).price),
    image: source(offer.DETAIL_PICTURE) ?? source(product.PICT) ?? source(listOf(offer.SLIDER ?? product.SLIDER)[0]),
    available: offer.CAN_BUY,
  };
}

/** Older versions give one PRICE, newer ones a list for quantities. */
function priceOf(offer: Raw): Raw {
  const list = listOf(offer.ITEM_PRICES);
  const newer = list[Number(offer.ITEM_PRICE_SELECTED ?? 0)] ?? list[0];
  if (isRaw(newer)) {
    return { price: newer.PRICE ?? newer.RATIO_PRICE, regular: newer.BASE_PRICE, currency: newer.CURRENCY };
  }
  const older = [offer.PRICE, offer.BASIS_PRICE].find(isRaw) ?? {};
  return { price: older.DISCOUNT_VALUE ?? older.VALUE, regular: older.VALUE, currency: older.CURRENCY };
}

const source = (picture: unknown): unknown => (isRaw(picture) ? picture.SRC : picture || undefined);

function basket(): RawCart | null {
  const component = byPath(window, 'BX', 'Sale', 'BasketComponent');
  const rows = byPath(component, 'result', 'GRID', 'ROWS') ?? byPath(component, 'items');
  if (!isRaw(rows)) return null;
  return {
    items: Object.values(rows)
      .filter(isRaw)
      // What is put by for later is not being bought.
      .filter(({ DELAY }) => DELAY !== 'Y')
      .map((row) => ({
        id: row.PRODUCT_ID,
        title: row.NAME,
        price: row.PRICE,
        regular: row.BASE_PRICE ?? row.FULL_PRICE,
        currency: row.CURRENCY,
        url: row.DETAIL_PAGE_URL,
        image: row.IMAGE_URL ?? row.PREVIEW_PICTURE_SRC ?? row.DETAIL_PICTURE_SRC,
        quantity: row.QUANTITY,
      })),
    value: byPath(component, 'result', 'allSum'),
    currency: byPath(component, 'result', 'CURRENCY'),
  };
}

export const dialect: Dialect = {
  read,
  watch({ tell }) {
    const listen = byPath(window, 'BX', 'addCustomEvent');
    if (typeof listen === 'function') listen('OnBasketChange', () => tell({ cart: basket() }));
  },
};
