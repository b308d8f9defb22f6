/** Secret keys as a shop makes and reads them. */

import { z } from 'zod';
import type { ApiKeyRow } from '../../db/shops.ts';
import { iso } from './answers.ts';
import { text } from './common.ts';

export const keyInput = z
  .strictObject({ name: text(60).meta({ description: 'Who will use it, for you to tell keys apart.' }) })
  .meta({ id: 'KeyInput' });

const time = z.iso.datetime();
const shown = { id: z.guid(), name: z.string(), createdAt: time, revokedAt: time.nullable() };

export const keyAnswer = z.object(shown).meta({ id: 'Key' });

export const freshKeyAnswer = z
  .object({ ...shown, secretKey: z.string().meta({ description: 'Shown this once, and kept nowhere.' }) })
  .meta({ id: 'FreshKey' });

export const describeKey = ({ id, name, createdAt, revokedAt }: ApiKeyRow): z.infer<typeof keyAnswer> => ({
  id,
  name,
  createdAt: iso(createdAt),
  revokedAt: revokedAt === null ? null : iso(revokedAt),
});
