/** What is listened to once, however often a page is drawn and read anew: whoever reads it now is the one who hears. */

import { lookAgain, onDataLayer } from './collect/data-layer.ts';
import { layerNames } from './collect/layer-names.ts';
import { onShare } from './collect/share.ts';
import type { Dialect, Said, SeenRequest } from './dialects/dialect.ts';
import { guarded, ignore } from './guard.ts';

export interface Ears {
  /** A dialect has something new to say. */
  said(said: Said): void;
  /** A pixel repeats what was perhaps told already. */
  repeated(entry: unknown): void;
  /** A request has put something into the cart of a shop whose platform doesn't tell what. */
  added(request: SeenRequest): void;
  /** An entry of a data layer that goes by another name. */
  entry(pushed: unknown): void;
  shared(network: string): void;
  /** Something was chosen: another variant, perhaps. */
  chosen(): void;
}

/** Between two pages nobody reads: so many things are kept for the next one. */
const MOST_KEPT = 200;
/** A theme answers a choice in its own turn; some ask their server first. */
const CHOSEN_TAKES_MS = 400;

export interface Hearing {
  /** From now on these ears hear what the document says. Returns a function that takes them off again. */
  listen(ears: Ears): () => void;
  /** Lets these dialects speak too, each once. */
  attend(dialects: readonly Dialect[]): void;
}

export function createHearing(): Hearing {
  let ears: Ears | undefined;
  let begun = false;
  let kept: ((ears: Ears) => void)[] = [];
  const attended = new Set<Dialect['read']>();

  const hear = (act: (ears: Ears) => void): void => {
    if (ears) guarded(act)(ears);
    else kept = [...kept, act].slice(-MOST_KEPT);
  };

  function begin(): void {
    onShare((network) => hear(({ shared }) => shared(network)));
    for (const name of layerNames()) lookAgain(onDataLayer((pushed) => hear(({ entry }) => entry(pushed)), name));
    let timer: ReturnType<typeof setTimeout> | undefined;
    document.addEventListener('change', () => {
      clearTimeout(timer);
      timer = setTimeout(() => ears && guarded(ears.chosen)(), CHOSEN_TAKES_MS);
    });
  }

  return {
    listen(own) {
      ears = own;
      for (const act of kept) hear(act);
      kept = [];
      if (!begun) begin();
      begun = true;
      return () => {
        if (ears === own) ears = undefined;
      };
    },
    attend(dialects) {
      for (const { read, watch } of dialects) {
        if (attended.has(read)) continue;
        attended.add(read);
        guarded(watch ?? ignore)({
          tell: (said: Said) => hear((now) => now.said(said)),
          repeat: (entry) => hear((now) => now.repeated(entry)),
          added: (request) => hear((now) => now.added(request)),
        });
      }
    },
  };
}
