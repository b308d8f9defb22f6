/** Flows before and while they run: simulated, with scenarios that guard them, replayed over the past, switched on, moved to a new version. */

import { flowByKey } from '../../db/flows.ts';
import { deleteScenario, scenarioByName, scenariosOf } from '../../db/scenarios.ts';
import { migrateFlow } from '../actions/flows/migrate-flow.ts';
import { simulateFlow } from '../actions/flows/simulate-flow.ts';
import { describeStored, putScenario } from '../actions/flows/try-scenarios.ts';
import { endpoint } from '../http/endpoint.ts';
import { Problem } from '../problem.ts';
import { listOf } from '../schemas/common.ts';
import { migrationAnswer, migrationInput } from '../schemas/migration.ts';
import {
  describeScenario,
  describeSimulation,
  scenarioAnswer,
  scenarioInput,
  simulateInput,
  simulationAnswer,
} from '../schemas/scenario.ts';

const tag = 'Flows';

const TEAPOT = { id: 'teapot', title: 'Teapot', price: 42, currency: 'EUR', url: 'https://shop.example/teapot' };

const EXAMPLE = {
  person: { name: 'Ann', timezone: 'Europe/Berlin' },
  events: [
    {
      at: '2026-11-20T18:30:00Z',
      on: 'offer_accepted',
      offer: { kind: 'percent', value: 10, expiresIn: '7d' },
      items: [TEAPOT],
    },
    { at: '2026-11-23T20:00:00Z', on: 'redeemed' },
  ],
};

export const flowTrialRoutes = [
  endpoint(
    {
      method: 'post',
      path: '/v1/flows/:key/simulate',
      access: 'shop',
      reads: true,
      tag,
      summary: 'What a flow would do to a person',
      description:
        'Runs a made-up person and what happens to them through the engine that decides live, under a clock of its own: waits, branches, splits, quiet hours, the daily cap, stops and expiry, each step and each step not taken with its reason, and the letters as they would leave. Nothing is written, nothing is sent. The flow counts as switched on, nobody is held out, and the shop’s pace and warm-up are left aside. `flow` tries a change, or a flow that isn’t saved.',
      body: simulateInput,
      example: EXAMPLE,
      answers: { 200: { description: 'The dated plan and its letters', schema: simulationAnswer } },
      problems: ['unauthorized', 'not_found', 'invalid_json', 'too_large', 'invalid'],
    },
    async ({ deps, shop, params, body }) => {
      const simulated = await simulateFlow(deps, shop, params.key ?? '', body);
      if (!simulated) throw new Problem('not_found');
      return { status: 200, body: describeSimulation(simulated) };
    },
  ),
  endpoint(
    {
      method: 'get',
      path: '/v1/flows/:key/scenarios',
      access: 'shop',
      tag,
      summary: 'The scenarios of a flow',
      answers: { 200: { description: 'By name', schema: listOf(scenarioAnswer) } },
      problems: ['unauthorized', 'not_found'],
    },
    async ({ deps, shop, params }) => {
      const { key = '' } = params;
      const rows = await deps.db.shop(shop.id, async (tx) => {
        const flow = await flowByKey(tx, shop.id, key);
        return flow && scenariosOf(tx, shop.id, key);
      });
      if (!rows) throw new Problem('not_found');
      return { status: 200, body: { data: rows.map((row) => describeScenario(describeStored(row))), next: null } };
    },
  ),
  endpoint(
    {
      method: 'get',
      path: '/v1/flows/:key/scenarios/:name',
      access: 'shop',
      tag,
      summary: 'One scenario',
      answers: { 200: { description: 'The scenario with its accepted plan', schema: scenarioAnswer } },
      problems: ['unauthorized', 'not_found'],
    },
    async ({ deps, shop, params: { key = '', name = '' } }) => {
      const row = await deps.db.shop(shop.id, (tx) => scenarioByName(tx, shop.id, key, name));
      if (!row) throw new Problem('not_found');
      return { status: 200, body: describeScenario(describeStored(row)) };
    },
  ),
  endpoint(
    {
      method: 'put',
      path: '/v1/flows/:key/scenarios/:name',
      access: 'shop',
      tag,
      summary: 'Save a scenario, and accept its plan',
      description:
        'The plan as it comes out now is what later saves of the flow are compared with. `unmet` lists what of `expect` it doesn’t have.',
      body: scenarioInput,
      example: {
        ...EXAMPLE,
        expect: [
          { do: 'send', what: 'offer' },
          { do: 'stop', reason: 'redeemed' },
        ],
      },
      answers: { 200: { description: 'The scenario with its plan', schema: scenarioAnswer } },
      problems: ['unauthorized', 'not_found', 'invalid_json', 'too_large', 'invalid'],
    },
    async ({ deps, shop, params: { key = '', name = '' }, text }) => {
      const saved = await putScenario(deps, shop, key, { name, given: JSON.parse(text) });
      if (!saved) throw new Problem('not_found');
      return { status: 200, body: describeScenario(saved) };
    },
  ),
  endpoint(
    {
      method: 'delete',
      path: '/v1/flows/:key/scenarios/:name',
      access: 'shop',
      tag,
      summary: 'Remove a scenario',
      answers: { 204: { description: 'Gone' } },
      problems: ['unauthorized', 'not_found'],
    },
    async ({ deps, shop, params: { key = '', name = '' } }) => {
      if (!(await deps.db.shop(shop.id, (tx) => deleteScenario(tx, shop.id, key, name))))
        throw new Problem('not_found');
      return { status: 204 };
    },
  ),
  endpoint(
    {
      method: 'post',
      path: '/v1/flows/:key/migrate',
      access: 'shop',
      tag,
      summary: 'Move people to the current version',
      description:
        'People stay on the version that they began with until they are moved. Each goes on with the step that comes next for them, wherever it is now; what waits, waits on. A step that is no longer there as it was is named by a 422, before anybody moves: `map` says where they go on, from paths of the old version to paths of the new, or to `end`.',
      body: migrationInput,
      example: {},
      answers: { 200: { description: 'How many moved', schema: migrationAnswer } },
      problems: ['unauthorized', 'not_found', 'invalid_json', 'too_large', 'invalid'],
    },
    async ({ deps, shop, params, body }) => {
      const migrated = await migrateFlow(deps, shop.id, params.key ?? '', body);
      if (!migrated) throw new Problem('not_found');
      return { status: 200, body: migrated };
    },
  ),
];
