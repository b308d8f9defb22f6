/** Moving people between versions of a flow. */

import { z } from 'zod';
import { text } from './common.ts';

const version = z.int().min(1).max(1_000_000);
const path = text(200);

export const migrationInput = z
  .strictObject({
    from: z.exactOptional(version.meta({ description: 'Only people on this version; on any other by default.' })),
    to: z.exactOptional(version.meta({ description: 'The current one by default.' })),
    map: z.exactOptional(
      z.record(path, path).meta({ description: '`{"steps.2": "steps.3", "steps.4.branch.then.0": "end"}`' }),
    ),
  })
  .meta({ id: 'MigrationInput' });

export const migrationAnswer = z
  .object({
    to: z.int(),
    moved: z.int(),
    left: z
      .int()
      .meta({ description: 'Still on other versions: a letter of theirs was just being handed over. Call again.' }),
  })
  .meta({ id: 'Migration' });
