import { describe, expect, it } from 'vitest';
import type { Step } from '../../../core/flows/flow.ts';
import { promisedFor } from '../../../core/flows/promised-offer.ts';

const GIFT = { kind: 'percent', value: 10, expiresIn: '30d' } as const;
const ask: Step = { send: 'review-request' };

describe('what a letter promises', () => {
  it.each<[string, Step[], unknown]>([
    [
      'what its answer is given',
      [ask, { waitFor: { event: 'reviewed', timeout: '14d', then: [{ issue: GIFT }] } }],
      GIFT,
    ],
    [
      'what comes after the wait that nobody else gets past',
      [ask, { waitFor: { event: 'reviewed', timeout: '14d', else: [{ stop: 'no_review' }] } }, { issue: GIFT }],
      GIFT,
    ],
    [
      'what is given beside other things',
      [ask, { waitFor: { event: 'reviewed', timeout: '14d', then: [{ notify: 'Read it' }, { issue: GIFT }] } }],
      GIFT,
    ],
    ['nothing where nothing is given', [ask, { waitFor: { event: 'reviewed', timeout: '14d', then: [] } }], null],
    [
      'nothing that is given for something else',
      [ask, { waitFor: { event: 'clicked', timeout: '1d' } }, { issue: GIFT }],
      null,
    ],
    [
      'nothing that depends',
      [
        ask,
        {
          waitFor: {
            event: 'reviewed',
            timeout: '14d',
            then: [{ branch: { if: ['orders', '>', 1], then: [{ issue: GIFT }] } }],
          },
        },
      ],
      null,
    ],
    ['nothing where nobody waits', [ask], null],
  ])('is %s', (_name, steps, offer) => {
    expect(promisedFor(steps, 0, 'reviewed')).toEqual(offer);
  });
});
