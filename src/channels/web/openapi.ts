import { z } from 'zod';
import * as schemas from './schemas.ts';

type Json = Record<string, unknown>;

/** The schemas that are shown by name; what they share is referred to, not repeated. */
const NAMED = {
  AskRequest: schemas.askRequest,
  AskResponse: schemas.askResponse,
  ChatRequest: schemas.chatRequest,
  ChatResponse: schemas.chatResponse,
  Reply: schemas.reply,
  Block: schemas.block,
  NewsResponse: schemas.newsResponse,
  ExplainRequest: schemas.explainRequest,
  ExplainResponse: schemas.explainResponse,
  Section: schemas.sectionView,
  Topic: schemas.topic,
  Topics: schemas.topicsResponse,
  Samples: schemas.samplesResponse,
  Error: schemas.errorResponse,
} as const satisfies Record<string, z.ZodType>;

/** What another API of the house adds to the document. */
export interface FurtherApi {
  readonly paths: Json;
  readonly schemas: Json;
  readonly securitySchemes: Json;
}

/** The OpenAPI 3.1 description of the public API, made from the schemas the requests are checked against. */
export function openApiDocument(further?: FurtherApi): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: '问策 Wence',
      version: '1',
      description:
        'Answers questions on enterprise policy by quoting the policy text and naming its source, or says that it has no answer.',
    },
    paths: {
      '/api/v1/ask': {
        post: operation('ask', 'Ask one question and get one structured answer.', 'AskResponse', {
          body: 'AskRequest',
          errors: [400, 413],
        }),
      },
      '/api/v1/chat': {
        post: operation('chat', 'Say something, or press a button, and get the replies as a chat shows them.', 'ChatResponse', {
          body: 'ChatRequest',
          errors: [400, 413],
        }),
      },
      '/api/v1/chat/{conversationId}/news': {
        get: {
          ...operation('news', 'What came for a conversation besides its replies: the answers of staff.', 'NewsResponse', {
            errors: [400],
          }),
          parameters: [
            { name: 'conversationId', in: 'path', required: true, schema: { type: 'string' } },
            {
              name: 'seen',
              in: 'query',
              description: 'Id of the last item received; it and those before it are not sent again.',
              schema: { type: 'string' },
            },
          ],
        },
      },
      '/api/v1/explain': {
        post: operation(
          'explain',
          'How a question is understood, what is found, and why it is answered, asked back or refused. Nothing is remembered.',
          'ExplainResponse',
          { body: 'ExplainRequest', errors: [400, 413] },
        ),
      },
      '/api/v1/sections/{documentId}/{number}': {
        get: {
          ...operation('section', 'The full text of one section.', 'Section', { errors: [404] }),
          parameters: [
            { name: 'documentId', in: 'path', required: true, schema: { type: 'string' } },
            { name: 'number', in: 'path', required: true, schema: { type: 'integer', minimum: 0 } },
            {
              name: 'revision',
              in: 'query',
              description: 'As this revision has it; left out, the one in force.',
              schema: { type: 'integer', minimum: 1 },
            },
          ],
        },
      },
      '/api/v1/topics': { get: operation('topics', 'What the library is about, by category.', 'Topics') },
      '/api/v1/samples': { get: operation('samples', 'Questions to begin with.', 'Samples') },
      ...further?.paths,
    },
    components: {
      schemas: { ...componentSchemas(), ...further?.schemas },
      ...(further && { securitySchemes: further.securitySchemes }),
    },
  };
}

const REASONS: Readonly<Record<number, string>> = {
  400: 'The request is not as described.',
  404: 'There is no such section.',
  413: 'The body is larger than 64 KB.',
  500: 'Our fault; the header X-Correlation-Id names it in the log.',
};

function operation(
  operationId: string,
  summary: string,
  answer: string,
  options: { body?: string; errors?: readonly number[] } = {},
): Json {
  const statuses = [...(options.errors ?? []), 500];
  return {
    operationId,
    summary,
    ...(options.body === undefined ? {} : { requestBody: { required: true, content: jsonOf(options.body) } }),
    responses: {
      200: { description: 'OK', content: jsonOf(answer) },
      ...Object.fromEntries(statuses.map((status) => [status, { description: REASONS[status], content: jsonOf('Error') }])),
    },
  };
}

function jsonOf(name: string): Json {
  return { 'application/json': { schema: { $ref: address(name) } } };
}

const address = (name: string): string => `#/components/schemas/${name}`;

function componentSchemas(): Json {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(NAMED)) registry.add(schema, { id });
  const { schemas: made } = z.toJSONSchema(registry, { uri: address, io: 'input' });
  return Object.fromEntries(Object.entries(made).map(([name, { $schema: _dialect, $id: _id, ...schema }]) => [name, schema]));
}
