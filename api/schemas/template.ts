/** Letters in the shop's own words, as a shop writes and reads them. What the words may say, the letters themselves know. */

import { z } from 'zod';
import type { LetterKey } from '../../core/flows/flow.ts';
import type { OwnBlock, OwnLetter } from '../../core/letters/own-letter.ts';
import { LOCALES } from '../../core/values/locale.ts';
import type { TemplateRow } from '../../db/templates.ts';
import { LONGEST_TEMPLATE } from '../../emails/liquid/engine.ts';
import type { LetterGuide } from '../../emails/own/guide.ts';
import { iso } from './answers.ts';
import { text } from './common.ts';
import { wording } from './field-errors.ts';

const words = (longest: number) => z.string().max(longest, `must be at most ${longest} characters`);

const blockForms = {
  paragraph: z.strictObject({ paragraph: words(10_000) }),
  html: z.strictObject({ html: words(LONGEST_TEMPLATE) }),
};

/** A name, or an object that is known by its one key: the problems are then its own. */
const block = z
  .custom<OwnBlock>()
  .superRefine((value: unknown, context) => {
    const name = ['paragraph' as const, 'html' as const].find(
      (one) => typeof value === 'object' && value !== null && one in value,
    );
    const form = typeof value === 'string' ? text(60) : name && blockForms[name];
    if (!form) {
      context.addIssue({ code: 'custom', message: 'must be the name of a part, {paragraph} or {html}' });
      return;
    }
    const result = form.safeParse(value, { error: wording, reportInput: true });
    for (const issue of result.error?.issues ?? []) context.addIssue({ ...issue } as never);
  })
  .meta({
    id: 'LetterBlock',
    description: 'The name of a part, `{"paragraph": Liquid}` or `{"html": Liquid}`.',
    examples: ['items', { paragraph: 'Until {{ expires.day }}.' }, { html: '<p>…</p>' }],
  });

const ownWords = z
  .strictObject({
    subject: z.exactOptional(text(1_000)),
    preheader: z.exactOptional(words(1_000)),
    headline: z.exactOptional(text(1_000)),
    greeting: z.exactOptional(text(1_000)),
    body: z.exactOptional(words(10_000)),
    after: z.exactOptional(words(10_000)),
    button: z.exactOptional(text(1_000)),
    items: z.exactOptional(text(1_000)),
    blocks: z.exactOptional(
      z.array(block).min(1).max(40).meta({
        description:
          'Which parts stand in which order: a part’s name, `{paragraph}` or `{html}`. Absent: those of the built-in letter.',
      }),
    ),
    html: z.exactOptional(
      text(LONGEST_TEMPLATE).meta({
        description: 'All that stands between the shop’s head and the foot, instead of `blocks`.',
      }),
    ),
    text: z.exactOptional(
      text(LONGEST_TEMPLATE).meta({ description: 'The plain text. Absent: made from what the letter shows.' }),
    ),
  })
  .superRefine((one, context) => {
    if (one.html !== undefined && one.blocks !== undefined)
      context.addIssue({ code: 'custom', path: ['blocks'], message: 'must be absent beside html' });
  })
  .meta({
    id: 'LetterWords',
    description:
      'Each text is Liquid. What is absent is said as the built-in letter says it; an empty `body` or `after` is left out. An empty line begins another paragraph.',
  });

const shape = { en: z.exactOptional(ownWords), ru: z.exactOptional(ownWords) } satisfies Record<
  (typeof LOCALES)[number],
  unknown
>;

export const templateInput = z
  .strictObject(shape)
  .refine((letter) => letter.en || letter.ru, 'must have words in en or ru')
  .meta({ id: 'TemplateInput' }) satisfies z.ZodType<OwnLetter>;

const subject = {
  locale: z.exactOptional(z.enum(LOCALES).meta({ description: 'Absent: the contact’s language, else the shop’s.' })),
  contact: z.exactOptional(
    text(254).meta({
      description:
        'A contact’s id or address: the letter as they would get it now. Absent: a made-up person with a code, an order and two things.',
    }),
  ),
  draft: z.exactOptional(
    z.strictObject(shape).meta({ description: 'Words that are not saved. Absent: those in force.' }),
  ),
};

export const templatePreview = z.strictObject(subject).meta({ id: 'TemplatePreviewInput' });

export const templateTest = z
  .strictObject({
    to: z.exactOptional(
      text(254).meta({ description: 'The sender’s address (the default), or another at the sender’s own domain.' }),
    ),
    ...subject,
  })
  .meta({ id: 'TemplateTestInput' });

export const templateRevert = z.strictObject({ version: z.int().min(1) }).meta({ id: 'TemplateRevert' });

const time = z.iso.datetime();
const locales = z.array(z.enum(LOCALES)).meta({ description: 'The languages that have words of the shop’s own.' });
const lastError = z.object({ message: z.string(), at: time }).nullable().meta({
  description:
    'Why the words could not be written out the last time that they couldn’t. The built-in letter left instead.',
});
const version = z.int().nullable().meta({ description: 'Null where the letter was never changed.' });
const template = z.object(shape).nullable().meta({ description: 'Null where the built-in letter is in force.' });

export const templateLine = z
  .object({ key: z.string(), version, locales, updatedAt: time.nullable(), lastError })
  .meta({ id: 'TemplateLine' });

const warnings = z.array(z.string()).meta({
  description: 'What was left out of the markup, and what readers of some mail programs will see otherwise.',
});

const guide = z
  .object({
    default: z.object(
      Object.fromEntries(LOCALES.map((locale) => [locale, z.record(z.string(), z.unknown())])) as Record<
        (typeof LOCALES)[number],
        z.ZodRecord<z.ZodString, z.ZodUnknown>
      >,
    ),
    variables: z.array(z.object({ name: z.string(), kind: z.enum(['text', 'number', 'yes-or-no', 'list']) })),
    parts: z.array(z.string()),
  })
  .meta({
    id: 'TemplateGuide',
    description:
      'What to write one from: the built-in letter’s words for a made-up person and its parts in order, what texts may speak of, and the parts that `blocks` and `{% part … %}` may name.',
  });

export const templateAnswer = z
  .object({ key: z.string(), version, template, updatedAt: time.nullable(), lastError, guide })
  .meta({ id: 'Template' });

export const savedTemplateAnswer = z
  .object({ key: z.string(), version, template, updatedAt: time.nullable(), lastError, warnings })
  .meta({ id: 'SavedTemplate' });

export const templateVersionAnswer = z
  .object({ version: z.int(), template, createdAt: time, lastError })
  .meta({ id: 'TemplateVersion' });

export const templatePreviewAnswer = z
  .object({
    locale: z.enum(LOCALES),
    subject: z.string(),
    preheader: z.string(),
    html: z.string(),
    text: z.string(),
    bytes: z.int().meta({ description: 'Of the html. Gmail hides what comes after 102,400.' }),
    warnings,
  })
  .meta({ id: 'TemplatePreview' });

export const templateTestAnswer = z
  .object({
    sent: z.boolean(),
    to: z.string(),
    subject: z.string(),
    reason: z.string().nullable().meta({ description: 'Why it was not sent, in the provider’s words.' }),
  })
  .meta({ id: 'TemplateTest' });

const errorOf = (row: TemplateRow | null): z.infer<typeof lastError> =>
  row?.failure && row.failedAt !== null ? { message: row.failure, at: iso(row.failedAt) } : null;

const ownOf = (row: TemplateRow | null) => ({
  version: row?.version ?? null,
  template: row?.words ?? null,
  updatedAt: row ? iso(row.createdAt) : null,
  lastError: errorOf(row),
});

export const describeLine = (key: LetterKey, row: TemplateRow | null): z.infer<typeof templateLine> => {
  const { template, ...own } = ownOf(row);
  return { key, ...own, locales: LOCALES.filter((locale) => template?.[locale]) };
};

export const describeTemplate = (
  key: LetterKey,
  row: TemplateRow | null,
  guide: LetterGuide,
): z.infer<typeof templateAnswer> => ({ key, ...ownOf(row), guide });

export const describeSaved = (
  key: LetterKey,
  row: TemplateRow,
  warnings: string[],
): z.infer<typeof savedTemplateAnswer> => ({ key, ...ownOf(row), warnings });

export const describeVersion = (row: TemplateRow): z.infer<typeof templateVersionAnswer> => ({
  version: row.version,
  template: row.words,
  createdAt: iso(row.createdAt),
  lastError: errorOf(row),
});
