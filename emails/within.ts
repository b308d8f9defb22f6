/** A limit on how long an answer is waited for. Knows nothing of what is being asked. */

class OverdueError extends Error {
  override name = 'OverdueError';
}

/**
 * What `work` resolves to, or an OverdueError after `ms`. The signal is aborted at that moment, yet the wait also ends
 * for work that ignores it. A process that was frozen meanwhile goes on where it was before any timer is heard: whoever is about to do
 * what can't be undone asks `late` just before.
 */
export async function within<T>(
  ms: number,
  work: (signal: AbortSignal, late: () => boolean) => Promise<T>,
): Promise<T> {
  const until = Date.now() + ms;
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const overdue = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new OverdueError(`no answer within ${ms} ms`);
      reject(error);
      controller.abort(error);
    }, ms);
  });
  try {
    return await Promise.race([work(controller.signal, () => Date.now() > until), overdue]);
  } finally {
    clearTimeout(timer);
  }
}
