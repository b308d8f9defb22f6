/** What is listened to once, however often a page is drawn and read anew: whoever reads it now is the one who hears. */

import { onDataLayer } from './collect/data-layer.ts';
import { layerNames } from './collect/layer-names.ts';
import { watchRequests } from './collect/requests.ts';
import { onShare } from './collect/share.ts';
import type { Dialect, Said, SeenRequest } from './dialects/dialect.ts';
import { guarded } from './guard.ts';

export interface Ears {
  /** A dialect has something new to say. */
  said(said: Said): void;
  /** A request has put something into the cart of a shop whose platform doesn't tell what. */
  added(request: SeenRequest): void;
  /** An entry of a data layer that goes by another name. */
  entry(pushed: unknown): void;
  shared(network: string): void;
}

const ADDING = /(cart|basket|korzina)[/_.-]?(items?[/_-])?add|add[_-]?2?(to)?[_-]?(cart|basket)/i;

const now: { ears?: Ears } = {};

export function listen(dialects: readonly Dialect[], ears: Ears): void {
  const before = now.ears;
  now.ears = ears;
  if (before) return;
  onShare((network) => now.ears?.shared(network));
  for (const name of layerNames()) onDataLayer((pushed) => now.ears?.entry(pushed), name);
  const onRequest = watchRequests();
  const tell = guarded((said: Said) => now.ears?.said(said));
  for (const { watch } of dialects) guarded(() => watch?.({ onRequest, tell }))();
  if (!dialects.some(({ tellsCart }) => tellsCart)) onRequest(ADDING, (request) => now.ears?.added(request));
}
