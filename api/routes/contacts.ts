/** People known by address: listed, written and read by the shop's server. */

import { eraseContact } from '../actions/erase-contact.ts';
import { everyContact, readContact, readContacts } from '../actions/read-contacts.ts';
import { changeContact, saveContact } from '../actions/save-contact.ts';
import type { Cell } from '../csv.ts';
import { csvStream, wantsCsv } from '../http/csv-answer.ts';
import { endpoint } from '../http/endpoint.ts';
import { Problem } from '../problem.ts';
import { isUuid, listOf } from '../schemas/common.ts';
import {
  CONTACT_COLUMNS,
  contactAnswer,
  contactCells,
  contactInput,
  contactsQuery,
  contactWithFacts,
  describeContact,
  describeFacts,
  type ShownContact,
} from '../schemas/contact.ts';
import { patchBody } from '../schemas/patch.ts';

const tag = 'Contacts';

/** A path that no contact can have names none. */
function idOf(id: string | undefined): string {
  if (!id || !isUuid(id)) throw new Problem('not_found');
  return id.toLowerCase();
}

async function* rowsOf(pages: AsyncGenerator<ShownContact[], void>): AsyncGenerator<Cell[][], void> {
  for await (const page of pages) yield page.map(contactCells);
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
      if (wantsCsv(request, format))
        return csvStream('contacts.csv', CONTACT_COLUMNS, rowsOf(everyContact(deps, shop.id, filter)));
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
