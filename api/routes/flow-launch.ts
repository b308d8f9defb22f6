/** Flows against the past, and their switching on. */

import { flowByKey } from '../../db/flows.ts';
import { activateFlow } from '../actions/flows/activate-flow.ts';
import { replayFlow } from '../actions/flows/replay-flow.ts';
import { endpoint } from '../http/endpoint.ts';
import { answerProgress, NDJSON } from '../http/ndjson.ts';
import { Problem } from '../problem.ts';
import {
  activationAnswer,
  activationInput,
  describeActivation,
  describeFlowReplay,
  flowReplayAnswer,
  flowReplayInput,
} from '../schemas/flow-replay.ts';

const tag = 'Flows';

export const flowLaunchRoutes = [
  endpoint(
    {
      method: 'post',
      path: '/v1/flows/:key/replay',
      access: 'shop',
      reads: true,
      tag,
      summary: 'What a flow would have done to everybody',
      description: [
        'Lives through the last days again, contact by contact, from their orders, visits, forms, consents and codes: who would have entered, when, what would have left, and how it would have ended. Nothing is sent.',
        'The flow counts as switched on from the first of these days, without the shop’s other flows; nobody is held out. What leaves no trace (tags, answers, pauses) is as of today; entries on dates, ends, items and clicks can’t be replayed.',
        `With \`Accept: ${NDJSON}\` the answer is lines: \`{"progress": {"contacts", "of"}}\` several times, then \`{"result": …}\` or \`{"problem": …}\`.`,
      ].join(' '),
      headers: { Accept: `\`${NDJSON}\` for lines that tell how far it is.` },
      body: flowReplayInput,
      example: { days: 30 },
      answers: { 200: { description: 'Who, when, what, at what cost', schema: flowReplayAnswer } },
      problems: ['unauthorized', 'not_found', 'invalid_json', 'too_large', 'invalid'],
    },
    async ({ deps, shop, params, body, request }) => {
      const flow = await deps.db.shop(shop.id, (tx) => flowByKey(tx, shop.id, params.key ?? ''));
      if (!flow) throw new Problem('not_found');
      return answerProgress({
        request,
        work: replayFlow(deps, shop, flow, body),
        describe: describeFlowReplay,
        now: deps.now,
        log: deps.log,
      });
    },
  ),
  endpoint(
    {
      method: 'post',
      path: '/v1/flows/:key/activate',
      access: 'shop',
      tag,
      summary: 'Switch a flow on, with a look at whom it is for',
      description:
        'Answers with the flow’s size, as the last days tell it, and ten of those whom it would have let in, each with the reason. `preview` only looks. `backfill` lets those enter now whom it missed: each once, and only who may enter today. `PATCH {"enabled": true}` switches on without a look.',
      body: activationInput,
      example: { preview: true },
      answers: { 200: { description: 'The flow, its size and a sample', schema: activationAnswer } },
      problems: ['unauthorized', 'not_found', 'invalid_json', 'too_large', 'invalid', 'free_mail_sender'],
    },
    async ({ deps, shop, params, body }) => {
      const activation = await activateFlow(deps, shop, params.key ?? '', body);
      if (!activation) throw new Problem('not_found');
      return { status: 200, body: describeActivation(activation) };
    },
  ),
];
