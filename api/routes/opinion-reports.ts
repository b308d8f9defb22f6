/** What customers think, in numbers. */

import { reportNps } from '../actions/reports/report-nps.ts';
import { csvAnswer, wantsCsv } from '../http/csv-answer.ts';
import { endpoint } from '../http/endpoint.ts';
import { describeNps, npsAnswer, npsQuery, npsTable } from '../schemas/nps-report.ts';

export const opinionReportRoutes = [
  endpoint(
    {
      method: 'get',
      path: '/v1/reports/nps',
      access: 'shop',
      tag: 'Reports',
      summary: 'How likely customers are to recommend the shop',
      description:
        'The net promoter score of the answers given between `from` and `to`: altogether, by month, by category of what the order held, and by both. The latest answer to a letter counts, once in each of its categories. `low` and `high` are the ends of the 95 % interval by Bonett and Price (adjusted Wald), which holds for few answers, too. With `format=csv`, or `Accept: text/csv`, the same as one table (RFC 4180), `all` standing for the sums.',
      query: npsQuery,
      answers: { 200: { description: 'The score with its shares and interval', schema: npsAnswer } },
      problems: ['unauthorized', 'invalid'],
    },
    async ({ deps, shop, query, request }) => {
      const report = await reportNps(deps, shop, query);
      if (wantsCsv(request, query.format)) return csvAnswer('nps.csv', npsTable(report));
      return { status: 200, body: describeNps(report, shop), headers: { vary: 'accept' } };
    },
  ),
];
