/** A bare line to the browser (Chrome DevTools Protocol). A tool that watches a page's requests and scripts makes each of them dearer: this one watches nothing. */

export interface Wire {
  send<T>(method: string, params?: object, session?: string): Promise<T>;
  /** Of every session. Returns what takes the listener off again. */
  on(method: string, listener: (params: never) => void): () => void;
  close(): void;
}

interface Message {
  id?: number;
  method?: string;
  params?: object;
  result?: unknown;
  error?: { message: string };
}

/** To the browser that listens at this port. */
export async function openWire(port: number): Promise<Wire> {
  const version = await fetch(`http://127.0.0.1:${port}/json/version`);
  const { webSocketDebuggerUrl } = (await version.json()) as { webSocketDebuggerUrl: string };
  const socket = new WebSocket(webSocketDebuggerUrl);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', reject);
  });
  const waiting = new Map<number, (message: Message) => void>();
  const listeners = new Set<(message: Message) => void>();
  let sent = 0;
  socket.addEventListener('message', ({ data }) => {
    const message: Message = JSON.parse(String(data));
    if (message.id !== undefined) waiting.get(message.id)?.(message);
    else for (const listen of listeners) listen(message);
  });
  return {
    send(method, params = {}, sessionId) {
      sent += 1;
      const id = sent;
      socket.send(JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) }));
      return new Promise((resolve, reject) => {
        waiting.set(id, ({ result, error }) => {
          waiting.delete(id);
          if (error) reject(new Error(`${method}: ${error.message}`));
          else resolve(result as never);
        });
      });
    },
    on(wanted, listener) {
      const listen = ({ method, params }: Message): void => {
        if (method === wanted) listener(params as never);
      };
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
    close: () => socket.close(),
  };
}
