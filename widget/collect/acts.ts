/** The few listeners that every page has of ours before anyone reads it: whether somebody is here, and does something. */

/** What comes many times a second is heard once a second: whoever has stirred is taken as there for half a minute. */
const DEAF_MS = 1_000;
const STREAMS = ['pointermove', 'scroll'] as const;
const ACTS = ['pointerdown', 'keydown', 'click'] as const;

/** `acted` by a press, a key, a click: not everybody who looks at a page does that; `touched` by all else. Neither may throw. */
export function onActs(touched: () => void, acted: (event: Event) => void): void {
  const moved = (): void => {
    for (const type of STREAMS) removeEventListener(type, moved, true);
    setTimeout(listen, DEAF_MS);
    touched();
  };
  const listen = (): void => {
    for (const type of STREAMS) addEventListener(type, moved, true);
  };
  listen();
  for (const type of ACTS) addEventListener(type, acted, true);
}
