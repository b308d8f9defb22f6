/** Connections to one mail server, kept for a while after use. Knows nothing of letters. */

import SMTPConnection from 'nodemailer/lib/smtp-connection';

export interface SmtpPool {
  /** Runs `work` on a connection of its own; it is kept when `work` succeeds and given up when it fails or the signal comes. */
  use<T>(how: Use, work: (connection: SMTPConnection) => Promise<T>): Promise<T>;
  /** Whether this came of a kept connection that the server had closed meanwhile. */
  wasStale(error: unknown): boolean;
  close(): void;
}

export interface Use {
  /** Never a kept connection. */
  fresh: boolean;
  signal: AbortSignal;
  timeoutMs: number;
}

/** Shorter than any server waits for the next letter. */
const KEPT_MS = 20_000;
/** Servers count letters per connection. */
const MOST_LETTERS = 100;

interface Kept {
  connection: SMTPConnection;
  letters: number;
  timer: NodeJS.Timeout;
}

export function smtpPool(url: string): SmtpPool {
  const { protocol, hostname, port, username, password } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const secure = protocol === 'smtps:';
  const loopback = /^(localhost|127\.[\d.]+|::1)$/.test(host);
  const credentials = username ? { user: decodeURIComponent(username), pass: decodeURIComponent(password) } : null;
  const stale = new WeakSet<object>();
  const kept: Kept[] = [];

  const open = (timeoutMs: number): SMTPConnection =>
    new SMTPConnection({
      host,
      port: port ? Number(port) : secure ? 465 : 587,
      secure,
      // A letter and its password travel in the clear within this machine only.
      requireTLS: !secure && !loopback,
      tls: { rejectUnauthorized: !loopback },
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs + KEPT_MS,
      dnsTimeout: timeoutMs,
    });

  const greet = (connection: SMTPConnection): Promise<void> =>
    new Promise((resolve, reject) => {
      connection.once('error', reject);
      connection.connect((error) => {
        if (error) return reject(error);
        if (!credentials) return resolve();
        connection.login({ credentials }, (refused) => (refused ? reject(refused) : resolve()));
      });
    });

  const take = (): Kept | null => {
    for (let one = kept.pop(); one; one = kept.pop()) {
      clearTimeout(one.timer);
      if (!one.connection.destroyed) return one;
    }
    return null;
  };

  const keep = (connection: SMTPConnection, letters: number): void => {
    if (connection.destroyed) return;
    if (letters >= MOST_LETTERS) {
      connection.quit();
      return;
    }
    const timer = setTimeout(() => {
      const at = kept.findIndex((one) => one.connection === connection);
      if (at >= 0) kept.splice(at, 1);
      connection.quit();
    }, KEPT_MS);
    timer.unref();
    kept.push({ connection, letters, timer });
  };

  return {
    async use({ fresh, signal, timeoutMs }, work) {
      const known = fresh ? null : take();
      const connection = known?.connection ?? open(timeoutMs);
      // An error that nobody listens for ends the process; whoever waits is told through their own call.
      if (!known) connection.on('error', () => {});
      const abort = (): void => connection.close();
      signal.addEventListener('abort', abort, { once: true });
      try {
        if (!known) await greet(connection);
        signal.throwIfAborted();
        const result = await work(connection);
        keep(connection, (known?.letters ?? 0) + 1);
        return result;
      } catch (error) {
        if (known && isLost(error)) stale.add(error);
        connection.close();
        throw error;
      } finally {
        signal.removeEventListener('abort', abort);
      }
    },

    wasStale: (error) => typeof error === 'object' && error !== null && stale.has(error),

    close() {
      for (const { connection, timer } of kept.splice(0)) {
        clearTimeout(timer);
        connection.close();
      }
    },
  };
}

const isLost = (error: unknown): error is Error & { code: string } =>
  error instanceof Error && 'code' in error && (error.code === 'ECONNECTION' || error.code === 'ESOCKET');
