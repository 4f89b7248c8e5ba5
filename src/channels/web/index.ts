import express, { type RequestHandler, type Router } from 'express';
import { AppError } from '../../domain/errors.ts';
import type { Explanation } from '../../domain/explanation.ts';
import type { Log } from '../../domain/log.ts';
import type { Incoming, ReplyMessage } from '../../domain/message.ts';
import type { Handled } from '../../domain/turn.ts';
import { errorHandler, unknownRoute } from '../../http/errors.ts';
import { contentOf, decodeAsk, decodeChat, decodeExplain, decodeNews, decodeSectionAddress, incoming } from './decode.ts';
import { encodeAsk, encodeChat, encodeNews } from './encode.ts';
import { BODY_LIMIT_BYTES, wording } from './errors.ts';
import { type FurtherApi, openApiDocument } from './openapi.ts';
import type { SectionView, Topic } from './schemas.ts';
import { servePage } from './static.ts';

/** What the web needs from the house. */
export interface WebServices {
  /** Answers one message and remembers the turn. Keeps messages of one lane in order. */
  handle(incoming: Incoming): Promise<Handled>;
  /** What waits for a conversation besides its replies, the oldest first. @param seen id of the last one its reader has; null: none */
  news(conversationId: string, seen: string | null): Promise<readonly { readonly id: string; readonly message: ReplyMessage }[]>;
  /** How a question that stands by itself is answered, step by step. */
  explain(question: string): Promise<Explanation>;
  /** The full text of a section, or null when there is no such section. `revision`: as that revision has it; null the one in force. */
  section(documentId: string, number: number, revision: number | null): SectionView | null | Promise<SectionView | null>;
  /** The categories that have sections, in the order shown. */
  topics(): readonly Topic[];
  /** Questions to begin with. */
  samples(): readonly string[];
  readonly log: Log;
  /** Epoch milliseconds. */
  now(): number;
  /** A fresh id of 1 to 40 characters `[A-Za-z0-9_-]` that nobody can guess: it names a conversation. */
  newId(): string;
}

export interface WebOptions {
  /** Folder of the built page; null serves the API alone. */
  readonly pageDir: string | null;
  /** Other APIs of the house, for the OpenAPI document. */
  readonly adminOpenApi?: FurtherApi;
}

/**
 * The HTTP API under `/api/v1` and the public page at `/`.
 * Unlike the chat platforms the web waits for its answer, so nothing goes through inbox and outbox.
 * The router answers every address under `/api`; mount other APIs before it. Security headers and listening are the app's.
 * @example app.use(createWebChannel(services, { pageDir: 'dist/console' }).router)
 */
export function createWebChannel(services: WebServices, options: WebOptions = { pageDir: null }): { readonly router: Router } {
  const router = express.Router();
  router.use('/api', api(services, options.adminOpenApi));
  if (options.pageDir !== null) router.use(servePage(options.pageDir));
  return { router };
}

function api(services: WebServices, further?: FurtherApi): Router {
  const router = express.Router();
  const json = express.json({ limit: BODY_LIMIT_BYTES });
  const openApi = openApiDocument(further);

  router.post('/v1/ask', noStore, json, async (request, response) => {
    const startMs = services.now();
    const body = decodeAsk(request.body);
    const conversationId = body.conversationId ?? services.newId();
    const handled = await services.handle(incoming({ kind: 'text', text: body.question }, conversationId, services.newId(), startMs));
    response.json(encodeAsk(handled, conversationId, services.now() - startMs));
  });

  router.post('/v1/chat', noStore, json, async (request, response) => {
    const body = decodeChat(request.body);
    const conversationId = body.conversationId ?? services.newId();
    const handled = await services.handle(incoming(contentOf(body), conversationId, services.newId(), services.now()));
    response.json(encodeChat(handled, conversationId));
  });

  router.get('/v1/chat/:conversationId/news', noStore, async (request, response) => {
    const { conversationId, seen } = decodeNews(request.params.conversationId, request.query['seen']);
    response.json(encodeNews(await services.news(conversationId, seen)));
  });

  router.post('/v1/explain', noStore, json, async (request, response) => {
    response.json(await services.explain(decodeExplain(request.body).question));
  });

  router.get('/v1/sections/:documentId/:number', revalidate, async (request, response) => {
    const { documentId, number } = request.params;
    const address = decodeSectionAddress(documentId, number, request.query['revision']);
    const view = address && (await services.section(address.documentId, address.number, address.revision));
    if (view === null) throw new AppError('NOT_FOUND', 'Expected the document and number of a section in the library');
    response.json(view);
  });

  router.get('/v1/topics', revalidate, (_request, response) => {
    response.json(services.topics());
  });
  router.get('/v1/samples', revalidate, (_request, response) => {
    response.json(services.samples());
  });
  router.get('/v1/openapi.json', revalidate, (_request, response) => {
    response.json(openApi);
  });

  router.use(unknownRoute('the API'));
  router.use(errorHandler(wording(services.log, () => services.newId())));
  return router;
}

const noStore: RequestHandler = (_request, response, next) => {
  response.setHeader('Cache-Control', 'no-store');
  next();
};

/** The library may change at any time; an unchanged answer costs a 304. */
const revalidate: RequestHandler = (_request, response, next) => {
  response.setHeader('Cache-Control', 'no-cache');
  next();
};
