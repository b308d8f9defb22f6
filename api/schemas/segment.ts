/** Segments as a shop writes and reads them. */

import { z } from 'zod';
import { segmentsIn } from '../../core/contacts/segment.ts';
import type { CountedSegment, Member } from '../../db/segments.ts';
import { iso } from './answers.ts';
import { text, uuid } from './common.ts';
import { contactCondition } from './condition.ts';

const segmentKey = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be 1 to 63 of a–z, 0–9 and -, not beginning with -');

/** A segment of segments could ask for itself. */
const condition = contactCondition.superRefine((value, context) => {
  for (const { path } of namedIn(value)) {
    const fact = [...path.slice(0, path.lastIndexOf(2)), 0];
    context.addIssue({ code: 'custom', path: fact, message: 'can not ask for segments: put their conditions here' });
  }
});

/** What has failed its own check has no shape to look into. */
function namedIn(value: unknown): ReturnType<typeof segmentsIn> {
  return contactCondition.safeParse(value).success ? segmentsIn(value as never) : [];
}

export const segmentInput = z
  .strictObject({ key: segmentKey, name: z.exactOptional(text(120)), condition })
  .transform((segment) => ({ ...segment, name: segment.name ?? segment.key }))
  .meta({ id: 'SegmentInput' });

export const segmentPreview = z.strictObject({ condition }).meta({ id: 'SegmentPreview' });

export const membersQuery = z.object({
  cursor: z.exactOptional(uuid.meta({ description: '`next` of the page before' })),
  limit: z.coerce.number().pipe(z.int().min(1).max(1_000)).default(100),
});

const time = z.iso.datetime();

export const segmentAnswer = z
  .object({
    key: z.string(),
    name: z.string(),
    condition: z.unknown(),
    size: z.int().meta({ description: 'Members as last counted.' }),
    countedAt: time.nullable().meta({
      description: 'When everybody had been looked at last; null while the first count is under way.',
    }),
    createdAt: time,
    updatedAt: time,
  })
  .meta({ id: 'Segment' });

export const describeSegment = (segment: CountedSegment): z.infer<typeof segmentAnswer> => ({
  key: segment.key,
  name: segment.name,
  condition: segment.condition,
  size: segment.size,
  countedAt: segment.countedAt === null ? null : iso(segment.countedAt),
  createdAt: iso(segment.createdAt),
  updatedAt: iso(segment.updatedAt),
});

const who = { contact: z.guid(), email: z.string(), name: z.string().nullable() };

export const memberAnswer = z.object({ ...who, enteredAt: time }).meta({ id: 'SegmentMember' });

export const describeMember = ({ contactId, email, name, enteredAt }: Member): z.infer<typeof memberAnswer> => ({
  contact: contactId,
  email,
  name,
  enteredAt: iso(enteredAt),
});

export const previewAnswer = z
  .object({
    size: z.int(),
    of: z.int().meta({ description: 'All contacts of the shop.' }),
    exact: z
      .boolean()
      .meta({ description: 'False where the shop is so large that the size is reckoned from a sample.' }),
    samples: z.array(z.object(who)).meta({ description: 'Up to ten who would belong to it.' }),
  })
  .meta({ id: 'SegmentPreviewAnswer' });
