/** Takes out of what a page tells the parameters by which a letter's link brought it here: they are nobody's to keep. */

import type { VisitEvent } from '../../../core/visits/event.ts';

/** The parameter's name: short, and in nobody's way. The widget leaves it out of all addresses but that of the page. */
export const TICKET = 'lgr';

const PARAMETER = new RegExp(`([?&])${TICKET}=([\\w-]*)(&|(?=#|$))`, 'g');
/** The way into a letter's cart. */
const CART = /([?&])linger=restore(?::|%3A)([\w-]*)(&|(?=#|$))/gi;

/** The events with every page's address as it would be without the ticket, and the ticket of the first page that has one. */
export function withoutTicket(events: readonly VisitEvent[]): { events: readonly VisitEvent[]; ticket: string | null } {
  let ticket: string | null = null;
  const plain = events.map((event) => {
    if (event.type !== 'page_view') return event;
    ticket ??= [...event.url.matchAll(PARAMETER)][0]?.[2] ?? null;
    return { ...event, url: without(event.url), referrer: without(event.referrer) };
  });
  return { events: plain, ticket };
}

const without = (url: string): string => cut(cut(url, PARAMETER), CART);

const cut = (url: string, parameter: RegExp): string =>
  url.replace(parameter, (_, before: string, __, after: string) => (after ? before : ''));
