/** What a simulation foretells is what the server then does: random flows, people and events, lived through on a real database. */

import { expect, it } from 'vitest';
import { simulate } from '../../../core/simulation/simulate.ts';
import { line, liveCases } from '../../support/lived-flows.ts';
import { seeded } from '../../support/random.ts';
import { type FlowCase, randomFlowCase } from '../../support/random-flows.ts';

const SEED = Number(process.env.SEED ?? 20_261_124);
const CASES = Number(process.env.CASES ?? 60);
/** Ten days before clocks change in Europe. */
const FROM = Date.UTC(2027, 2, 18);
const UNTIL = FROM + 60 * 86_400_000;

function foretold({ flows, person, events, sending, zone }: FlowCase, id: string): string[] {
  const plan = simulate({
    asked: 'first',
    flows: flows.map((flow) => ({ flow, startsAt: null, endsAt: null })),
    scenario: { person, events },
    id,
    shop: { zone, usual: null, ...sending },
    from: FROM,
    until: UNTIL,
  });
  expect(plan.whole).toBe(true);
  return [
    ...plan.lines.flatMap(({ at, flow, do: deed, what, reason }) => {
      if (deed === 'enter') return [line(at, flow, 'enter')];
      if (deed === 'finish' || deed === 'stop') return [line(at, flow, deed, reason)];
      return deed === 'drop' ? [line(at, flow, `drop ${what}`, reason)] : [];
    }),
    ...plan.letters.map(({ at, flow, place, letter, variant }) =>
      line(at, flow, `send ${place} ${letter} ${variant}`, 'due'),
    ),
  ].sort();
}

it(`foretells what the server does, SEED=${SEED} CASES=${CASES}`, { timeout: 60_000 + CASES * 3_000 }, async () => {
  const random = seeded(SEED);
  const cases = Array.from({ length: CASES }, () => randomFlowCase(random, FROM));
  const lives = await liveCases(cases, { from: FROM, until: UNTIL });
  const wrong = lives.flatMap(({ id, lines }, index) => {
    const one = cases[index] as FlowCase;
    const plan = foretold(one, id);
    if (plan.join('\n') === lines.join('\n')) return [];
    const missing = lines.filter((lived) => !plan.includes(lived));
    const tooMuch = plan.filter((told) => !lines.includes(told));
    return [{ case: index, livedOnly: missing, foretoldOnly: tooMuch, of: JSON.stringify(one) }];
  });
  expect(wrong.slice(0, 3)).toEqual([]);
  const letters = lives.flatMap(({ lines }) => lines.filter((one) => one.includes(' send ')));
  expect(letters.length).toBeGreaterThan(CASES / 3);
});
