import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { App } from '../../test/fakes/feishu-events.ts';
import { ME } from '../../test/fakes/telegram-server.ts';

export interface Platform {
  readonly origin: string;
  /** Questions that have an answer. */
  readonly answered: () => number;
  /** Questions that have more than one. */
  readonly repeated: () => number;
  /** Resolves once so many questions have an answer. */
  readonly until: (target: () => number) => Promise<void>;
  readonly close: () => void;
}

/**
 * Both platforms as the service sees them: takes every reply and counts it.
 * @param onAnswered called with each question when its first answer arrives
 */
export async function startPlatform(feishu: App, onAnswered: (question: string) => void = () => {}): Promise<Platform> {
  const seen = new Map<string, number>();
  const waiting = new Set<() => void>();
  const answers: Readonly<Record<string, unknown>> = {
    getMe: { ok: true, result: ME },
    tenant_access_token: { code: 0, msg: 'ok', tenant_access_token: 't-load', expire: 7200 },
    info: { code: 0, msg: 'ok', bot: { activate_status: 2, app_name: 'load', open_id: feishu.botOpenId } },
  };
  let sent = 0;
  const count = (question: string): void => {
    if (!seen.has(question)) onAnswered(question);
    seen.set(question, (seen.get(question) ?? 0) + 1);
    for (const look of waiting) look();
  };
  const server = createServer((incoming: IncomingMessage, outgoing: ServerResponse) => {
    void (async () => {
      const path = incoming.url!.split('?')[0]!;
      const body = await textOf(incoming);
      const reply = /\/messages\/(om_\w+)\/reply$/.exec(path)?.[1];
      outgoing.setHeader('content-type', 'application/json');
      if (reply !== undefined) {
        outgoing.end(JSON.stringify({ code: 0, msg: 'ok', data: { message_id: `om_s${(sent += 1)}` } }));
        count(reply);
      } else if (path.endsWith('/sendMessage')) {
        const payload = JSON.parse(body) as { chat_id: string; reply_parameters?: { message_id: number } };
        outgoing.end(JSON.stringify({ ok: true, result: { message_id: (sent += 1), date: 0, chat: { id: payload.chat_id } } }));
        count(`${payload.chat_id}:${payload.reply_parameters?.message_id ?? ''}`);
      } else {
        const known = Object.entries(answers).find(([name]) => path.includes(name))?.[1];
        outgoing.end(JSON.stringify(known ?? { ok: true, result: true }));
      }
    })();
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answered: () => seen.size,
    repeated: () => [...seen.values()].filter((times) => times > 1).length,
    until: (target) =>
      new Promise<void>((resolve) => {
        const look = (): void => {
          if (seen.size < target()) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function textOf(stream: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
