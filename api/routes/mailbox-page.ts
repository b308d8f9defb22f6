/** How the pages behind a letter's links are answered. */

import type { Reader } from '../actions/readers/know-reader.ts';
import type { PageShop } from '../pages/brand.ts';
import { PAGE_HEADERS } from '../pages/layout.ts';
import { brokenLinkPage } from '../pages/unsubscribe.ts';

export const pageAnswers = {
  200: { description: 'A page', mediaType: 'text/html' },
  404: { description: 'Not a link of ours', mediaType: 'text/html' },
};

export const shown = (body: string): Response => new Response(body, { status: 200, headers: PAGE_HEADERS });

export const broken = async (request: Request): Promise<Response> =>
  new Response(await brokenLinkPage(request.headers.get('accept-language')), { status: 404, headers: PAGE_HEADERS });

export const pageShop = ({ shop }: Pick<Reader, 'shop'>): PageShop => ({ name: shop.name, brand: shop.settings.brand });
