import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Router } from 'express';

export interface TestServer {
  readonly baseUrl: string;
  close(): Promise<void>;
}

/** Only what the page itself brings: no inline script or style, no other host. */
export const STRICT_CSP = "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; form-action 'self'";

/** Serves a router on a free port of loopback under a strict Content-Security-Policy. */
export async function serve(router: Router): Promise<TestServer> {
  const app = express();
  app.use((_request, response, next) => {
    response.setHeader('Content-Security-Policy', STRICT_CSP);
    next();
  });
  app.use(router);
  const server = createServer(app);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
