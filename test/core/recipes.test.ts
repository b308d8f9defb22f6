import { describe, expect, it } from 'vitest';
import { flowInput } from '../../api/schemas/flow.ts';
import { scenarioInput } from '../../api/schemas/scenario.ts';
import { SCENARIO_KINDS } from '../../core/flows/recipe.ts';
import { RECIPES } from '../../core/recipes/all.ts';
import { unmet } from '../../core/simulation/scenario.ts';
import { planOfRecipe } from '../support/recipe-plans.ts';

const SCENARIOS = RECIPES.flatMap((recipe) =>
  Object.entries(recipe.scenarios).map(([name, scenario]) => ({ key: recipe.key, name, recipe, scenario })),
);

describe('recipes', () => {
  it.each(SCENARIOS)('$key: $name', ({ recipe, scenario }) => {
    const parsed = scenarioInput.parse(scenario);
    const plan = planOfRecipe(recipe.flow, parsed);
    expect(plan.whole).toBe(true);
    // Nothing may be what is expected, but it has to be said.
    expect(parsed.expect).toBeDefined();
    expect({ unmet: unmet(parsed.expect ?? [], plan.lines), plan: plan.lines }).toMatchObject({ unmet: [] });
    // What is expected is all that is sent.
    const sent = plan.letters.filter(({ flow }) => flow === recipe.key).map(({ letter }) => letter);
    expect(sent).toEqual((parsed.expect ?? []).flatMap((line) => (line.do === 'send' ? [line.what] : [])));
  });

  it.each(RECIPES)('$key is a flow as a shop would write it', ({ key, flow }) => {
    expect(flowInput.parse(flow)).toEqual(flow);
    expect(flow).toMatchObject({ key, enabled: true });
  });

  it.each(RECIPES)('$key is told in both languages, in one sentence', ({ names, about, flow }) => {
    expect(flow.name).toBe(names.en);
    expect(names.ru).toMatch(/[а-яё]/i);
    expect(about.en).toMatch(/^[A-Z][^\n]*\.$/);
    expect(about.ru).toMatch(/^[А-ЯЁ][^\n]*\.$/);
  });

  it.each(RECIPES.flatMap((recipe) => SCENARIO_KINDS.map((kind) => ({ recipe, key: recipe.key, kind }))))(
    '$key is tried on: $kind',
    ({ recipe, kind }) => {
      const tried = recipe.tried[kind];
      if (typeof tried === 'string') expect(Object.keys(recipe.scenarios)).toContain(tried);
      else expect(tried.none).toMatch(/^.{10,}$/);
    },
  );

  it('each says what becomes of who had such a letter yesterday', () => {
    for (const { key, tried } of RECIPES)
      expect([key, tried['similar letter yesterday']]).toEqual([key, expect.any(String)]);
  });

  it('no two have one key', () => {
    expect(new Set(RECIPES.map(({ key }) => key)).size).toBe(RECIPES.length);
  });
});
