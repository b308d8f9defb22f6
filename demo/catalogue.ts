/** Everything the demo shop sells, and how to find it. */

import { lightGoods } from './goods/light.ts';
import { restGoods } from './goods/rest.ts';
import { teaGoods } from './goods/tea.ts';
import { CATEGORIES, type Category, type Product } from './product.ts';

export const PRODUCTS: readonly Product[] = [...teaGoods, ...lightGoods, ...restGoods];

const byId = new Map(PRODUCTS.map((product) => [product.id, product]));

export function findProduct(id: string): Product | undefined {
  return byId.get(id);
}

export function productsOf(category: Category): Product[] {
  return PRODUCTS.filter((product) => product.category === category);
}

export function findCategory(text: string): Category | undefined {
  return CATEGORIES.find((category) => category === text);
}
