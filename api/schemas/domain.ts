/** The domain of a shop's sender: what may be asked, and what is answered. */

import { z } from 'zod';
import type { DomainCheck } from '../actions/shops/check-domain.ts';

export const domainQuery = z.object({
  selector: z
    .exactOptional(
      z
        .string()
        .max(63)
        .regex(/^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/i, 'must be a DKIM selector, such as 20261122101112pm'),
    )
    .meta({ description: 'The DKIM selector, the part before `._domainkey`; without it the usual ones are tried.' }),
});

const verdict = z.boolean().nullable().meta({ description: 'Null: DNS did not answer.' });

export const domainAnswer = z
  .object({
    domain: z.string(),
    freeMail: z.boolean().meta({ description: 'Anybody can have an address there: letters can’t leave in its name.' }),
    ready: z.boolean(),
    aligned: z
      .object({ ok: verdict, why: z.string() })
      .meta({ description: 'Whether DMARC lets the letters pass, by a signature or return path of the domain’s own.' }),
    records: z.array(
      z.object({
        check: z.enum(['spf', 'dkim', 'return_path', 'dmarc']),
        name: z.string(),
        type: z.enum(['TXT', 'CNAME', 'MX']),
        value: z
          .string()
          .nullable()
          .meta({ description: 'What to paste; null where only the mail provider knows it.' }),
        found: z.array(z.string()),
        ok: verdict,
        why: z.string(),
      }),
    ),
  })
  .meta({ id: 'SenderDomain' });

export const describeDomain = ({ records, ...check }: DomainCheck): z.infer<typeof domainAnswer> => ({
  ...check,
  records: records.map((record) => ({ ...record, found: [...record.found] })),
});
