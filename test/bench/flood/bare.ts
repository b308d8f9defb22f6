/** A process of its own that answers 202 to everything and does nothing else: what this machine can answer at all. Its port goes back as a message. */

import { createServer } from 'node:http';

const server = createServer((_, response) => {
  response.statusCode = 202;
  response.end();
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address && typeof address === 'object') process.send?.(address.port);
});
process.on('disconnect', () => process.exit());
