/** The event that opens each page. */

import type { EventBody, PageKind } from '../../core/visits/event.ts';

export const pageView = (kind: PageKind): EventBody => ({
  type: 'page_view',
  url: location.href.replace(/#.*/, '').slice(0, 2_000),
  path: location.pathname.slice(0, 1_000),
  title: document.title.trim().slice(0, 200),
  referrer: document.referrer.slice(0, 2_000),
  kind,
});
