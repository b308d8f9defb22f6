/** People known by address: listed, written and read by the shop's server. */

import { type ContactFilter, dateNames } from '../../db/contact-records.ts';
import { eraseContact } from '../actions/contacts/erase-contact.ts';
import { importContacts } from '../actions/contacts/import-contacts.ts';
import { everyContact, exportContact, readContact, readContacts } from '../actions/contacts/read-contacts.ts';
import { changeContact, saveContact } from '../actions/contacts/save-contact.ts';
import type { Cell } from '../csv.ts';
import type { Deps } from '../deps.ts';
import { csvStream, wantsCsv } from '../http/csv-answer.ts';
import { endpoint } from '../http/endpoint.ts';
import { Problem } from '../problem.ts';
import { isUuid, listOf } from '../schemas/common.ts';
import {
  CONTACT_COLUMNS,
  contactAnswer,
  contactCells,
  contactExport,
  contactImportAnswer,
  contactImportQuery,
  contactInput,
  contactsQuery,
  contactWithFacts,
  describeContact,
  describeFacts,
  describeRows,
} from '../schemas/contact.ts';
import { patchBody } from '../schemas/patch.ts';

const tag = 'Contacts';

/** A path that no contact can have names none. */
function idOf(id: string | undefined): string {
  if (!id || !isUuid(id)) throw new Problem('not_found');
  return id.toLowerCase();
}

async function table(deps: Deps, shopId: string, filter: ContactFilter): Promise<Response> {
  const dates = await deps.db.shop(shopId, (tx) => dateNames(tx, shopId));
  async function* rows(): AsyncGenerator<Cell[][], void> {
    for await (const page of everyContact(deps, shopId, filter)) yield page.map((one) => contactCells(one, dates));
  }
  return csvStream('contacts.csv', [...CONTACT_COLUMNS, ...dates.map((name) => `Date: ${name}`)], rows());
}

export const contactRoutes = [
  endpoint(
    {
      method: 'get',
      path: '/v1/contacts',
      access: 'shop',
      tag,
      summary: 'All contacts',
      description:
        'Page by page: `next` is the `cursor` of the next one. `format=csv` (or `Accept: text/csv`) answers all of them as one table, in which no cell is a formula.',
      query: contactsQuery,
      answers: { 200: { description: 'Contacts', schema: listOf(contactAnswer) } },
    },
    async ({ deps, shop, query, request }) => {
      const { cursor: after = null, limit, format, email, ...rest } = query;
      const filter = { ...rest, ...(email ? { canonical: email.canonical } : {}) };
      if (wantsCsv(request, format)) return table(deps, shop.id, filter);
      const { contacts, next } = await readContacts(deps, shop.id, filter, { after, limit });
      return { status: 200, body: { data: contacts.map(describeContact), next } };
    },
  ),
  endpoint(
    {
      method: 'post',
      path: '/v1/contacts',
      access: 'shop',
      tag,
      summary: 'Add a contact, or tell more of one',
      description:
        'One address is one contact, however it is spelled. What is told replaces what was known, what is not told stays; tags and dates are added. `consent` is kept with its words; a yes never undoes an unsubscribe. Flows begin as they do for anybody who becomes known or subscribes, unless `consent.at` is older than a day.',
      body: contactInput,
      example: {
        email: 'kim@example.com',
        name: 'Kim',
        birthday: '03-27',
        tags: ['club'],
        consent: { data: true, marketing: true, text: 'Yes, write to me about new things.' },
      },
      answers: {
        200: { description: 'It was known already: as it is now', schema: contactAnswer },
        201: { description: 'It is new', schema: contactAnswer },
      },
    },
    async ({ deps, shop, body }) => {
      const { shown, created } = await saveContact(deps, shop, body);
      return { status: created ? 201 : 200, body: describeContact(shown) };
    },
  ),
  endpoint(
    {
      method: 'post',
      path: '/v1/contacts/import',
      access: 'shop',
      tag,
      summary: 'Upload contacts',
      description:
        'The file as the body, packed with gzip or not, up to 256 MB: a table with a first line of names in English or Russian (commas, semicolons or tabs, RFC 4180), or JSON lines, each as `POST /v1/contacts` takes it. A line that is wrong is not taken, and told with its number, field and reason; it costs no other. The same file again changes nothing. Nobody takes letters that sell without a column of consent and the words of it. No flow begins by it.',
      file: ['text/csv', 'text/tab-separated-values', 'application/x-ndjson'],
      query: contactImportQuery,
      example:
        'Email;Name;Birthday;Tags;Consent;Consent text\nlee@example.com;Lee;27.03.1990;club, vip;yes;Write to me about new things.\n',
      answers: { 200: { description: 'What was taken, and what was not', schema: contactImportAnswer } },
    },
    async ({ deps, shop, request, query }) => ({
      status: 200,
      body: await importContacts(deps, shop, {
        body: request.body,
        contentType: request.headers.get('content-type'),
        consentText: query.consentText ?? null,
      }),
    }),
  ),
  endpoint(
    {
      method: 'get',
      path: '/v1/contacts/:id',
      access: 'shop',
      tag,
      summary: 'One contact, with its facts',
      answers: { 200: { description: 'The contact', schema: contactWithFacts } },
      problems: ['not_found'],
    },
    async ({ deps, shop, params }) => {
      const found = await readContact(deps, shop.id, idOf(params.id));
      if (!found) throw new Problem('not_found');
      return { status: 200, body: { ...describeContact(found), facts: describeFacts(found.facts) } };
    },
  ),
  endpoint(
    {
      method: 'patch',
      path: '/v1/contacts/:id',
      access: 'shop',
      tag,
      summary: 'Change a contact',
      description:
        'Of the fields of `POST /v1/contacts`: null takes one away, `tags` replaces the list, in `dates` each name stands for itself. `email` may be another spelling of the same address. `consent` is one more word, not a change of the earlier ones; a yes never undoes an unsubscribe: only the owner of the mailbox does.',
      body: patchBody,
      example: { city: 'Berlin', tags: ['club', 'early bird'] },
      answers: { 200: { description: 'The contact as it is now', schema: contactAnswer } },
      problems: ['not_found'],
    },
    async ({ deps, shop, params, body }) => {
      const changed = await changeContact(deps, shop, idOf(params.id), body);
      if (!changed) throw new Problem('not_found');
      return { status: 200, body: describeContact(changed) };
    },
  ),
  endpoint(
    {
      method: 'get',
      path: '/v1/contacts/:id/export',
      access: 'shop',
      tag,
      summary: 'Everything that is kept of one person',
      description:
        'For whoever asks to see or take along what you know of them (GDPR, articles 15 and 20). `told` is as it was told.',
      answers: { 200: { description: 'All of it', schema: contactExport } },
      problems: ['not_found'],
    },
    async ({ deps, shop, params }) => {
      const id = idOf(params.id);
      const found = await exportContact(deps, shop.id, id);
      if (!found) throw new Problem('not_found');
      const { facts, data } = found;
      const sections = Object.entries(data).map(([name, rows]) => [name, describeRows(rows)]);
      return {
        status: 200,
        body: {
          contact: { ...describeContact(found), facts: describeFacts(facts) },
          ...Object.fromEntries(sections),
        },
        headers: { 'content-disposition': `attachment; filename="contact-${id}.json"` },
      };
    },
  ),
  endpoint(
    {
      method: 'delete',
      path: '/v1/contacts/:id',
      access: 'shop',
      tag,
      summary: 'Erase a contact',
      description:
        'For good, and at once: chains end, queued letters are never sent, and everything that names the person goes from every table: consent, letters, answers, reviews, forms, the personal part of orders, the ties of visits. Sums stay: orders, letters and codes are counted as before, of nobody. The address stays suppressed as a keyed hash, so that it gets no letters that sell, whoever uploads it again.',
      answers: { 204: { description: 'Nobody knows of them any more' } },
      problems: ['not_found'],
    },
    async ({ deps, shop, params }) => {
      if (!(await eraseContact(deps, shop.id, idOf(params.id)))) throw new Problem('not_found');
      return { status: 204 };
    },
  ),
];
