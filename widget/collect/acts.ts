/** The few listeners that every page has of ours before anyone reads it, and that whoever reads it shares: whether somebody is here, and does something. */

/** What comes many times a second is heard once a second: each hearing costs the page. */
export const DEAF_MS = 1_000;
const STREAMS = ['pointermove', 'scroll', 'wheel'] as const;
const ACTS = ['pointerdown', 'keydown', 'click'] as const;

/** `report` must not throw. */
export function onActs(report: (event: Event) => void): void {
  const moved = (event: Event): void => {
    // Carousels scroll by themselves; a finger that scrolls one is told by its press.
    if (event.type === 'scroll' && event.target !== document) return;
    for (const type of STREAMS) removeEventListener(type, moved, true);
    setTimeout(listen, DEAF_MS);
    report(event);
  };
  const listen = (): void => {
    for (const type of STREAMS) addEventListener(type, moved, true);
  };
  listen();
  for (const type of ACTS) addEventListener(type, report, true);
}
