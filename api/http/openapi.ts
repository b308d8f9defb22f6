/** OpenAPI 3.1 from the endpoints and the very schemas that validate them. */

import { type ZodType, z } from 'zod';
import { PROBLEMS, Problem, type ProblemCode } from '../problem.ts';
import { problemAnswer } from '../schemas/answers.ts';
import { describeFields, describeParameters } from './describe-fields.ts';
import { changes, type Endpoint, takesKey } from './endpoint.ts';

type Json = Record<string, unknown>;

export interface OpenApi extends Json {
  openapi: string;
  info: Json;
  paths: Record<string, Record<string, Json>>;
  components: { schemas: Record<string, Json>; examples: Json; securitySchemes: Json };
}

export function writeOpenApi(endpoints: readonly Endpoint[], publicUrl: string): OpenApi {
  const schemas: Record<string, Json> = {};
  const paths: OpenApi['paths'] = {};
  for (const { spec } of endpoints) {
    const path = spec.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [spec.method]: operation(spec, schemas) };
  }
  for (const [name, schema] of Object.entries(schemas)) describeFields(schema, [name]);
  for (const each of Object.values(paths).flatMap((methods) => Object.values(methods)))
    for (const schema of schemasOf(each)) describeFields(schema, [String(each.operationId)]);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Linger',
      version: '1',
      description:
        'Offers a leaving visitor a discount on what they looked at, mails the code, and reminds until it is used.',
    },
    servers: [{ url: publicUrl }],
    paths,
    components: {
      schemas,
      examples: problemExamples(),
      securitySchemes: {
        operator: { type: 'http', scheme: 'bearer', description: 'The instance’s ADMIN_KEY.' },
        shop: { type: 'http', scheme: 'bearer', description: 'The shop’s secret key, sk_…, from its server only.' },
      },
    },
  };
}

/** What its body and its answers are made of. */
const schemasOf = ({ requestBody, responses }: Json): Json[] =>
  [requestBody, ...Object.values(responses as Record<string, Json>)]
    .flatMap((part) => Object.values(((part as Json | undefined)?.content ?? {}) as Record<string, { schema: Json }>))
    .map(({ schema }) => schema);

function operation(spec: Endpoint['spec'], schemas: Record<string, Json>): Json {
  const named = spec.access === 'operator' || spec.access === 'shop';
  const id = operationId(spec.method, spec.path);
  return {
    operationId: id,
    tags: [spec.tag],
    summary: spec.summary,
    ...(spec.description ? { description: spec.description } : {}),
    ...(named ? { security: [{ [spec.access]: [] }] } : {}),
    ...parametersOf(spec),
    ...(spec.body ? { requestBody: requestBody(spec, spec.body, schemas) } : {}),
    ...(spec.file ? { requestBody: fileBody(spec.file, spec.example) } : {}),
    responses: {
      ...answersOf(spec, schemas),
      ...problemsOf([...new Set([...(spec.problems ?? []), ...impliedProblems(spec)])], schemas),
    },
  };
}

function operationId(method: string, path: string): string {
  const words = path.replace('/v1/', '').split(/\W+/).filter(Boolean);
  return [method, ...words.map((word) => word[0]?.toUpperCase() + word.slice(1))].join('');
}

function parametersOf(spec: Endpoint['spec']): Json {
  const inPath = [...spec.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const query = spec.query ? schemaOf(spec.query, 'input', {}) : {};
  const required = (query.required ?? []) as string[];
  const inQuery = Object.entries((query.properties ?? {}) as Record<string, Json>).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
  const key = takesKey(spec)
    ? [
        {
          name: 'Idempotency-Key',
          in: 'header',
          required: false,
          schema: { type: 'string', maxLength: 255 },
          description: 'Unique per method and path, kept for 24 hours: a repeat gets the first answer.',
        },
      ]
    : [];
  const inHeader = Object.entries(spec.headers ?? {}).map(([name, description]) => ({
    name,
    in: 'header',
    required: false,
    schema: { type: 'string' },
    description,
  }));
  const parameters: Json[] = [...inPath, ...inQuery, ...inHeader, ...key];
  describeParameters(parameters, spec.path.replaceAll(/:(\w+)/g, '{$1}'));
  return parameters.length > 0 ? { parameters } : {};
}

function requestBody(spec: Endpoint['spec'], body: ZodType, schemas: Record<string, Json>): Json {
  const media = {
    schema: schemaOf(body, 'input', schemas),
    ...(spec.example === undefined ? {} : { example: spec.example }),
  };
  // Pages send text/plain, which needs no preflight.
  return {
    required: true,
    content: {
      'application/json': media,
      ...(spec.access === 'page' ? { 'text/plain': media } : {}),
      ...(spec.csv ? { 'text/csv': { schema: { type: 'string' } } } : {}),
    },
  };
}

/** What an endpoint's example of a file is written in. */
const SHOWN = ['text/csv', 'message/rfc822'];

const fileBody = (types: readonly string[], example: unknown): Json => ({
  required: true,
  content: Object.fromEntries(
    types.map((type) => [
      type,
      { schema: { type: 'string' }, ...(SHOWN.includes(type) && example ? { example } : {}) },
    ]),
  ),
});

function answersOf(spec: Endpoint['spec'], schemas: Record<string, Json>): Json {
  return Object.fromEntries(
    Object.entries(spec.answers).map(([status, { description, schema, mediaType }]) => [
      status,
      {
        description,
        ...(schema
          ? { content: { [mediaType ?? 'application/json']: { schema: schemaOf(schema, 'output', schemas) } } }
          : {}),
        ...(!schema && mediaType ? { content: { [mediaType]: { schema: { type: 'string' } } } } : {}),
      },
    ]),
  );
}

/** What any endpoint of this form may answer, whoever wrote it. */
function impliedProblems(spec: Endpoint['spec']): ProblemCode[] {
  return [
    ...(spec.access === 'operator' || spec.access === 'shop' ? (['unauthorized'] as const) : []),
    ...(changes(spec) ? (['read_only_key'] as const) : []),
    ...(spec.access === 'shop' ? (['too_many_calls'] as const) : []),
    ...(spec.body ? (['invalid_json', 'too_large', 'invalid'] as const) : []),
    ...(spec.file ? (['too_large', 'invalid'] as const) : []),
    ...(spec.query ? (['invalid'] as const) : []),
    ...(takesKey(spec) ? (['invalid', 'idempotency_mismatch', 'in_progress'] as const) : []),
    'internal',
  ];
}

/** One response a status: its description lists the codes that share it. */
function problemsOf(codes: readonly ProblemCode[], schemas: Record<string, Json>): Json {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of codes) byStatus.set(PROBLEMS[code][0], [...(byStatus.get(PROBLEMS[code][0]) ?? []), code]);
  const schema = schemaOf(problemAnswer, 'output', schemas);
  return Object.fromEntries(
    [...byStatus].map(([status, shared]) => {
      const examples = Object.fromEntries(shared.map((code) => [code, { $ref: `#/components/examples/${code}` }]));
      return [
        status,
        {
          description: shared.map((code) => `\`${code}\`: ${PROBLEMS[code][1]}`).join('; '),
          content: { 'application/problem+json': { schema, examples } },
        },
      ];
    }),
  );
}

/** Each problem as it is answered. */
const problemExamples = (): Json =>
  Object.fromEntries(
    (Object.keys(PROBLEMS) as ProblemCode[]).map((code) => {
      const errors = code === 'invalid' ? [{ path: 'offer.value', message: 'must be at most 100' }] : [];
      return [code, { value: new Problem(code, { errors }).body() }];
    }),
  );

/** The JSON Schema of a zod schema; those with an id go to the components and are referred to. */
function schemaOf(schema: ZodType, io: 'input' | 'output', schemas: Record<string, Json>): Json {
  const {
    $schema: _dialect,
    $defs = {},
    ...root
  } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json & { $defs?: Record<string, Json> };
  const moved = (part: unknown): unknown =>
    JSON.parse(JSON.stringify(part).replaceAll('"#/$defs/', '"#/components/schemas/'));
  for (const [id, definition] of Object.entries($defs)) schemas[id] ??= moved(definition) as Json;
  const { id, ...inline } = moved(root) as Json & { id?: string };
  if (typeof id !== 'string') return inline;
  schemas[id] ??= inline;
  return { $ref: `#/components/schemas/${id}` };
}
