/** Items as pages and servers tell them. */

import { z } from 'zod';
import type { CartLine, Item } from '../../core/catalogue/item.ts';
import { amount, currency, text, webUrl } from './common.ts';

const fields = {
  id: text(200),
  title: z.string().trim().max(500),
  price: amount.nullable().default(null),
  was: z.exactOptional(amount.nullable()),
  currency: currency.nullable().default(null),
  url: webUrl(),
  image: z.exactOptional(webUrl().nullable()),
  category: z.exactOptional(z.string().max(200).nullable()),
  available: z.exactOptional(z.boolean().nullable()),
};

export const quantity = z.number().positive('must be more than 0').max(1e6);

export const item = z.object(fields).meta({ id: 'Item' }) satisfies z.ZodType<Item>;
export const cartLine = z.object({ ...fields, quantity }).meta({ id: 'CartLine' }) satisfies z.ZodType<CartLine>;
