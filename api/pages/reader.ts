/** The API reader: the OpenAPI document as one plain page, no script, nothing from elsewhere. */

import { html } from 'hono/html';
import type { OpenApi } from '../http/openapi.ts';
import { type Html, page } from './layout.ts';
import { marked } from './marked.ts';
import { fieldsOf, type Schema, typeOf } from './reader-fields.ts';
import { shortJson } from './short-json.ts';

const STYLE = `
main { max-width: 54rem }
nav ul { columns: 2; column-gap: 2rem; list-style: none; margin: 0; padding: 0; font-size: .9rem }
nav li { break-inside: avoid; padding: .15rem 0; overflow-wrap: anywhere }
nav h3 { font-size: 1rem; margin: 1.3rem 0 .3rem }
nav a { text-decoration: none } nav a:hover { text-decoration: underline }
article, section { border-top: 1px solid var(--line); padding: 1.4rem 0; scroll-margin-top: 1rem }
article h3, section h3 { margin: 0; font: 600 1rem ui-monospace, monospace; overflow-wrap: anywhere }
article h3 b { display: inline-block; min-width: 4.2em; color: var(--accent) }
article h4 { font-size: .95rem; margin: 1.2rem 0 .3rem }
article h4 + p, section h3 + p { margin-top: .3rem }
details { margin: .5rem 0 } summary { cursor: pointer; min-height: 24px }
td, .fields th { overflow-wrap: anywhere }
.fields { table-layout: fixed; font-size: .92rem } .fields th { font-weight: 400 } .fields th:first-child { width: 38% }
.fields .kind { padding-top: 1.1rem; font-weight: 600 }
.answers th { width: 4.5rem }
@media (max-width: 40rem) { nav ul { columns: 1 } nav li { padding: .45rem 0 } }
`;

type Content = Record<string, { schema: Schema; example?: unknown }>;

interface Operation {
  tags: [string];
  summary: string;
  description?: string;
  operationId: string;
  security?: Record<string, unknown>[];
  parameters?: { name: string; in: string; required: boolean; description?: string; schema: Schema }[];
  requestBody?: { content: Content };
  responses: Record<string, { description: string; content?: Content }>;
}

interface Entry {
  method: string;
  path: string;
  operation: Operation;
}

export function readerPage(document: OpenApi): Promise<string> {
  const entries: Entry[] = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operation: operation as unknown as Operation,
    })),
  );
  const tags = [...new Set(entries.map((entry) => entry.operation.tags[0]))];
  const of = (tag: string): Entry[] => entries.filter((entry) => entry.operation.tags[0] === tag);
  return page(
    { lang: 'en', title: 'Linger API', style: STYLE },
    html`<main>
<h1>Linger API</h1>
<p>${String(document.info.description)} The same as a file: <a href="/openapi.json">openapi.json</a>.</p>
${CONVENTIONS}
<nav aria-label="Calls">${tags.map((tag) => html`<h3>${tag}</h3><ul>${of(tag).map(link)}</ul>`)}</nav>
${tags.map((tag) => html`<h2>${tag}</h2>${of(tag).map(describe)}`)}
<h2>Schemas</h2>
${Object.entries(document.components.schemas).map(schemaSection)}
</main>`,
  );
}

/** What holds for every call. */
const CONVENTIONS = html`<h2>What holds for every call</h2>
<ul>
<li>Bodies and answers are JSON, but for the few calls that take or give a file. A body’s <code>Content-Type</code> may be left out.</li>
<li>A shop’s server says <code>Authorization: Bearer sk_…</code>; whoever runs the instance, <code>Bearer $ADMIN_KEY</code>. A key never stands in an address.</li>
<li>Money is a decimal number in the shop’s currency. Times are ISO 8601, answered in UTC. Durations are text: <code>90s</code>, <code>30m</code>, <code>2h</code> are exact, <code>1d</code> and <code>4w</code> are calendar days.</li>
<li>Lists are <code>{"data": […], "next": …}</code>: pass <code>next</code> as <code>cursor</code> for the next page.</li>
<li><code>PATCH</code> is a merge patch (RFC 7396): what is left out stays, null takes away, lists are replaced whole.</li>
<li>Changes may carry an <code>Idempotency-Key</code>: a repeat within 24 hours gets the first answer and changes nothing.</li>
<li>Errors are problems (RFC 9457) with a <code>code</code> that stays the same. What is not known, in a body or a query, is refused and not passed over. A 422 names every field that is wrong; with <code>Accept-Language: ru</code> in Russian:</li>
</ul>
<pre>{
  "type": "urn:linger:problem:invalid",
  "title": "The request is not valid",
  "status": 422,
  "code": "invalid",
  "errors": [{ "path": "when.all.1.2", "message": "must be a number" }]
}</pre>`;

const link = ({ method, path, operation }: Entry): Html =>
  html`<li><a href="#${operation.operationId}"><code>${method} ${path}</code></a></li>`;

function describe({ method, path, operation }: Entry): Html {
  const [type, body] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  const types = Object.keys(operation.requestBody?.content ?? {});
  const key = Object.keys(operation.security?.[0] ?? {})[0];
  return html`<article id="${operation.operationId}">
<h3><b>${method}</b> ${path}</h3>
<p>${operation.summary}.${operation.description ? html` ${marked(operation.description)}` : ''}</p>
${key ? html`<p class="soft">With the ${key === 'operator' ? 'admin key' : 'shop’s secret key'}.</p>` : ''}
${operation.parameters?.length ? parameters(operation.parameters) : ''}
${body ? html`<h4>Body</h4><p>${typeOf(body.schema)}${type === 'application/json' && types.length === 1 ? '' : html`, as ${types.map((one, index) => html`${index ? ' or ' : ''}<code>${one}</code>`)}`}</p>` : ''}
${body?.example === undefined ? '' : example(body.example)}
<h4>Answers</h4>
<table class="answers">${Object.entries(operation.responses).map(answer)}</table>
</article>`;
}

function parameters(all: NonNullable<Operation['parameters']>): Html {
  return html`<table class="fields">${all.map(
    ({ name, in: place, required, description, schema }) =>
      html`<tr><th scope="row"><code>${place === 'query' ? '?' : ''}${name}</code><br><small>${place === 'query' ? '' : `${place}, `}${required ? 'required' : 'optional'}</small></th><td><small>${typeOf(schema)}</small>${description ? html`<br>${marked(description)}` : ''}</td></tr>`,
  )}</table>`;
}

function answer([status, { description, content }]: [string, Operation['responses'][string]]): Html {
  const [type, told] = Object.entries(content ?? {})[0] ?? [];
  const shape = type === 'application/json' && told ? html`<br><small>${listed(told.schema)}</small>` : '';
  return html`<tr><th scope="row">${status}</th><td>${marked(description)}${shape}</td></tr>`;
}

/** A list is told by what it is of. */
function listed(schema: Schema): Html {
  const { data } = (schema.properties ?? {}) as Record<string, Schema>;
  return data?.items ? html`<code>data</code>: ${typeOf(data)}` : typeOf(schema);
}

const example = (value: unknown): Html => html`<pre>${typeof value === 'string' ? value : shortJson(value)}</pre>`;

const schemaSection = ([name, schema]: [string, Schema]): Html => html`<section id="schema-${name}">
<h3>${name}</h3>
${schema.description ? html`<p>${marked(String(schema.description))}</p>` : ''}
${fieldsOf(schema)}
</section>`;
