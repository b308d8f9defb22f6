/** Letters in the shop's own words. */

import { LETTER_KEYS, type LetterKey } from '../../core/flows/flow.ts';
import { currentTemplate, currentTemplates, templateVersions } from '../../db/templates.ts';
import { guideFor } from '../actions/letters/letter-source.ts';
import { previewTemplate, testTemplate } from '../actions/letters/preview-template.ts';
import { dropTemplate, putTemplate, revertTemplate } from '../actions/letters/save-template.ts';
import { endpoint } from '../http/endpoint.ts';
import { Problem } from '../problem.ts';
import { listOf } from '../schemas/common.ts';
import {
  describeLine,
  describeSaved,
  describeTemplate,
  describeVersion,
  savedTemplateAnswer,
  templateAnswer,
  templateInput,
  templateLine,
  templatePreview,
  templatePreviewAnswer,
  templateRevert,
  templateTest,
  templateTestAnswer,
  templateVersionAnswer,
} from '../schemas/template.ts';

const tag = 'Templates';
const path = '/v1/templates/:key';

function letterOf(params: Record<string, string>): LetterKey {
  const key = LETTER_KEYS.find((known) => known === params.key);
  if (!key) throw new Problem('not_found');
  return key;
}

export const templateRoutes = [
  endpoint(
    {
      method: 'get',
      path: '/v1/templates',
      access: 'shop',
      tag,
      summary: 'All letters, and which the shop has put in its own words',
      answers: { 200: { description: 'Every letter', schema: listOf(templateLine) } },
      problems: ['unauthorized'],
    },
    async ({ deps, shop }) => {
      const rows = await deps.db.shop(shop.id, (tx) => currentTemplates(tx, shop.id));
      const byKey = new Map(rows.map((row) => [row.key, row]));
      return {
        status: 200,
        body: { data: LETTER_KEYS.map((key) => describeLine(key, byKey.get(key) ?? null)), next: null },
      };
    },
  ),
  endpoint(
    {
      method: 'get',
      path,
      access: 'shop',
      tag,
      summary: 'One letter, with all that is needed to write it anew',
      answers: { 200: { description: 'The letter', schema: templateAnswer } },
      problems: ['unauthorized', 'not_found'],
    },
    async ({ deps, shop, params }) => {
      const key = letterOf(params);
      const row = await deps.db.shop(shop.id, (tx) => currentTemplate(tx, shop.id, key));
      return { status: 200, body: describeTemplate(key, row, guideFor(shop, key, deps.now())) };
    },
  ),
  endpoint(
    {
      method: 'put',
      path,
      access: 'shop',
      tag,
      summary: 'Put a letter in the shop’s own words',
      description:
        'Liquid, per language: single sentences, the parts and their order, or the whole body as html. Names that there are not, filters and tags that are not known are refused with line and column. The shop’s head, the hidden line, the postal address and the way out stay around it. Letters are written by it from the next one on; where it ever fails, the built-in letter leaves.',
      body: templateInput,
      example: {
        en: {
          subject: '{{ contact.first_name | default: "Hello" }}, {{ offer.benefit | downcase }} is waiting',
          body: 'We have kept {{ items.first.title | default: "your things" }} for you.\n\nThe code is good until {{ expires.day }}.',
        },
      },
      answers: { 200: { description: 'The letter as it is now', schema: savedTemplateAnswer } },
      problems: ['unauthorized', 'not_found', 'invalid_json', 'too_large', 'invalid'],
    },
    async ({ deps, shop, params, body }) => {
      const key = letterOf(params);
      const { row, warnings } = await putTemplate(deps, shop, key, body);
      return { status: 200, body: describeSaved(key, row, warnings) };
    },
  ),
  endpoint(
    {
      method: 'delete',
      path,
      access: 'shop',
      tag,
      summary: 'Go back to the built-in letter',
      description: 'The versions stay: `revert` brings any of them back.',
      answers: { 204: { description: 'The built-in letter is in force' } },
      problems: ['unauthorized', 'not_found'],
    },
    async ({ deps, shop, params }) => {
      if (!(await dropTemplate(deps, shop, letterOf(params)))) throw new Problem('not_found');
      return { status: 204 };
    },
  ),
  endpoint(
    {
      method: 'get',
      path: `${path}/versions`,
      access: 'shop',
      tag,
      summary: 'What a letter was before',
      description: 'The latest 100 versions, the one in force first.',
      answers: { 200: { description: 'The versions', schema: listOf(templateVersionAnswer) } },
      problems: ['unauthorized', 'not_found'],
    },
    async ({ deps, shop, params }) => {
      const key = letterOf(params);
      const rows = await deps.db.shop(shop.id, (tx) => templateVersions(tx, shop.id, key));
      return { status: 200, body: { data: rows.map(describeVersion), next: null } };
    },
  ),
  endpoint(
    {
      method: 'post',
      path: `${path}/revert`,
      access: 'shop',
      tag,
      summary: 'Bring a version back',
      description: 'As a new version. It is checked anew.',
      body: templateRevert,
      example: { version: 1 },
      answers: { 200: { description: 'The letter as it is now', schema: savedTemplateAnswer } },
      problems: ['unauthorized', 'not_found', 'invalid_json', 'too_large', 'invalid'],
    },
    async ({ deps, shop, params, body }) => {
      const key = letterOf(params);
      const saved = await revertTemplate(deps, shop, key, body.version);
      if (!saved) throw new Problem('invalid', { errors: [{ path: 'version', message: 'there is no such version' }] });
      return { status: 200, body: describeSaved(key, saved.row, saved.warnings) };
    },
  ),
  endpoint(
    {
      method: 'post',
      path: `${path}/preview`,
      access: 'shop',
      reads: true,
      tag,
      summary: 'See a letter',
      description:
        'To a made-up person, or to a contact as they are now; in words that are in force, or in a draft. Nothing is saved or sent, and its links do nothing.',
      body: templatePreview,
      example: { locale: 'en', draft: { en: { headline: 'Good to see you, {{ contact.name }}' } } },
      answers: { 200: { description: 'The letter', schema: templatePreviewAnswer } },
      problems: ['unauthorized', 'not_found', 'invalid_json', 'too_large', 'invalid'],
    },
    async ({ deps, shop, params, body }) => ({
      status: 200,
      body: await previewTemplate(deps, shop, letterOf(params), body),
    }),
  ),
  endpoint(
    {
      method: 'post',
      path: `${path}/test`,
      access: 'shop',
      tag,
      summary: 'Send a letter to the shop’s own people',
      description:
        'Through the same provider, marked as a test in its subject. It goes only to the sender’s address or another at its domain, its links do nothing, and nothing of it is counted.',
      body: templateTest,
      example: { locale: 'en' },
      answers: { 200: { description: 'What came of it', schema: templateTestAnswer } },
      problems: ['unauthorized', 'not_found', 'invalid_json', 'too_large', 'invalid'],
    },
    async ({ deps, shop, params, body }) => ({
      status: 200,
      body: await testTemplate(deps, shop, letterOf(params), body),
    }),
  ),
];
