import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { fetchPage, isAddress } from '../../../src/knowledge/import/fetch-page.ts';
import { planImport } from '../../../src/knowledge/import/plan.ts';
import { readFileContent } from '../../../src/knowledge/import/read-file.ts';
import { MAX_FILE_BYTES } from '../../../src/knowledge/import/refusals.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(answer: RequestListener): Promise<string> {
  server = createServer(answer);
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('a page behind an address', () => {
  it('is fetched through redirects, in the character set the server names, and imported with its address', async () => {
    const origin = await serve(({ url }, response) => {
      if (url === '/old') response.writeHead(302, { location: '/zcwj/t1' }).end();
      else
        response
          .writeHead(200, { 'content-type': 'text/html; charset=GBK' })
          .end(Buffer.from('3C68313EBDB1C0F8B0ECB7A83C2F68313E3C703ED2BBA1A2B1EAD7BCA1A33130CDF2D4AAA1A33C2F703E', 'hex'));
    });
    const file = await fetchPage(`${origin}/old`);
    expect(file).toMatchObject({ name: 't1.html', url: `${origin}/zcwj/t1`, charset: 'gbk' });
    const plan = await planImport([file], [], { read: readFileContent });
    expect(plan.created[0]!.record).toMatchObject({ title: '奖励办法', url: `${origin}/zcwj/t1` });
  });

  it.each([
    ['an error of the server', 'INPUT_INVALID', (_, response) => void response.writeHead(404).end()],
    ['an endless redirect', 'INPUT_INVALID', (_, response) => void response.writeHead(302, { location: '/again' }).end()],
    [
      'a redirect to another scheme',
      'INPUT_INVALID',
      (_, response) => void response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    ],
    ['more than 20 MB', 'INPUT_TOO_LARGE', (_, response) => void response.end(Buffer.alloc(MAX_FILE_BYTES + 1, 32))],
  ] as [string, string, RequestListener][])('is refused with %s', async (_, code, answer) => {
    const origin = await serve(answer);
    await expect(fetchPage(origin)).rejects.toMatchObject({ code });
  });

  it('is told from a file', () => {
    expect(['https://a.example/1', 'HTTP://a', 'a.html', 'ftp://a', './http://a'].map(isAddress)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
