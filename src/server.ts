import type { Server } from 'node:http';
import express, { type RequestHandler, type Router } from 'express';
import helmet from 'helmet';
import { rateLimit, type Store } from 'express-rate-limit';
import type { RateCounts } from './conversations/rate-limit.ts';
import { AppError } from './domain/errors.ts';
import { errorHandler } from './http/errors.ts';
import type { Health } from './observability/health.ts';

/** What the HTTP side of the house serves. */
export interface Routes {
  /** By channel name: handlers of `POST /webhooks/<name>`. They read the raw body themselves. */
  readonly webhooks: ReadonlyMap<string, RequestHandler>;
  readonly web: Router;
  /** The console: its API under `/api/v1/admin`, and its page, when that was built. */
  readonly admin: { readonly api: Router; readonly page: Router | null };
  /** How many reverse proxies stand in front. */
  readonly trustProxy: number;
  /** Where requests are counted. */
  readonly rates: RateCounts;
  readonly health: () => Promise<Health>;
  readonly metrics: () => Promise<{ readonly contentType: string; readonly body: string }>;
}

/** Scripts, styles and data from here only; nothing may frame the page. */
const CONTENT_SECURITY = {
  'default-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
  'object-src': ["'none'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'upgrade-insecure-requests': null,
};

/** Connections beyond these wait at the system's door instead of filling our memory. */
const MAX_CONNECTIONS = 2_000;
/** A proxy that sends on a connection at the moment we close it would lose the request: it has to be the one that closes first. */
const KEEP_ALIVE_MS = 65_000;
/** Requests to the question API from one address in a window; a busy office shares one. */
const WINDOW_MS = 60_000;
const QUESTIONS_PER_WINDOW = 600;

const tooMany: RequestHandler = (_request, response) => {
  response
    .status(429)
    .json({ error: { code: 'RATE_LIMITED', message: 'Too many questions from this address.', hint: 'Wait a minute and try again.' } });
};

/** Counts where the house counts messages, so that several processes have one limit. */
const countedIn = (rates: RateCounts): Store => ({
  async increment(address) {
    // When the database is away, the question itself says so.
    const [totalHits = 1] = await rates.count([`http:${address}`], WINDOW_MS, Date.now()).catch(() => []);
    return { totalHits, resetTime: new Date(Date.now() + WINDOW_MS) };
  },
  // A request that has been counted stays counted.
  decrement() {},
  resetKey() {},
});

/** What went wrong before or beside the APIs, which word their own faults: a status and a code alone. */
const refuse = errorHandler({
  misread: (_fault, cause) => new AppError('INPUT_INVALID', 'Expected a request that can be read', { cause }),
  broken: (cause) => new AppError('INTERNAL', 'Something went wrong on our side', { cause }),
  send: ({ status, code }, response, fault) => void response.status(fault?.status ?? status).json({ error: { code } }),
});

/** Joins the routes, with security headers in front of all that a browser may open. */
export function createHttp({ webhooks, web, admin, trustProxy, rates, health, metrics }: Routes): express.Express {
  const http = express();
  http.disable('x-powered-by');
  http.set('trust proxy', trustProxy);
  // Webhooks stand before anything that parses a body, and before what only a browser looks at.
  for (const [name, handler] of webhooks) http.post(`/webhooks/${name}`, handler);
  http.use(helmet({ contentSecurityPolicy: { useDefaults: false, directives: CONTENT_SECURITY }, strictTransportSecurity: false }));
  http.get('/healthz', (_request, response) => void response.json({ status: 'ok' }));
  http.get('/readyz', async (_request, response) => {
    const state = await health();
    response.status(state.status === 'ready' ? 200 : 503).json(state);
  });
  http.get('/metrics', async (_request, response) => {
    const { contentType, body } = await metrics();
    response.type(contentType).send(body);
  });
  const limit = rateLimit({
    windowMs: WINDOW_MS,
    limit: QUESTIONS_PER_WINDOW,
    store: countedIn(rates),
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: tooMany,
  });
  http.use(['/api/v1/ask', '/api/v1/chat'], limit);
  http.use('/api/v1/admin', admin.api);
  if (admin.page !== null) http.use(admin.page);
  http.use(web);
  http.use(refuse);
  return http;
}

/** Resolves once the server listens; rejects when it cannot, e.g. with EADDRINUSE. */
export function listen(http: express.Express, host: string, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = http.listen(port, host, (error?: Error) => (error ? reject(error) : resolve(server)));
    server.maxConnections = MAX_CONNECTIONS;
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    server.headersTimeout = 15_000;
    server.requestTimeout = 30_000;
  });
}
