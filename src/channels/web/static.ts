import { join, sep } from 'node:path';
import express, { type RequestHandler } from 'express';

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/**
 * Serves the built page. Files under `assets/` carry a hash in their names and may be kept for good; everything else is asked for again
 * each time and answered with 304 when unchanged. What is not a file of the page is left to the next handler.
 */
export function servePage(pageDir: string): RequestHandler {
  const assets = join(pageDir, 'assets') + sep;
  return express.static(pageDir, {
    cacheControl: false,
    redirect: false,
    setHeaders(response, path) {
      response.setHeader('Cache-Control', path.startsWith(assets) ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
    },
  });
}
