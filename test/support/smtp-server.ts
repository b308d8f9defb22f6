/** A real mail server on this machine that does to the next letter what it is told to. */

import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** What befalls a letter: a reply at a command, silence, or a connection that ends. */
export type SmtpFault =
  | { at: 'MAIL FROM' | 'RCPT TO' | 'DATA'; reply: string }
  | 'drop-before-data'
  | 'drop-in-data'
  | 'drop-after-data'
  | 'hang-before-data'
  | 'hang-after-data';

export interface TakenLetter {
  from: string;
  to: string[];
  text: string;
  secure: boolean;
  user: string | null;
}

export interface TestSmtpServer {
  port: number;
  /** The letters it has taken; a fault after the data leaves the letter taken. */
  taken(): TakenLetter[];
  /** Connections that were ever made. */
  connections(): number;
  fail(...faults: (SmtpFault | null)[]): void;
  /** Ends every connection, as a server does that has waited long enough. */
  drop(): void;
  clear(): void;
  stop(): Promise<void>;
}

export async function startSmtpServer(options: SMTPServerOptions = {}): Promise<TestSmtpServer> {
  const taken: TakenLetter[] = [];
  const faults: (SmtpFault | null)[] = [];
  let connections = 0;
  let fault: SmtpFault | null = null;

  // Not the sockets that were accepted: after STARTTLS there is another over each.
  const drop = (): void => {
    for (const { _socket: socket } of server.connections) (socket as Socket).destroy();
  };
  const refused = (at: string): Error | null => {
    if (typeof fault !== 'object' || fault?.at !== at) return null;
    const responseCode = Number(fault.reply.slice(0, 3));
    return Object.assign(new Error(fault.reply.slice(4)), { responseCode });
  };

  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    logger: false,
    onAuth: ({ username = '', password }, _session, done) =>
      password === 'right' ? done(null, { user: username }) : done(new Error('Authentication failed')),
    onMailFrom(_address, _session, done) {
      fault = faults.shift() ?? null;
      if (fault === 'hang-before-data') return;
      done(refused('MAIL FROM'));
    },
    onRcptTo(_address, _session, done) {
      if (fault === 'drop-before-data') return drop();
      done(refused('RCPT TO'));
    },
    onData(stream, session, done) {
      if (fault === 'drop-in-data') return void stream.once('data', drop);
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const no = refused('DATA');
        if (no) return done(no);
        const { mailFrom, rcptTo } = session.envelope;
        taken.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          text: Buffer.concat(chunks).toString(),
          secure: session.secure,
          user: typeof session.user === 'string' ? session.user : null,
        });
        if (fault === 'hang-after-data') return;
        if (fault === 'drop-after-data') return drop();
        done();
      });
    },
    ...options,
  });
  server.on('error', () => {});
  server.server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    taken: () => taken,
    connections: () => connections,
    fail: (...next) => void faults.push(...next),
    drop,
    clear() {
      taken.length = 0;
      faults.length = 0;
    },
    stop: () =>
      new Promise((resolve) => {
        drop();
        server.close(() => resolve());
      }),
  };
}
