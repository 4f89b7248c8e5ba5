import express, { type RequestHandler, type Router } from 'express';
import type { z } from 'zod';
import { MAX_FILE_BYTES } from '../../knowledge/import/index.ts';
import { errorHandler, unknownRoute } from '../../http/errors.ts';
import type { AdminServices } from '../services.ts';
import { misfit, wording } from './errors.ts';
import { addressOf, admit } from './guard.ts';
import { type House, openHouse } from './house.ts';
import type { FileAnswer, Route } from './route.ts';
import { ROUTES } from './routes.ts';
import type { Who } from './who.ts';

const JSON_LIMIT = 2 * 1024 * 1024;
const SWEEP_EVERY_MS = 10 * 60_000;

/**
 * The console's API, to be mounted at `/api/v1/admin` before the public API. Everything it serves stands in `ROUTES`; what is not there is a
 * JSON 404.
 * @param options.signal stops its jobs and forgets uploads and plans
 * @example app.use('/api/v1/admin', createAdminApi(services))
 */
export function createAdminApi(services: AdminServices, options: { readonly signal?: AbortSignal } = {}): Router {
  const house = openHouse(services);
  // Files are large: they go also when nobody comes any more.
  const sweeper = setInterval(() => house.uploads.sweep(), SWEEP_EVERY_MS).unref();
  options.signal?.addEventListener('abort', () => {
    clearInterval(sweeper);
    house.jobs.stop();
    house.uploads.clear();
    house.plans.clear();
  });
  const router = express.Router();
  const json = express.json({ limit: JSON_LIMIT });
  const raw = express.raw({ limit: MAX_FILE_BYTES, type: 'application/octet-stream', inflate: false });
  router.use((_request, response, next) => {
    response.setHeader('Cache-Control', 'no-store');
    next();
  });
  for (const route of ROUTES) {
    // The body is read only once it is known who sends it.
    const body = route.body === null ? [] : [route.body === 'file' ? raw : json];
    router[route.method](route.path, guard(route, house), ...body, serve(route, house));
  }
  router.use(unknownRoute('the admin API'));
  router.use(errorHandler(wording(house.log, house.newId)));
  return router;
}

const guard =
  (route: Route, house: House): RequestHandler =>
  async (request, response, next) => {
    response.locals['who'] = await admit(request, route, house);
    next();
  };

const serve =
  (route: Route, house: House): RequestHandler =>
  async (request, response) => {
    const call = {
      body: bodyOf(route, request.body),
      query: route.query === null ? undefined : read(route.query, request.query, 'query'),
      param: (name: string) => String(request.params[name] ?? ''),
      visitor: { from: addressOf(request), agent: request.get('user-agent') ?? '' },
      request,
      response,
      // Null on open routes only, whose handlers do not look at it.
      who: response.locals['who'] as Who,
    };
    const result = await route.handle(call, house);
    if (route.answer === null) response.status(204).end();
    else if (typeof route.answer === 'string') sendFile(response, route.answer, result as FileAnswer);
    // Read by its own schema: what is not in the contract stays here.
    else response.json(route.answer.parse(result));
  };

function bodyOf({ body }: Route, given: unknown): unknown {
  if (body === null) return undefined;
  if (body === 'file') return given instanceof Uint8Array ? given : new Uint8Array();
  return read(body, given, 'body');
}

function read(schema: z.ZodType, given: unknown, where: string): unknown {
  const result = schema.safeParse(given);
  if (!result.success) throw misfit(result.error, where);
  return result.data;
}

function sendFile(response: Parameters<RequestHandler>[1], type: string, { name, bytes }: FileAnswer): void {
  response.attachment(name);
  response.type(type === 'text/csv' ? 'text/csv; charset=utf-8' : type);
  response.send(typeof bytes === 'string' ? bytes : Buffer.from(bytes));
}
