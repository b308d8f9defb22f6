/** What a flow is doing, in one word. */

export const FLOW_STATES = ['draft', 'scheduled', 'live', 'paused', 'over'] as const;
export type FlowState = (typeof FLOW_STATES)[number];

export interface FlowStateInput {
  enabled: boolean;
  /** ms since the epoch, or null. */
  startsAt: number | null;
  endsAt: number | null;
  /** It was switched on before. */
  launched: boolean;
}

/** `paused`: switched off, with people who stay where they are. `over`: nobody enters any more, who is on the way goes on. */
export function flowState({ enabled, startsAt, endsAt, launched }: FlowStateInput, now: number): FlowState {
  if (endsAt !== null && now >= endsAt) return 'over';
  if (!enabled) return launched ? 'paused' : 'draft';
  return startsAt !== null && now < startsAt ? 'scheduled' : 'live';
}
