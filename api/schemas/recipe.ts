/** Recipes as a shop sees them, and flows that begin as one. */

import { z } from 'zod';
import { RECIPES, recipeByKey } from '../../core/recipes/all.ts';
import { LOCALES } from '../../core/values/locale.ts';
import type { ShownRecipe } from '../actions/flows/add-recipe.ts';
import { mergePatch } from '../merge-patch.ts';
import { flowInput } from './flow.ts';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The key of the recipe that a body names, if it does. */
export const recipeNamed = (body: unknown): unknown => (isObject(body) ? body.recipe : undefined);

/** A whole flow, or a recipe with what is to be different. */
export const newFlowInput = z.preprocess((body, context) => {
  if (!isObject(body) || !('recipe' in body)) return body;
  const { recipe: key, ...overrides } = body;
  const recipe = recipeByKey(key);
  if (recipe) return mergePatch({ ...recipe.flow }, overrides);
  const message = `must be one of ${RECIPES.map((one) => one.key).join(', ')}`;
  context.addIssue({ code: 'custom', path: ['recipe'], message });
  return z.NEVER;
}, flowInput);

export const texts = z.object(
  Object.fromEntries(LOCALES.map((locale) => [locale, z.string()])) as Record<string, z.ZodString>,
);

export const recipeAnswer = z
  .object({
    key: z.string(),
    names: texts,
    about: texts,
    needs: z.array(z.string()).meta({ description: 'What must reach Linger before anybody enters.' }),
    flow: z.looseObject({ key: z.string() }).meta({ description: 'What `POST /v1/flows {recipe}` adds.' }),
    segments: z.array(z.looseObject({ key: z.string() })).meta({ description: 'Made with it where there are none.' }),
    scenarios: z.array(z.string()).meta({ description: 'Names of the scenarios that are saved with it.' }),
    added: z.boolean().meta({ description: 'The shop has a flow of this key.' }),
  })
  .meta({ id: 'Recipe' });

export const describeRecipe = ({ segments = [], scenarios, notes: _notes, ...recipe }: ShownRecipe) => ({
  ...recipe,
  segments,
  scenarios: Object.keys(scenarios),
});
