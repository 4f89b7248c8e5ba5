import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checkClock } from '../../src/doctor/machine.ts';
import type { Fetch } from '../../src/doctor/net.ts';
import { AppError } from '../../src/domain/errors.ts';
import { freePort, temporaryFolder } from '../support/config.ts';
import { diagnose, expectCheck } from './patient.ts';

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

const json = (body: object, status = 200) => Response.json(body, { status });
const WEBHOOK = {
  FEISHU_APP_ID: 'cli_9f5343c580712544',
  FEISHU_APP_SECRET: 'kHpLXoRbbEcd',
  FEISHU_MODE: 'webhook',
  FEISHU_ENCRYPT_KEY: 'k-123456',
  FEISHU_VERIFICATION_TOKEN: 'v-123456',
};

/** The public address answered by `answer`; the platforms are out of reach. */
const publicly =
  (answer: () => Response): Fetch =>
  async (url) => {
    if (url.startsWith('https://wence.example.com/healthz')) return answer();
    throw new TypeError('fetch failed', { cause: Object.assign(new Error('no route'), { code: 'ENETUNREACH' }) });
  };
const failing = (code: string) => () => {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('nothing'), { code }) });
};

describe('doctor: this machine', () => {
  it.each([
    ['22.15.0', 'ok'],
    ['24.0.0', 'ok'],
    ['22.14.1', 'fail'],
    ['20.20.2', 'fail'],
  ])('judges Node %s: %s', async (nodeVersion, status) => {
    expect((await diagnose({}, { nodeVersion })).of('machine.node').status).toBe(status);
  });

  it('accepts a folder that is there and one that can be made, and not a file', async () => {
    const folder = temporaryFolder();
    expectCheck((await diagnose({ DATA_DIR: folder })).of('machine.data'), 'ok', /可写/);
    expectCheck((await diagnose({ DATA_DIR: join(folder, 'a', 'b') })).of('machine.data'), 'ok', /启动时会建立/);
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expectCheck((await diagnose({ DATA_DIR: file })).of('machine.data'), 'fail', /是文件/, /DATA_DIR/);
    expectCheck((await diagnose({ DATA_DIR: join(file, 'below') })).of('machine.data'), 'fail', /打不开（ENOTDIR）/, /DATA_DIR/);
  });

  it('tells why a database cannot be reached, without its password', async () => {
    const found = await diagnose({ DATABASE_URL: `postgres://wence:pa55w0rd-hidden@127.0.0.1:${await freePort()}/wence` });
    expectCheck(found.of('machine.data'), 'fail', /ECONNREFUSED/, /确认数据库已启动/);
    expect(found.output).not.toContain('pa55w0rd-hidden');
  });

  it('names the file and line at fault in the library', async () => {
    const loadLibrary = async () => {
      throw new AppError('KNOWLEDGE_UNREADABLE', 'policies/plan.md:12: expected a title, got none.');
    };
    const found = await diagnose({}, { loadLibrary });
    expectCheck(found.of('machine.library'), 'fail', /policies\/plan\.md:12/, /按上面指出的文件和行改正/);
  });

  it('finds the port free, held by a Wence, or held by another program', async () => {
    expectCheck((await diagnose({ PORT: String(await freePort()) })).of('machine.port'), 'ok', /空闲/);
    const ours = await serve((request, response) => {
      const ready = {
        status: 'not-ready',
        checks: [{ name: 'telegram', isReady: false, detail: 'failed: another process takes this bot’s updates' }],
      };
      response.end(JSON.stringify(request.url === '/readyz' ? ready : { status: 'ok' }));
    });
    expectCheck((await diagnose({ PORT: String(ours) })).of('machine.port'), 'warn', /已有一个 Wence.*telegram：failed/, /先停掉它/);
    const other = await serve((_request, response) => response.end('hello'));
    expectCheck((await diagnose({ PORT: String(other) })).of('machine.port'), 'fail', /被别的程序占用/, /PORT/);
    expectCheck((await diagnose({ PORT: '3000', HOST: '203.0.113.7' })).of('machine.port'), 'fail', /EADDRNOTAVAIL/, /0\.0\.0\.0/);
  });

  it('leaves the public address alone when nobody calls it', async () => {
    expectCheck((await diagnose({ PUBLIC_URL: 'https://wence.example.com' })).of('machine.public-url'), 'skipped', /不需要公网地址/);
  });

  it.each<readonly [string, string, () => Response, 'ok' | 'warn' | 'fail', RegExp, RegExp | undefined]>([
    ['reachable', 'https://wence.example.com', () => json({ status: 'ok' }), 'ok', /有回应/, undefined],
    ['not https', 'http://wence.example.com', () => json({ status: 'ok' }), 'fail', /不是 https/, /HTTPS/],
    ['private', 'https://192.168.1.5', () => json({ status: 'ok' }), 'fail', /内网地址/, /FEISHU_MODE=stream/],
    ['redirecting', 'https://wence.example.com', () => new Response(null, { status: 301 }), 'fail', /跳转/, /最终地址/],
    ['another site', 'https://wence.example.com', () => new Response('<html>', { status: 200 }), 'fail', /不是 Wence 的/, /反向代理/],
    ['a name nobody knows', 'https://wence.example.com', failing('ENOTFOUND'), 'fail', /域名解析不到/, /DNS/],
    ['a bad certificate', 'https://wence.example.com', failing('CERT_HAS_EXPIRED'), 'fail', /证书不被信任/, /证书链/],
    ['silence', 'https://wence.example.com', failing('ECONNREFUSED'), 'fail', /连接被拒绝/, /防火墙/],
  ])('judges a public address: %s', async (_name, PUBLIC_URL, answer, status, detail, next) => {
    const found = await diagnose({ ...WEBHOOK, PUBLIC_URL }, { fetch: publicly(answer) });
    expectCheck(found.of('machine.public-url'), status, detail, next);
  });

  it('does not blame the address while nothing is served yet', async () => {
    const PORT = String(await freePort());
    const found = await diagnose(
      { ...WEBHOOK, PORT, PUBLIC_URL: 'https://wence.example.com' },
      { fetch: publicly(failing('ECONNREFUSED')) },
    );
    expectCheck(found.of('machine.public-url'), 'warn', /还没启动/, /npx wence start/);
    expectCheck(
      (await diagnose({ ...WEBHOOK }, { fetch: publicly(failing('ECONNREFUSED')) })).of('machine.public-url'),
      'warn',
      /没有设置 PUBLIC_URL/,
      /PUBLIC_URL/,
    );
  });

  it.each([
    [[null, null], 'skipped'],
    [[900, null], 'ok'],
    [[-61_500, null], 'warn'],
    [[null, 61_500], 'warn'],
    [[301_000, 302_000], 'fail'],
    [[301_000, 200], 'ok'],
  ] as const)('judges a clock %j ahead: %s', (skews, status) => {
    expect(checkClock(skews).status).toBe(status);
  });
});
