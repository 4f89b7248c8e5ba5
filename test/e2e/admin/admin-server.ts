import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { serveConsole } from '../../../src/admin/page.ts';
import type { TestServer } from '../test-server.ts';
import { type ScriptedAdmin, scriptedAdmin } from './scripted-admin.ts';

/** The console as it is built and served, in front of an API learnt by heart. */
export async function serveScriptedAdmin(pageDir: string): Promise<TestServer & { readonly admin: ScriptedAdmin }> {
  const admin = scriptedAdmin();
  const app = express();
  app.use(serveConsole(pageDir));
  app.use(express.static(pageDir, { redirect: false }));
  app.use('/api/v1/admin', admin.router);
  const server = createServer(app);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    admin,
    baseUrl: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
