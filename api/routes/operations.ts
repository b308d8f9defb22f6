/** For whoever runs the instance. */

import { z } from 'zod';
import { workload } from '../../db/metrics.ts';
import { dueLag } from '../../db/outbox.ts';
import { endpoint } from '../http/endpoint.ts';
import { METRICS_TYPE, writeMetrics } from '../metrics.ts';

const tag = 'Operations';
/** Letters that wait longer than this mean that no ticker runs. */
const LAG_MS = 300_000;

const readiness = z.object({
  status: z.enum(['ok', 'late', 'down']),
  database: z.enum(['ok', 'unreachable']),
  dueLagSeconds: z.int().optional().meta({ description: 'How long the oldest due letter has been waiting.' }),
});

export const operationsRoutes = [
  endpoint(
    {
      method: 'get',
      path: '/health',
      access: 'open',
      tag,
      summary: 'Whether the process lives',
      answers: { 200: { description: 'It does', schema: z.object({ status: z.literal('ok') }) } },
    },
    async () => ({ status: 200, body: { status: 'ok' } }),
  ),
  endpoint(
    {
      method: 'get',
      path: '/ready',
      access: 'open',
      tag,
      summary: 'Whether the database answers and letters leave in time',
      answers: {
        200: { description: 'Both', schema: readiness },
        503: { description: 'One of them doesn’t', schema: readiness },
      },
    },
    async ({ deps }) => {
      try {
        const lagMs = await deps.db.engine((tx) => dueLag(tx));
        return {
          status: lagMs < LAG_MS ? 200 : 503,
          body: { status: lagMs < LAG_MS ? 'ok' : 'late', database: 'ok', dueLagSeconds: Math.round(lagMs / 1_000) },
        };
      } catch {
        return { status: 503, body: { status: 'down', database: 'unreachable' } };
      }
    },
  ),
  endpoint(
    {
      method: 'get',
      path: '/metrics',
      access: 'open',
      tag,
      summary: 'How much work waits, for Prometheus',
      description: 'Over the whole instance: nothing of it names a shop or a person.',
      answers: { 200: { description: 'Gauges', mediaType: METRICS_TYPE } },
    },
    async ({ deps }) => {
      const text = await deps.db.engine(async (tx) => writeMetrics(await workload(tx), tx.now));
      return new Response(text, { headers: { 'content-type': METRICS_TYPE, 'cache-control': 'no-store' } });
    },
  ),
];
