import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Router } from 'express';

/** Stands in the built page where the nonce of each request goes. */
const PLACEHOLDER = '__CSP_NONCE__';
const NONCE_BYTES = 18;

/** As on the public page; but the console's components bring their styles along as they are shown, each marked with the nonce. */
const contentSecurity = (nonce: string): string =>
  [
    "default-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "img-src 'self' data:",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
  ].join('; ');

/**
 * The console's page at `/admin`; its addresses are behind the `#`. Its scripts and styles are files of the public page's folder.
 * @param pageDir folder of the built pages
 */
export function serveConsole(pageDir: string): Router {
  const router = express.Router({ strict: true });
  const file = join(pageDir, 'admin.html');
  if (!existsSync(file)) return router;
  const html = readFileSync(file, 'utf8');
  // The addresses within the page are relative to the root.
  router.get(['/admin/', '/admin.html'], (_request, response) => response.redirect(308, '/admin'));
  router.get('/admin', (_request, response) => {
    const nonce = randomBytes(NONCE_BYTES).toString('base64url');
    response.setHeader('Content-Security-Policy', contentSecurity(nonce));
    response.setHeader('Cache-Control', 'no-store');
    response.type('html').send(html.replaceAll(PLACEHOLDER, nonce));
  });
  return router;
}
