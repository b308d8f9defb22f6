/** Flows: the chains of letters. */

import { recipeByKey } from '../../core/recipes/all.ts';
import { showRecipes } from '../actions/flows/add-recipe.ts';
import { changeFlow, createFlow, removeFlow, showFlow, showFlows } from '../actions/flows/change-flow.ts';
import { endpoint } from '../http/endpoint.ts';
import { Problem } from '../problem.ts';
import { describeFlow, flowAnswer } from '../schemas/answers.ts';
import { listOf } from '../schemas/common.ts';
import { patchBody } from '../schemas/patch.ts';
import { describeRecipe, newFlowInput, recipeAnswer, recipeNamed } from '../schemas/recipe.ts';
import { changedFlowAnswer, describeChange } from '../schemas/scenario.ts';

const tag = 'Flows';

export const flowRoutes = [
  endpoint(
    {
      method: 'get',
      path: '/v1/flows/recipes',
      access: 'shop',
      tag,
      summary: 'Flows that are ready to switch on',
      description: 'Each with its names and what it does in English and Russian, what it needs to hear, and its flow.',
      answers: { 200: { description: 'The recipes', schema: listOf(recipeAnswer) } },
      problems: ['unauthorized'],
    },
    async ({ deps, shop }) => {
      const recipes = await showRecipes(deps, shop.id);
      return { status: 200, body: { data: recipes.map(describeRecipe), next: null } };
    },
  ),
  endpoint(
    {
      method: 'get',
      path: '/v1/flows',
      access: 'shop',
      tag,
      summary: 'All flows',
      answers: { 200: { description: 'The flows by key', schema: listOf(flowAnswer) } },
      problems: ['unauthorized'],
    },
    async ({ deps, shop }) => {
      const flows = await showFlows(deps, shop.id);
      return { status: 200, body: { data: flows.map(describeFlow), next: null } };
    },
  ),
  endpoint(
    {
      method: 'post',
      path: '/v1/flows',
      access: 'shop',
      tag,
      summary: 'Add a flow',
      description:
        'A flow runs for a contact from the event of its `entry` until its last step or one of `stopOn`. `{"recipe": "abandoned-cart"}` adds one that is ready (`GET /v1/flows/recipes`), with its scenarios; whatever else the body has is laid over it as a merge patch.',
      body: newFlowInput,
      example: {
        key: 'short-reminder',
        name: 'Two letters',
        steps: [{ send: 'offer' }, { wait: '2d', until: '10:00' }, { send: 'last-chance' }],
      },
      answers: { 201: { description: 'The flow with its defaults', schema: flowAnswer } },
      problems: ['unauthorized', 'invalid_json', 'too_large', 'invalid', 'exists', 'free_mail_sender'],
    },
    async ({ deps, shop, body, text }) => {
      const recipe = recipeByKey(recipeNamed(JSON.parse(text)));
      return { status: 201, body: describeFlow(await createFlow(deps, shop, body, recipe)) };
    },
  ),
  endpoint(
    {
      method: 'get',
      path: '/v1/flows/:key',
      access: 'shop',
      tag,
      summary: 'One flow',
      answers: { 200: { description: 'The flow', schema: flowAnswer } },
      problems: ['unauthorized', 'not_found'],
    },
    async ({ deps, shop, params }) => {
      const flow = await showFlow(deps, shop.id, params.key ?? '');
      if (!flow) throw new Problem('not_found');
      return { status: 200, body: describeFlow(flow) };
    },
  ),
  endpoint(
    {
      method: 'patch',
      path: '/v1/flows/:key',
      access: 'shop',
      tag,
      summary: 'Change a flow',
      description:
        'JSON Merge Patch (RFC 7396); lists are replaced whole. People who are on their way stay on the version they began with. Switched off, everybody stays where they are. Every scenario of the flow is run; `changed` lists those whose plan is another now.',
      body: patchBody,
      example: { enabled: false },
      answers: { 200: { description: 'The flow as it is now, and which plans it changed', schema: changedFlowAnswer } },
      problems: ['unauthorized', 'not_found', 'invalid_json', 'too_large', 'invalid', 'free_mail_sender'],
    },
    async ({ deps, shop, params, body }) => {
      const saved = await changeFlow(deps, shop, params.key ?? '', body);
      if (!saved) throw new Problem('not_found');
      return { status: 200, body: { ...describeFlow(saved.flow), changed: saved.changed.map(describeChange) } };
    },
  ),
  endpoint(
    {
      method: 'delete',
      path: '/v1/flows/:key',
      access: 'shop',
      tag,
      summary: 'Remove a flow',
      description:
        'Refused while a rule names it. Who is on the way stops, with the reason `flow_deleted`; its scenarios go with it.',
      answers: { 204: { description: 'Gone' } },
      problems: ['unauthorized', 'not_found', 'in_use'],
    },
    async ({ deps, shop, params }) => {
      if (!(await removeFlow(deps, shop.id, params.key ?? ''))) throw new Problem('not_found');
      return { status: 204 };
    },
  ),
];
