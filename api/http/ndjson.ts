/** Answers a long piece of work: as one JSON value at its end, or, where asked for, as lines that tell how far it is. */

import { describeError, type Log } from '../log.ts';
import { Problem } from '../problem.ts';

export const NDJSON = 'application/x-ndjson';

const wantsLines = (request: Request): boolean => (request.headers.get('accept') ?? '').includes(NDJSON);

/** At most one line of progress in this time. */
const EVERY_MS = 250;

interface Progressing<P, R> {
  request: Request;
  work: AsyncGenerator<P, R>;
  describe: (result: R) => unknown;
  now: () => number;
  log: Log;
}

/** Lines `{"progress": …}`, then one `{"result": …}` or, where the work failed after the answer had begun, `{"problem": …}`. */
export async function answerProgress<P, R>({
  request,
  work,
  describe,
  now,
  log,
}: Progressing<P, R>): Promise<Response> {
  // The first step fails before anything is answered, and then as any other call does.
  let step = await work.next();
  if (!wantsLines(request)) {
    while (!step.done) step = await work.next();
    return respond(JSON.stringify(describe(step.value)), 'application/json');
  }
  const encoder = new TextEncoder();
  const lines = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const tell = (line: unknown): void => controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
      try {
        if (step.done) {
          tell({ result: describe(step.value) });
          controller.close();
          return;
        }
        tell({ progress: step.value });
        const since = now();
        do step = await work.next();
        while (!step.done && now() - since < EVERY_MS);
      } catch (error) {
        log('error', 'work failed after its answer had begun', { error: describeError(error) });
        tell({ problem: new Problem('internal').body() });
        controller.close();
      }
    },
    async cancel() {
      await work.return(undefined as R);
    },
  });
  return respond(lines, NDJSON);
}

const respond = (body: string | ReadableStream<Uint8Array>, type: string): Response =>
  new Response(body, { headers: { 'content-type': type, 'cache-control': 'no-store' } });
