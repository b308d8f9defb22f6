/** Keeps the process alive where the database's driver writes to a connection that has just gone. */

/**
 * The driver then throws where nobody can catch it (https://github.com/porsager/postgres/issues/1154); the transaction itself is refused
 * in the ordinary way. Everything else that nobody catches ends the process, as it does without this.
 */
export function outliveLateWrites(): void {
  process.on('uncaughtException', (error) => {
    if (isLateWrite(error)) return;
    console.error(error);
    process.exit(1);
  });
}

const isLateWrite = (error: Error): boolean =>
  error instanceof TypeError && /^\s+at Immediate\.nextWrite /m.test(error.stack ?? '');
