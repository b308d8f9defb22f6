/** The API reader: the OpenAPI document as one plain page, no script, nothing from elsewhere. */

import { html, raw } from 'hono/html';
import type { OpenApi } from '../http/openapi.ts';
import { type Html, page } from './layout.ts';

const STYLE = `
nav ul { columns: 2; list-style: none; padding: 0; font-size: .9rem }
article { border-top: 1px solid var(--line); padding: 1.2rem 0 }
article h3 { margin: 0; font: 600 .95rem ui-monospace, monospace; overflow-wrap: anywhere }
article h3 b { display: inline-block; min-width: 4.2em; color: var(--accent) }
details { margin: .5rem 0 } summary { cursor: pointer }
`;

interface Operation {
  tags: [string];
  summary: string;
  description?: string;
  operationId: string;
  security?: Record<string, unknown>[];
  parameters?: { name: string; in: string; required: boolean; description?: string }[];
  requestBody?: { content: Record<string, { schema: unknown; example?: unknown }> };
  responses: Record<string, { description: string }>;
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
  return page(
    { lang: 'en', title: 'Linger API', style: STYLE },
    html`<main>
<h1>Linger API</h1>
<p>${String(document.info.description)} The same as a file: <a href="/openapi.json">openapi.json</a>.</p>
<p class="soft">Everything is JSON. Errors are RFC 9457 problems with a <code>code</code>; a 422 names each field in <code>errors</code>. Money is a decimal number in the shop’s currency, times are ISO 8601 UTC.</p>
<nav>${tags.map((tag) => html`<h2>${tag}</h2><ul>${entries.filter((entry) => entry.operation.tags[0] === tag).map(link)}</ul>`)}</nav>
${entries.map(describe)}
<h2>Schemas</h2>
${Object.entries(document.components.schemas).map(([name, schema]) => html`<details id="schema-${name}"><summary><code>${name}</code></summary>${json(schema)}</details>`)}
</main>`,
  );
}

const link = ({ method, path, operation }: Entry): Html =>
  html`<li><a href="#${operation.operationId}"><code>${method} ${path}</code></a></li>`;

function describe({ method, path, operation }: Entry): Html {
  const body = Object.values(operation.requestBody?.content ?? {})[0];
  const key = Object.keys(operation.security?.[0] ?? {})[0];
  return html`<article id="${operation.operationId}">
<h3><b>${method}</b> ${path}</h3>
<p>${operation.summary}.${operation.description ? html` ${operation.description}` : ''}</p>
${key ? html`<p class="soft">${key === 'operator' ? 'With the admin key' : 'With the shop’s secret key'}: <code>Authorization: Bearer …</code></p>` : ''}
${operation.parameters?.length ? html`<p class="soft">${operation.parameters.map((one) => html`<code>${one.name}</code> (${one.in}${one.required ? ', required' : ''}) `)}</p>` : ''}
${body?.example === undefined ? '' : html`<p>For example</p>${json(body.example)}`}
${body ? html`<details><summary>Body</summary>${json(body.schema)}</details>` : ''}
<table>${Object.entries(operation.responses).map(([status, response]) => html`<tr><th scope="row">${status}</th><td>${raw(marked(response.description))}</td></tr>`)}</table>
</article>`;
}

const json = (value: unknown): Html => html`<pre>${JSON.stringify(value, null, 2)}</pre>`;

/** Backticks as code, everything else escaped. */
const marked = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`).replaceAll(/`([^`]+)`/g, '<code>$1</code>');
