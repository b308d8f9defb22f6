/** One worker of the fault run: the real tick in a loop, in a process that may be killed at any moment. */

import { tick } from '../../../api/actions/tick.ts';
import { describeError } from '../../../api/log.ts';
import { outliveLateWrites } from '../../../api/node/late-writes.ts';
import { startTicker } from '../../../api/node/ticker.ts';
import { readSettings } from '../../../api/settings.ts';
import { standardDeps } from '../../../api/standard-deps.ts';
import { connect } from '../../../db/connect.ts';

outliveLateWrites();
const read = readSettings(process.env);
if ('complaints' in read || !read.settings.databaseUrl) throw new Error(JSON.stringify(read));
const { settings } = read;
const db = connect(read.settings.databaseUrl, { max: 6 });
const deps = standardDeps({ db, settings, wake: () => {}, writeLog: () => {} });

startTicker(async () => void (await tick(deps, { limit: 20, deadline: Date.now() + 2_000 })), {
  everyMs: settings.tickMs,
  apartMs: 0,
  onError: (error) => console.error(describeError(error)),
});
