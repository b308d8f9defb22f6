/** The app: a function of its dependencies. Both runtimes build the same one. */

import { type Context, Hono } from 'hono';
import type { Deps } from './deps.ts';
import { inReadersLanguage } from './http/in-readers-language.ts';
import { mount } from './http/mount.ts';
import { type OpenApi, writeOpenApi } from './http/openapi.ts';
import { pageCors } from './http/page-cors.ts';
import { tagFile } from './http/tag-file.ts';
import { type WidgetFile, widgetAnswer } from './http/widget-answer.ts';
import { describeError } from './log.ts';
import { readNetwork } from './network.ts';
import { PAGE_HEADERS } from './pages/layout.ts';
import { readerPage } from './pages/reader.ts';
import { Problem, problemResponse } from './problem.ts';
import { catalogueRoutes } from './routes/catalogue.ts';
import { codeRoutes } from './routes/codes.ts';
import { contactRoutes } from './routes/contacts.ts';
import { dryRunRoutes } from './routes/dry-runs.ts';
import { eventRoutes } from './routes/events.ts';
import { experimentRoutes } from './routes/experiments.ts';
import { flowLaunchRoutes } from './routes/flow-launch.ts';
import { flowReportRoutes } from './routes/flow-reports.ts';
import { flowTrialRoutes } from './routes/flow-trials.ts';
import { flowRoutes } from './routes/flows.ts';
import { holidayRoutes } from './routes/holidays.ts';
import { hookRoutes } from './routes/hooks.ts';
import { inboxRoutes } from './routes/inbox.ts';
import { insightRoutes } from './routes/insight.ts';
import { keyRoutes } from './routes/keys.ts';
import { mailReportRoutes } from './routes/mail-reports.ts';
import { mailboxRoutes } from './routes/mailbox.ts';
import { operationsRoutes } from './routes/operations.ts';
import { opinionReportRoutes } from './routes/opinion-reports.ts';
import { opinionRoutes } from './routes/opinions.ts';
import { orderHookRoutes } from './routes/order-hooks.ts';
import { orderRoutes } from './routes/orders.ts';
import { pageRoutes } from './routes/page.ts';
import { referralRoutes } from './routes/referrals.ts';
import { reportRoutes } from './routes/reports.ts';
import { reviewRoutes } from './routes/reviews.ts';
import { ruleRoutes } from './routes/rules.ts';
import { segmentRoutes } from './routes/segments.ts';
import { shopRoutes } from './routes/shops.ts';
import { templateRoutes } from './routes/templates.ts';
import { webhookRoutes } from './routes/webhooks.ts';

export const ENDPOINTS = [
  ...shopRoutes,
  ...keyRoutes,
  ...dryRunRoutes,
  ...ruleRoutes,
  ...flowRoutes,
  ...holidayRoutes,
  ...flowTrialRoutes,
  ...flowLaunchRoutes,
  ...contactRoutes,
  ...segmentRoutes,
  ...templateRoutes,
  ...webhookRoutes,
  ...catalogueRoutes,
  ...codeRoutes,
  ...orderRoutes,
  ...eventRoutes,
  ...insightRoutes,
  ...reportRoutes,
  ...experimentRoutes,
  ...flowReportRoutes,
  ...referralRoutes,
  ...pageRoutes,
  ...mailboxRoutes,
  ...opinionRoutes,
  ...opinionReportRoutes,
  ...reviewRoutes,
  ...hookRoutes,
  ...orderHookRoutes,
  ...mailReportRoutes,
  ...operationsRoutes,
];

export interface AppOptions {
  deps: Deps;
  /** The address at the other end of the connection, as the runtime knows it. */
  peer: (context: Context) => string | null;
  /** The widget's files: `l.js` and the chunks that carry a hash in their names. Null for a name that there is not. */
  widgetFile: (name: string) => Promise<WidgetFile | null>;
}

export function createApp({ deps, peer, widgetFile }: AppOptions): Hono {
  const app = new Hono();

  app.use(async function secureHeaders(context, next) {
    await next();
    context.res.headers.set('x-content-type-options', 'nosniff');
  });

  app.use('/v1/*', inReadersLanguage);
  mount(app, ENDPOINTS, { deps, peer });
  mount(app, inboxRoutes, { deps, peer });

  // Written once, when somebody first asks: they are large, and the same for everybody.
  let document: OpenApi | undefined;
  let reader: Promise<string> | undefined;
  const described = (): OpenApi => {
    document ??= writeOpenApi(ENDPOINTS, deps.settings.publicUrl);
    return document;
  };
  app.get('/openapi.json', (context) => context.json(described()));
  app.get('/docs', async () => {
    reader ??= readerPage(described());
    return new Response(await reader, { headers: PAGE_HEADERS });
  });

  app.get('/:file{(l|[a-z-]+-[0-9a-f]{10})\\.js}', async (context) => {
    const name = context.req.param('file');
    const file = await widgetFile(name);
    if (!file) throw new Problem('not_found');
    const request = context.req.raw;
    const network = readNetwork(request.headers, { peer: peer(context), trustedProxies: deps.settings.trustedProxies });
    return widgetAnswer(request, name, name === 'l.js' ? await tagFile({ deps, request, network }, file) : file);
  });

  app.notFound(() => problemResponse(new Problem('not_found')));
  app.onError((error, context) => {
    if (error instanceof Problem) return withCors(problemResponse(error), context, deps);
    deps.log('error', 'request failed', {
      method: context.req.method,
      route: context.req.routePath,
      error: describeError(error),
    });
    return withCors(problemResponse(new Problem('internal')), context, deps);
  });
  return app;
}

/** A page must be able to read why it was refused. */
function withCors(response: Response, context: Context, { settings }: Deps): Response {
  if (ENDPOINTS.some(({ spec }) => spec.access === 'page' && spec.path === context.req.path)) {
    for (const [name, value] of Object.entries(pageCors(context.req.raw, settings))) response.headers.set(name, value);
  }
  return response;
}
