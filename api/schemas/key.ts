/** Secret keys as a shop makes and reads them. */

import { z } from 'zod';
import type { ApiKeyRow } from '../../db/shops.ts';
import { iso } from './answers.ts';
import { text } from './common.ts';

const SCOPES = ['read', 'write'] as const;

export const keyInput = z
  .strictObject({
    name: text(60).meta({ description: 'Who will use it, for you to tell keys apart.' }),
    scopes: z
      .array(z.enum(SCOPES))
      .min(1)
      .max(SCOPES.length)
      .refine((scopes) => scopes.includes('read'), 'must have read: who changes something is told what it has become')
      .default([...SCOPES])
      .meta({
        description:
          '`["read"]`: looks at everything and changes nothing, for reports and dashboards; calls that would are answered 403 `read_only_key`. Without it the key may do everything.',
      }),
  })
  .meta({ id: 'KeyInput' });

const time = z.iso.datetime();
const shown = {
  id: z.guid(),
  name: z.string(),
  scopes: z.array(z.enum(SCOPES)).meta({ description: 'What it may do: look, or look and change.' }),
  createdAt: time,
  revokedAt: time.nullable(),
};

export const keyAnswer = z.object(shown).meta({ id: 'Key' });

export const freshKeyAnswer = z
  .object({ ...shown, secretKey: z.string().meta({ description: 'Shown this once, and kept nowhere.' }) })
  .meta({ id: 'FreshKey' });

export const describeKey = ({ id, name, writes, createdAt, revokedAt }: ApiKeyRow): z.infer<typeof keyAnswer> => ({
  id,
  name,
  scopes: writes ? [...SCOPES] : ['read'],
  createdAt: iso(createdAt),
  revokedAt: revokedAt === null ? null : iso(revokedAt),
});
