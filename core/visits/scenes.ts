/** The moments of a past visit at which a rule could have spoken, with the visit as it was then. */

import type { Moment } from '../rules/rule.ts';
import type { EventType, VisitEvent } from './event.ts';
import { foldVisit, LONGEST_TRAIL, newVisit, type VisitState } from './visit.ts';

export interface Scene {
  at: number;
  visit: VisitState;
}

/** Active time that is told with the leaving itself. */
const TOLD_LATE_MS = 10_000;
/** A visit's first events are told some seconds after its beginning. */
const SLACK_MS = 30_000;
/** What changes no fact but by its place in the trail, which a scene ends at. */
const IDLE: ReadonlySet<EventType> = new Set([
  'begin_checkout',
  'form',
  'exit_intent',
  'offer_shown',
  'offer_withheld',
  'offer_accepted',
  'offer_declined',
  'identify',
  'custom',
]);

/**
 * The scenes as far as the kept state tells them, or null where only the events do: something came after the leaving, a purchase
 * emptied the cart, or the trail has lost its beginning. For `exit` each signal of leaving is a scene; for other moments, of which
 * nothing is kept, the visit's end is.
 */
export function keptScenes(state: VisitState, moment: Moment): Scene[] | null {
  if (state.purchased || state.trail.length >= LONGEST_TRAIL) return null;
  if (moment !== 'exit') return [{ at: state.lastAt, visit: state }];
  const first = state.trail.findIndex(([type]) => type === 'exit_intent');
  const exit = state.trail[first];
  if (!exit) return [];
  const wentOn = state.trail.some(([type], index) => index > first && !IDLE.has(type));
  if (wentOn || state.lastAt - exit[1] > TOLD_LATE_MS) return null;
  return [{ at: exit[1], visit: { ...state, trail: state.trail.slice(0, first + 1) } }];
}

/** The same from the visit's events, in the order they were folded in. A purchase ends the visit for all but `exit`. */
export function foldedScenes(events: readonly VisitEvent[], moment: Moment): Scene[] {
  const [opening] = events;
  if (!opening) return [];
  const scenes: Scene[] = [];
  let visit = newVisit(opening.at);
  for (const event of events) {
    const bought = event.type === 'purchase' && !visit.purchased;
    if (moment !== 'exit' && bought) return [{ at: event.at, visit }];
    visit = foldVisit(visit, event);
    // No more active time than had passed, as the server counts it when it comes in.
    visit.activeMs = Math.min(visit.activeMs, event.at - opening.at + SLACK_MS);
    if (moment === 'exit' && event.type === 'exit_intent') scenes.push({ at: event.at, visit });
  }
  return moment === 'exit' ? scenes : [{ at: visit.lastAt, visit }];
}
