import { z } from 'zod';
import type { Needs, Route } from './route.ts';
import { ROUTES } from './routes.ts';
import * as schemas from './schemas.ts';
import * as handOffSchemas from './schemas-hand-off.ts';
import * as insightSchemas from './schemas-insight.ts';
import * as subscriptionSchemas from './schemas-subscriptions.ts';

type Json = Record<string, unknown>;

/** Names of schemas as shown: `Admin` and the exported name. */
const NAMED: Readonly<Record<string, z.ZodType>> = Object.fromEntries(
  Object.entries({ ...schemas, ...handOffSchemas, ...insightSchemas, ...subscriptionSchemas }).flatMap(([name, schema]) =>
    schema instanceof z.ZodType ? [[`Admin${name[0]!.toUpperCase()}${name.slice(1)}`, schema] as const] : [],
  ),
);

/** The admin part of the OpenAPI 3.1 document, made from the table of routes and their schemas: what is served is described. */
export function adminOpenApi(): { readonly paths: Json; readonly schemas: Json; readonly securitySchemes: Json } {
  const paths: Record<string, Json> = {};
  for (const route of ROUTES) {
    const path = `/api/v1/admin${route.path.replaceAll(/:(\w+)/g, '{$1}')}`;
    paths[path] = { ...paths[path], [route.method]: operation(route) };
  }
  return { paths, schemas: componentSchemas(), securitySchemes: SECURITY };
}

const SECURITY: Json = {
  adminSession: { type: 'apiKey', in: 'cookie', name: 'wence', description: 'Over https `__Host-wence`. Changes also need X-CSRF-Token.' },
  adminToken: { type: 'http', scheme: 'bearer' },
};

const address = (name: string): string => `#/components/schemas/${name}`;
const ERROR = { $ref: address('AdminErrorResponse') };
const REASONS: Readonly<Record<number, string>> = {
  400: 'The request is not as described.',
  401: 'Nobody is signed in.',
  403: 'The role does not reach, or the X-CSRF-Token is not the session’s.',
  404: 'There is no such thing, or it is not yours.',
  409: 'It was changed in the meantime, or is not in a state for this.',
  413: 'The body is too large.',
  429: 'Too many failures, or too much at once.',
  500: 'Our fault; the header X-Correlation-Id names it in the log.',
};
const WHO: Readonly<Record<Needs, string>> = {
  open: 'For everybody.',
  pending: 'For everybody signed in.',
  viewer: 'For everybody signed in.',
  editor: 'For editors and above.',
  reviewer: 'For reviewers and above.',
  admin: 'For admins.',
};

function operation(route: Route): Json {
  const { needs, method, path, summary, body, query, answer, isForPeople } = route;
  const statuses = [...(body === null && query === null ? [] : [400]), ...(needs === 'open' ? [] : [401, 403]), 404, 409, 413, 429, 500];
  return {
    operationId: `admin-${method}-${path.slice(1).replaceAll('/:', '-by-').replaceAll(/[/.]/g, '-')}`,
    tags: ['admin'],
    summary,
    description: `${WHO[needs]}${isForPeople ? ' Not with an API token.' : ''}`,
    'x-role': needs,
    security: needs === 'open' ? [] : [{ adminSession: [] }, ...(isForPeople ? [] : [{ adminToken: [] }])],
    parameters: parametersOf(route),
    ...(body === null ? {} : { requestBody: { required: true, content: bodyContent(body) } }),
    responses: {
      ...success(answer),
      ...Object.fromEntries(statuses.map((status) => [status, { description: REASONS[status], content: jsonOf(ERROR) }])),
    },
  };
}

const jsonOf = (schema: Json): Json => ({ 'application/json': { schema } });
const binary = (type: string): Json => ({ [type]: { schema: { type: 'string', format: 'binary' } } });
const bodyContent = (body: z.ZodType | 'file'): Json => (body === 'file' ? binary('application/octet-stream') : jsonOf(schemaOf(body)));

function success(answer: Route['answer']): Json {
  if (answer === null) return { 204: { description: 'Done.' } };
  return { 200: { description: 'OK', content: typeof answer === 'string' ? binary(answer) : jsonOf(schemaOf(answer)) } };
}

/** Schemas of the contract by name. */
function schemaOf(schema: z.ZodType): Json {
  const name = Object.keys(NAMED).find((key) => NAMED[key] === schema);
  if (name === undefined) throw new Error('Expected every body and answer of a route to stand among the schemas');
  return { $ref: address(name) };
}

function parametersOf({ method, path, query }: Route): Json[] {
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
  const described = query === null ? {} : (z.toJSONSchema(query, { io: 'input' }).properties ?? {});
  const inQuery = Object.entries(described).map(([name, schema]) => ({ name, in: 'query', required: false, schema }));
  const token = {
    name: 'X-CSRF-Token',
    in: 'header',
    required: false,
    description: 'With a session: its csrfToken.',
    schema: { type: 'string' },
  };
  return [...inPath, ...inQuery, ...(method === 'get' ? [] : [token])];
}

function componentSchemas(): Json {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(NAMED)) registry.add(schema, { id });
  const { schemas: made } = z.toJSONSchema(registry, { uri: address, io: 'input' });
  return Object.fromEntries(Object.entries(made).map(([name, { $schema: _dialect, $id: _id, ...schema }]) => [name, schema]));
}
