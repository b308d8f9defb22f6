/** A page as an answer. It holds the visitor's cart: their browser may keep it for the back button, nobody else may. */

import type { Context } from 'hono';
import type { Html } from './view.ts';

export function show(c: Context, page: Html, status: 200 | 404 | 422 = 200) {
  return c.html(page, status, { 'cache-control': 'private, no-cache' });
}
