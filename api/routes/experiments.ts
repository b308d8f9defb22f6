/** What rules bring: experiments, and the way from being eligible to buying. */

import { reportExperiment } from '../actions/reports/report-experiment.ts';
import { reportFunnel } from '../actions/reports/report-funnel.ts';
import { csvAnswer, wantsCsv } from '../http/csv-answer.ts';
import { endpoint } from '../http/endpoint.ts';
import { Problem } from '../problem.ts';
import {
  describeExperiment,
  describeFunnel,
  experimentAnswer,
  experimentQuery,
  funnelAnswer,
  funnelQuery,
  funnelTable,
} from '../schemas/report.ts';

const tag = 'Reports';

export const experimentRoutes = [
  endpoint(
    {
      method: 'get',
      path: '/v1/reports/experiments',
      access: 'shop',
      tag,
      summary: 'What a rule’s experiment has shown',
      description:
        'Compares people who became eligible between `from` and `to`: those of the holdout and of each variant, from the moment when the rule would have spoken to them. Counted is what each left the shop within `window` days after that. An order belongs to a person by the `visitor` it names, by the contact proved to be behind the browser, or by the page that thanked for it: by the same for every arm, so orders that only a code ties to somebody don’t count here, as they do in the funnel. The intervals hold however often they are looked at (5 % error for the whole report): stop as soon as a verdict is `more` or `less`. `too_early`: fewer than 30 buyers in an arm. Arms of an adaptive rule are compared with the holdout together.',
      query: experimentQuery,
      answers: { 200: { description: 'Arms and comparisons', schema: experimentAnswer } },
      problems: ['unauthorized', 'invalid', 'not_found'],
    },
    async ({ deps, shop, query }) => {
      const report = await reportExperiment(deps, shop, query);
      if (!report) throw new Problem('not_found');
      return { status: 200, body: describeExperiment(report, shop, query.window) };
    },
  ),
  endpoint(
    {
      method: 'get',
      path: '/v1/reports/funnel',
      access: 'shop',
      tag,
      summary: 'From being eligible to buying, by day, rule and arm',
      description:
        'Each step counts on the day it was taken, in the shop’s zone. An order counts for the rule whose code it used, else for the latest offer that its buyer took within `window` days before. `opened` and `clicked` are null for a shop whose mail provider has never told of any. With `format=csv`, or `Accept: text/csv`, the same as CSV (RFC 4180).',
      query: funnelQuery,
      answers: {
        200: { description: 'One row a day, rule and arm in which something happened', schema: funnelAnswer },
      },
      problems: ['unauthorized', 'invalid'],
    },
    async ({ deps, shop, query, request }) => {
      const report = await reportFunnel(deps, shop, query);
      if (wantsCsv(request, query.format)) return csvAnswer('funnel.csv', funnelTable(report));
      return { status: 200, body: describeFunnel(report, shop, query.window), headers: { vary: 'accept' } };
    },
  ),
];
