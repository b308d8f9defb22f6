/** A limit on how long an answer is waited for. Knows nothing of what is being asked. */

class OverdueError extends Error {
  override name = 'OverdueError';
}

/**
 * What `work` resolves to, or an OverdueError after `ms`. The signal is aborted at that moment, yet the wait also ends
 * for work that ignores it.
 */
export async function within<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
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
    return await Promise.race([work(controller.signal), overdue]);
  } finally {
    clearTimeout(timer);
  }
}
