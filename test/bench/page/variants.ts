/** What is pasted into the shop's page in each of the runs, and how it is known to have settled there. */

import { SITE_KEY } from '../../widget/recorder.ts';
import type { PeerName } from '../peers/scripts.ts';
import type { Thing } from './shop-page.ts';

/** `linger, read`: the same, with a visitor who is there until the page has been read and told of; the other looks around at once, and leaves. */
export type VariantName = 'none' | 'linger' | 'linger, read' | PeerName;

export interface Variant {
  name: VariantName;
  /** Markup before `</head>`. */
  tag: string;
  /** It is there once each of these has been asked for. */
  waitsFor: RegExp[];
  /** What it shows to a visitor who leaves, if it does. */
  shows: string | null;
}

interface Rims {
  /** Where the scripts come from. */
  scripts: string;
  /** Where the shop is. */
  shop: string;
}

/** `carted`: what the visitor has put into the cart. */
export function variantsOf({ scripts, shop }: Rims, carted: readonly Thing[]): Variant[] {
  const items = carted.map(({ id, title, price, image, url }) => ({
    id,
    title,
    price,
    currency: 'EUR',
    image: shop + image,
    url: shop + url,
    quantity: 1,
  }));
  const value = items.reduce((sum, { price }) => sum + price, 0);
  const cart = JSON.stringify({ items, value, currency: 'EUR' });
  const tag = `<script>window.linger = window.linger || function () { (linger.q = linger.q || []).push(arguments) }; linger('cart', ${cart})</script>
<script async src="${scripts}/l.js?shop=${SITE_KEY}" data-shop="${SITE_KEY}"></script>`;
  return [
    { name: 'none', tag: '', waitsFor: [], shows: null },
    { name: 'linger', tag, waitsFor: [/^\/l\.js/], shows: 'linger-popup' },
    {
      name: 'linger, read',
      tag,
      waitsFor: [/^\/v1\/visits/, /^\/watch-/],
      shows: 'linger-popup',
    },
    {
      name: 'bare Preact popup',
      tag: `<script>window.things = ${JSON.stringify(items)}</script>
<script async src="${scripts}/bare-popup.js"></script>`,
      waitsFor: [/^\/bare-popup/],
      shows: 'bare-popup',
    },
    {
      name: 'ouibounce',
      tag: `<style>#leaving { display: none; position: fixed; inset: 25% 30%; background: #fff }</style>
<script async src="${scripts}/ouibounce.min.js" onload="ouibounceReady()"></script>
<script>function ouibounceReady() {
  const box = document.createElement('div');
  box.id = 'leaving';
  box.textContent = '10% off what caught your eye';
  document.body.append(box);
  ouibounce(box, { aggressive: true, timer: 0, delay: 350 });
}</script>`,
      waitsFor: [/^\/ouibounce/],
      shows: null,
    },
    {
      name: 'plausible',
      // Without the word it keeps silent in a browser that a program drives.
      tag: `<script>window.__plausible = true</script>
<script async src="${scripts}/plausible.js"></script>`,
      waitsFor: [/^\/api\/event/],
      shows: null,
    },
    {
      name: 'posthog with surveys',
      // As its snippet leaves it; it too would keep silent before a program.
      tag: `<script>
window.posthog = Object.assign([], { __SV: 1, _i: [['phc_bench', {
  api_host: '${scripts}', ui_host: '${scripts}', person_profiles: 'identified_only',
  disable_session_recording: true, opt_out_useragent_filter: true }, 'posthog']] });
</script>
<script async src="${scripts}/static/array.js"></script>`,
      waitsFor: [/^\/static\/.*surveys\.js/, /^\/api\/surveys/],
      shows: null,
    },
  ];
}
