import { describe, expect, it } from 'vitest';
import type { Step } from '../../../core/flows/flow.ts';
import { migration } from '../../../core/flows/migration.ts';
import { pathsOf } from '../../../core/flows/places.ts';
import { programOf } from '../../../core/flows/program.ts';
import { seeded } from '../../support/random.ts';
import { randomFlowCase } from '../../support/random-flows.ts';

const FORKED: Step[] = [
  { send: 'offer' },
  {
    branch: {
      if: ['orders', '>', 0],
      then: [{ wait: '1d' }, { send: 'reminder-1' }],
      else: [{ tag: { add: ['new'] } }],
    },
  },
  {
    split: [
      { weight: 1, steps: [] },
      { weight: 2, steps: [{ send: 'reminder-2' }] },
    ],
  },
  { send: 'last-chance' },
];

describe('the paths of places', () => {
  it('name each step, and no jump', () => {
    expect(pathsOf(FORKED)).toEqual([
      'steps.0',
      'steps.1',
      'steps.1.branch.then.0',
      'steps.1.branch.then.1',
      null,
      'steps.1.branch.else.0',
      'steps.2',
      null,
      'steps.2.split.1.steps.0',
      null,
      'steps.3',
    ]);
  });

  it('are as many as the program has places, and are null where it jumps, for any flow', () => {
    const random = seeded(11);
    for (let turn = 0; turn < 300; turn += 1) {
      for (const { steps } of randomFlowCase(random, 0).flows) {
        const jumps = programOf(steps).map((one) => one.do === 'jump');
        expect(pathsOf(steps).map((path) => path === null)).toEqual(jumps);
      }
    }
  });
});

describe('migrating', () => {
  it.each<[string, Step[], Step[], Record<string, string>, number, { path: string; to: number | null }]>([
    ['stays at the step in the same version', FORKED, FORKED, {}, 3, { path: 'steps.1.branch.then.1', to: 3 }],
    [
      'follows a step that moved',
      [{ wait: '1d' }, { send: 'nps' }],
      [{ send: 'offer' }, { wait: '1d' }, { send: 'nps' }],
      {},
      1,
      { path: 'steps.1', to: 2 },
    ],
    ['goes past a jump', FORKED, FORKED, {}, 4, { path: 'steps.2', to: 6 }],
    ['ends where it had ended', [{ send: 'nps' }], [{ send: 'offer' }, { send: 'nps' }], {}, 1, { path: 'end', to: 2 }],
    ['doesn’t know a step that is gone', [{ send: 'nps' }], [{ send: 'offer' }], {}, 0, { path: 'steps.0', to: null }],
    [
      'doesn’t guess which of two is meant',
      [{ send: 'nps' }],
      [{ send: 'nps' }, { send: 'nps' }],
      {},
      0,
      { path: 'steps.0', to: null },
    ],
    [
      'tells two alike apart by their order',
      [{ send: 'nps' }, { send: 'nps' }],
      [{ wait: '1d' }, { send: 'nps' }, { send: 'nps' }],
      {},
      1,
      { path: 'steps.1', to: 2 },
    ],
    [
      'goes where the map says',
      [{ send: 'nps' }],
      [{ send: 'offer' }, { wait: '1d' }],
      { 'steps.0': 'steps.1' },
      0,
      { path: 'steps.0', to: 1 },
    ],
    [
      'ends where the map says so',
      [{ send: 'nps' }],
      [{ send: 'offer' }],
      { 'steps.0': 'end' },
      0,
      { path: 'steps.0', to: 1 },
    ],
  ])('%s', (_title, from, to, map, step, expected) => {
    expect(migration(from, to, map).placeOf(step)).toEqual(expected);
  });
});
