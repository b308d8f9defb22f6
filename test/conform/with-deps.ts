/** What samples are tried against: the app's dependencies on a database of their own, gone afterwards. */

import type { Deps } from '../../api/deps.ts';
import { readSettings } from '../../api/settings.ts';
import { standardDeps } from '../../api/standard-deps.ts';
import { connect } from '../../db/connect.ts';
import { testCluster } from '../support/test-cluster.ts';

export async function withDeps<T>(work: (deps: Deps) => Promise<T>): Promise<T> {
  const cluster = testCluster(process.env.TEST_DATABASE_URL || undefined);
  const url = await cluster.create();
  const db = connect(url, { max: 4 });
  try {
    const read = readSettings({ DATABASE_URL: url, ADMIN_KEY: 'admin', SIGNING_KEY: 'signing-key-of-the-samples' });
    if ('complaints' in read) throw new Error(read.complaints.join('\n'));
    return await work(standardDeps({ db, settings: read.settings, wake: () => {}, writeLog: () => {} }));
  } finally {
    await db.end();
    await cluster.stop();
  }
}
