/** Dry runs of rules over a shop's past visits, and the advice that is drawn from them. */

import { ruleById } from '../../db/rules.ts';
import { adviseRules } from '../actions/rules/advise-rules.ts';
import { changed } from '../actions/rules/change-rule.ts';
import { dryRunRule } from '../actions/rules/dry-run-rule.ts';
import { endpoint } from '../http/endpoint.ts';
import { answerProgress, NDJSON } from '../http/ndjson.ts';
import { Problem } from '../problem.ts';
import { isUuid } from '../schemas/common.ts';
import {
  adviceAnswer,
  describeAdvice,
  describeDryRun,
  dryRunAnswer,
  dryRunChangeInput,
  dryRunInput,
} from '../schemas/dry-run.ts';
import { adviceQuery } from '../schemas/queries.ts';

const tag = 'Rules';

const description = [
  'Replays the visits of the period, oldest per visitor first, through the evaluator that decides live. Nothing is changed and nobody is shown anything.',
  'For `exit` a visit is judged at each signal of leaving that its page told, as it was then; for other moments, which leave no trace, at its end or just before its purchase.',
  'Each visitor’s refusals, purchases and earlier showings under this rule count, so quiet times, `perVisit`, `perVisitor` and the shop’s limit hold; the rules now in force at the same moment compete by priority.',
  'Left aside: experiments (nobody is held out; the rule’s own moment and offer count, and where variants have other moments `arms` tells of each) and the caps `perDay` and `total`; whether a visitor takes letters is as of today.',
  `With \`Accept: ${NDJSON}\` the answer is lines: \`{"progress": {"visits", "of"}}\` several times, then \`{"result": …}\` or \`{"problem": …}\`.`,
].join(' ');

const LINES = { Accept: `\`${NDJSON}\` for lines that tell how far it is.` };

export const dryRunRoutes = [
  endpoint(
    {
      method: 'get',
      path: '/v1/rules/advice',
      access: 'shop',
      tag,
      summary: 'How deep a visit should be before it is offered anything',
      description:
        'From the shop’s own visits of the last 90 days, or of the period: the pages and the active seconds that tell those who bought from those who did not best (Youden’s index, more than 3.5 standard errors beyond chance), put into `when` as `["pages", ">=", …]` and `["seconds", ">=", …]`. What paying itself takes does not count.',
      query: adviceQuery,
      answers: { 200: { description: 'The proposal, and what each step costs', schema: adviceAnswer } },
      problems: ['unauthorized', 'invalid'],
    },
    async ({ deps, shop, query }) => ({
      status: 200,
      body: describeAdvice(await adviseRules(deps, shop, query)),
    }),
  ),
  endpoint(
    {
      method: 'post',
      path: '/v1/rules/dry-run',
      access: 'shop',
      reads: true,
      tag,
      summary: 'What a new rule would have done',
      description,
      headers: LINES,
      body: dryRunInput,
      example: {
        rule: {
          name: 'Leaving with a full cart',
          moment: 'exit',
          when: ['cartValue', '>=', 50],
          offer: { kind: 'percent', value: 10 },
        },
        from: '2026-10-01T00:00:00Z',
        to: '2026-11-01T00:00:00Z',
      },
      answers: { 200: { description: 'What it would have shown, and at what price', schema: dryRunAnswer } },
      problems: ['unauthorized', 'invalid_json', 'too_large', 'invalid'],
    },
    async ({ deps, shop, body: { rule, ...period }, request }) =>
      answerProgress({
        request,
        work: dryRunRule(deps, shop, { ...rule, id: deps.newId() }, period),
        describe: describeDryRun,
        now: deps.now,
        log: deps.log,
      }),
  ),
  endpoint(
    {
      method: 'post',
      path: '/v1/rules/:id/dry-run',
      access: 'shop',
      reads: true,
      tag,
      summary: 'What a rule would have done, as it is or changed',
      description,
      headers: LINES,
      body: dryRunChangeInput,
      example: { change: { when: ['pages', '>=', 4] } },
      answers: { 200: { description: 'What it would have shown, and at what price', schema: dryRunAnswer } },
      problems: ['unauthorized', 'not_found', 'invalid_json', 'too_large', 'invalid'],
    },
    async ({ deps, shop, params: { id = '' }, body: { change = {}, ...period }, request }) => {
      const stored = isUuid(id) ? await deps.db.shop(shop.id, (tx) => ruleById(tx, shop.id, id.toLowerCase())) : null;
      if (!stored) throw new Problem('not_found');
      return answerProgress({
        request,
        work: dryRunRule(deps, shop, changed(stored, change, 'change'), period),
        describe: describeDryRun,
        now: deps.now,
        log: deps.log,
      });
    },
  ),
];
