/** What flows bring, letter by letter. */

import { reportFlows } from '../actions/reports/report-flows.ts';
import { csvAnswer, wantsCsv } from '../http/csv-answer.ts';
import { endpoint } from '../http/endpoint.ts';
import { describeFlowReport, flowReportAnswer, flowReportQuery, flowTable } from '../schemas/flow-report.ts';

export const flowReportRoutes = [
  endpoint(
    {
      method: 'get',
      path: '/v1/reports/flows',
      access: 'shop',
      tag: 'Reports',
      summary: 'What came of the letters of flows, and what flows bring',
      description:
        'Counts letters that left between `from` and `to`, by flow, step, letter and subject, with what became of them until now. An order counts once: for the latest letter of the chain whose code it used, else for the latest letter of any flow that its buyer got within `window` days before. That a letter came before an order does not mean it caused it: `holdouts` tells what a flow with a `holdout` brings, by comparing what those who entered left the shop within `window` days with what those left who were held out. With `format=csv`, or `Accept: text/csv`, the letters as CSV (RFC 4180).',
      query: flowReportQuery,
      answers: { 200: { description: 'One row a letter, one comparison a flow', schema: flowReportAnswer } },
      problems: ['unauthorized', 'invalid'],
    },
    async ({ deps, shop, query, request }) => {
      const report = await reportFlows(deps, shop, query);
      if (wantsCsv(request, query.format)) return csvAnswer('flows.csv', flowTable(report));
      return { status: 200, body: describeFlowReport(report, shop, query.window), headers: { vary: 'accept' } };
    },
  ),
];
