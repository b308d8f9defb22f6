/** The steps `tease` and `reason`, before the question for an address and in its place. */

import type { LeavingReason, PopupText } from '../../core/rules/popup.ts';
import type { View } from './view.ts';

/** Yes or no, before anything is asked for. */
export const Teasing = ({ view: { act, words } }: { view: View }) => (
  <div class="step">
    <button class="accept" type="button" onClick={act.go}>
      {words.say('open')}
    </button>
    <button class="decline" type="button" onClick={act.decline}>
      {words.say('decline')}
    </button>
  </div>
);

const REASONS: [LeavingReason, PopupText][] = [
  ['price', 'reasonPrice'],
  ['delivery', 'reasonDelivery'],
  ['looking', 'reasonLooking'],
  ['other', 'reasonOther'],
];

/** Why not? The no has been taken already: whoever says nothing just closes. */
export const Parting = ({ view: { act, words } }: { view: View }) => (
  <div class="step">
    {REASONS.map(([why, text]) => (
      <button class="choice" type="button" onClick={act.reason(why)} key={why}>
        {words.say(text)}
      </button>
    ))}
  </div>
);
