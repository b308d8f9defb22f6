/** Shops as the operator opens them and as their own server changes them. */

import { z } from 'zod';
import { HOLIDAY_KEYS } from '../../core/holidays/holiday.ts';
import { BRAND_FONTS } from '../../core/letters/brand.ts';
import { CONFIRM_MODES } from '../../core/letters/confirmation.ts';
import { durationMs } from '../../core/values/duration.ts';
import { NAME_STYLES } from '../../core/values/person-name.ts';
import { THROWAWAY_MODES } from '../../core/values/throwaway.ts';
import { CONSENT_FORMS, MEMORY_MODES } from '../../core/visits/wire.ts';
import {
  colour,
  currency,
  deliveryDays,
  duration,
  email,
  locale,
  mailDomain,
  origin,
  text,
  timeOfDay,
  timezone,
  webUrl,
} from './common.ts';
import { integrations } from './integrations.ts';
import { referralProgram } from './referral.ts';

const DAY_MS = 86_400_000;
/** Fewer tell nothing of who comes back. */
const LEAST_KEPT_DAYS = 30;

const facts = z.strictObject({
  choosing: z.exactOptional(text(400)),
  delivery: z.exactOptional(text(400)),
  returns: z.exactOptional(text(400)),
  answer: z.exactOptional(text(2_000)),
});

const brand = z
  .strictObject({
    accent: z.exactOptional(colour),
    logo: z.exactOptional(webUrl().nullable()),
    font: z.exactOptional(z.enum(BRAND_FONTS)),
    background: z.exactOptional(colour),
    text: z.exactOptional(colour),
    radius: z.exactOptional(z.number().min(0).max(32)),
    side: z.exactOptional(z.enum(['left', 'right'])),
    picture: z.exactOptional(webUrl().nullable()),
    footer: z.exactOptional(text(300)),
    social: z.exactOptional(z.array(z.strictObject({ name: text(24), url: webUrl() })).max(6)),
    facts: z.exactOptional(z.strictObject({ en: z.exactOptional(facts), ru: z.exactOptional(facts) })),
    replyTo: z.exactOptional(email.transform((parsed) => parsed.address)),
  })
  .meta({
    description:
      'How popups, letters and pages look and sign, set once: colour, logo, `font`, `radius` of the corners in px; of popups also `background`, `text`, `side` and `picture`. A rule’s `popup.theme` may set each otherwise; null takes a logo or picture back. Of letters and pages a line of your own under every letter (`footer`), where else you can be met (`social`), what those who hesitate want to know (`facts`: how to choose, delivery, returns, and the `answer` to a form, by language), and an address that people read (`replyTo`).',
  });

const sendingFields = {
  dailyCap: z.exactOptional(z.int().min(1).max(50).nullable()),
  quietHours: z.exactOptional(z.strictObject({ from: timeOfDay, to: timeOfDay }).nullable()),
  utm: z.exactOptional(
    z.boolean().meta({
      description:
        'Whether links in letters carry `utm_source=linger`, `utm_medium=email`, `utm_campaign` (the flow) and `utm_content` (the letter). Default true; parameters that a link has of its own stay.',
    }),
  ),
  opens: z.exactOptional(
    z.boolean().meta({
      description:
        'Whether letters tell that they were opened (default true). It is unsure: mail programs open letters, too.',
    }),
  ),
  clicks: z.exactOptional(
    z.boolean().meta({
      description:
        'Whether links lead through this server, so that clicks are counted and the reader is known in the shop (default true). Without it nothing can wait for a click.',
    }),
  ),
  warmUp: z.exactOptional(
    z.boolean().meta({
      description:
        'Whether a domain that mailbox providers don’t know yet is made known to them little by little (default false): letters that sell beyond the day’s number for each provider wait for the next day with the reason `warming_up`. `GET /v1/setup` tells how far it has come; after ten days it ends by itself.',
    }),
  ),
};
const sending = z.strictObject(sendingFields);

const cap = (what: string) =>
  z.exactOptional(
    z
      .int()
      .min(1)
      .max(1_000_000)
      .nullable()
      .meta({
        description: `${what}; null is no limit. Beyond it a claim is refused with 409 \`capped\`, whatever address it names. Not applied in the demo.`,
      }),
  );

const limits = z.strictObject({
  codesPerRange: cap(
    'New codes in one hour for one IPv4 address or IPv6 /56 (default 3), not counted for this machine itself',
  ),
  codesPerVisitor: cap('New codes in 24 hours for one browser (default 10)'),
  codesPerDay: cap('New codes in 24 hours for the whole shop (default none)'),
  offersPerVisitor: z.exactOptional(
    z
      .strictObject({ count: z.int().min(1).max(1_000), days: z.int().min(1).max(366) })
      .nullable()
      .meta({
        description:
          'At most `count` offers are shown to one visitor in `days` times 24 hours, whichever rules they are of; null (the default) is no limit.',
      }),
  ),
  disposable: z.exactOptional(
    z.enum(THROWAWAY_MODES).meta({
      description:
        'Addresses at throw-away domains (`disposableDomains`, and those that this instance lists): `deny` (default) gives them no code, `confirm` only once their mailbox has confirmed it, `allow` treats them like any other. The page gets the same answer each time; the letter is kept back as `disposable`.',
    }),
  ),
  disposableDomains: z.exactOptional(
    z.array(mailDomain).max(500, 'must be at most 500 domains').meta({
      description: 'Domains whose addresses are thrown away after use, with all below them. Replaces the list.',
    }),
  ),
  lettersPerSecond: z.exactOptional(
    z.int().min(1).max(1_000).nullable().meta({
      description:
        'Letters handed to the mail provider in one second, over all workers; those beyond it wait their turn. Null (the default): as many as the instance may (`LETTERS_PER_SECOND`).',
    }),
  ),
  visitsPerDay: z.exactOptional(
    z.int().min(1).max(1e9).meta({
      description:
        'Visits that the shop’s pages may open in one UTC day (default 1,000,000): what a copied site key can fill at most. Those beyond it are answered and not kept.',
    }),
  ),
});

const lasts = z.int('must be whole days').min(1, 'must be at least 1 day').max(730, 'must be at most 730 days');
const each = (what: string) =>
  z.exactOptional(
    z
      .record(text(200), lasts.nullable())
      .refine((said) => Object.keys(said).length <= 1_000, 'must name at most 1,000')
      .meta({ description: `Days by ${what}; null takes back what was said.` }),
  );

const replenishment = z
  .strictObject({
    days: z.exactOptional(lasts.nullable().meta({ description: 'Of whatever the shop sells; null: not said.' })),
    categories: each('category'),
    products: each('product id'),
  })
  .meta({
    description:
      'How many days things last, for flows that begin on `runs_out`: the product’s, else the category’s, else the shop’s, else the median gap between two orders of the product by one person. Merged with what was said.',
  });

const holidayPatch = z
  .strictObject({
    country: z.exactOptional(
      z
        .string()
        .regex(/^[A-Z]{2}$/, 'must be two capital letters, such as GB')
        .nullable()
        .meta({
          description:
            'ISO 3166, where your people live; null: what the shop’s locale says. Mother’s Day is another day in each.',
        }),
    ),
    deliveryDays: z.exactOptional(
      deliveryDays.nullable().meta({
        description:
          'Working days (Monday to Friday) from an order to its delivery; null: not told, and no letter promises a day.',
      }),
    ),
    lastOrder: z.exactOptional(
      z.partialRecord(z.enum(HOLIDAY_KEYS), z.int().min(0).max(90).nullable()).meta({
        description:
          'The last day to order by, in days before the holiday, where the days of delivery don’t say it; null takes it back.',
      }),
    ),
    guide: z.exactOptional(
      z.partialRecord(z.enum(HOLIDAY_KEYS), z.array(text(200)).min(1).max(5).nullable()).meta({
        description:
          'Categories of presents for a holiday; without them the best of the whole shop. Null takes them back.',
      }),
    ),
  })
  .meta({ description: 'What letters about holidays go by. Merged with what was said.' });

const sender = z.strictObject({
  name: text(78).refine((name) => !/[\r\n"<>\\]/.test(name), 'must not contain line breaks, quotes or angle brackets'),
  email: email.transform((parsed) => parsed.address),
});

const fields = {
  name: text(120),
  origins: z.array(origin).min(1, 'must name at least one origin').max(50),
  currency,
  locale,
  timezone,
  sender,
  postalAddress: text(300),
};

const optional = {
  brand: z.exactOptional(brand),
  consent: z.exactOptional(z.enum(CONSENT_FORMS)),
  privacyUrl: z.exactOptional(webUrl().nullable()),
  sending: z.exactOptional(sending),
  confirm: z.exactOptional(
    z.enum(CONFIRM_MODES).meta({
      description:
        'Double opt-in: whether an address has to be confirmed from its mailbox before letters that sell are sent to it. `de-at` (default): where the shop’s locale or the visitor is German or Austrian. Claims and forms then answer `confirm`.',
    }),
  ),
  memory: z.exactOptional(
    z.enum(MEMORY_MODES).meta({
      description:
        'How much the page remembers and tells before the visitor agrees. `none`: nothing is stored and no event is sent; `session`: until the tab is closed; `full` (default): for good. The page hands over the visitor’s answer with `linger("consent", "none" | "session" | "full")`, or says it through Google Consent Mode or an IAB TCF banner.',
    }),
  ),
  outward: z.exactOptional(
    z.boolean().meta({
      description:
        'Whether Google (`gtag`, `dataLayer`) and Yandex Metrica on the page are told of offers shown, accepted and declined (default true). The DOM events `linger:shown`, `linger:accepted`, `linger:declined` come either way.',
    }),
  ),
  waitlist: z.exactOptional(
    z.boolean().meta({
      description:
        'Whether a leaving visitor of something sold out is asked for an address, to be told when it is back (default true). A discount on it is never offered.',
    }),
  ),
  referral: z.exactOptional(referralProgram),
  replenishment: z.exactOptional(replenishment),
  holidays: z.exactOptional(holidayPatch),
  nameStyle: z.exactOptional(
    z.enum(NAME_STYLES).meta({
      description:
        'How letters address people: by the first name (default), `first-patronymic` (in Russian; elsewhere by the first name), `formal` (name and patronymic, or first and last name), `none`. What is not known is left out, and the greeting reads well without it.',
    }),
  ),
  visitsKeptFor: z.exactOptional(
    duration
      .refine((value) => durationMs(value) >= LEAST_KEPT_DAYS * DAY_MS, `must be at least ${LEAST_KEPT_DAYS} days`)
      .meta({
        description:
          'How long visits are kept, with what was told in them and the visitors of whom nothing else is known (default `760d`, 25 months; at least `30d`). Reports, advice and dry runs see as far back; contacts, orders and letters stay.',
        examples: ['760d'],
      }),
  ),
  limits: z.exactOptional(limits),
  margin: z.exactOptional(
    z.number().positive('must be more than 0').max(1, 'must be at most 1').nullable().meta({
      description:
        'Share of the undiscounted price that is left after the goods are paid for, such as 0.35. Reports and adaptive offers count net revenue by it; null (the default): by what was paid.',
    }),
  ),
};

export const shopInput = z.strictObject({ ...fields, ...optional }).meta({ id: 'ShopInput' });
export type ShopInput = z.infer<typeof shopInput>;

export const shopPatch = z
  .strictObject({
    name: z.exactOptional(fields.name),
    origins: z.exactOptional(fields.origins),
    currency: z.exactOptional(fields.currency),
    locale: z.exactOptional(fields.locale),
    timezone: z.exactOptional(fields.timezone),
    sender: z.exactOptional(sender.partial()),
    postalAddress: z.exactOptional(fields.postalAddress),
    integrations: z.exactOptional(integrations),
    ...optional,
    sending: z.exactOptional(
      z.strictObject({
        ...sendingFields,
        resume: z.exactOptional(
          z.literal(true).meta({
            description:
              'Go on with letters that sell, after `marketingHaltedReason` has been dealt with. Letters sent before are no longer held against the shop.',
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'ShopPatch' });
export type ShopPatch = z.infer<typeof shopPatch>;
