import { randomUUID } from 'node:crypto';
import { access, constants, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import pg from 'pg';
import type { Config } from '../config/load.ts';
import { AppError } from '../domain/errors.ts';
import { type Check, type Verdicts, verdicts } from './check.ts';
import { field, isCertificateFault, type Net, reasonOf, textField } from './net.ts';

/** What the library holds. */
export interface LibraryCounts {
  readonly documents: number;
  readonly sections: number;
  readonly questions: number;
}

export interface MachineOptions {
  readonly config: Config;
  /** Names of wrong settings: what depends on them is skipped. */
  readonly wrong: ReadonlySet<string>;
  readonly nodeVersion: string;
  /** @throws {AppError} `KNOWLEDGE_UNREADABLE` with file and line */
  readonly loadLibrary: (folder: string) => Promise<LibraryCounts>;
  readonly net: Net;
  readonly timeoutMs: number;
}

const DATA = verdicts('machine.data', '数据目录');
const LIBRARY = verdicts('machine.library', '知识库');
const ADDRESS = verdicts('machine.public-url', '公网地址');
const FIX_FIRST = '先改好上面的设置';
const AGAIN = '再运行一次 npx wence doctor。';

/** This computer: Node, disk, database, library, port, public address. Never rejects because of what it finds. */
export async function checkMachine(options: MachineOptions): Promise<Check[]> {
  const { config, wrong, nodeVersion, loadLibrary, net, timeoutMs } = options;
  const unless = async (names: readonly string[], verdict: Verdicts, check: () => Promise<Check>): Promise<Check> =>
    names.some((name) => wrong.has(name)) ? verdict.skipped(FIX_FIRST) : check();
  const { databaseUrl, dataDir, knowledgeDir } = config;
  const port = wrong.has('PORT') || wrong.has('HOST') ? null : checkPort(config, net);
  const others = await Promise.all([
    unless(['DATA_DIR', 'DATABASE_URL'], DATA, () =>
      databaseUrl === null ? checkDataFolder(dataDir) : checkDatabase(databaseUrl, timeoutMs),
    ),
    unless(['KNOWLEDGE_DIR'], LIBRARY, () => checkLibrary(knowledgeDir, loadLibrary)),
    (async () => (await port)?.check ?? verdicts('machine.port', '端口').skipped(FIX_FIRST))(),
    unless(['PUBLIC_URL'], ADDRESS, async () => checkPublicUrl(config, (await port)?.use ?? 'unknown', net)),
  ]);
  return [checkNode(nodeVersion), ...others];
}

const NODE_AT_LEAST = [22, 15] as const;

export function checkNode(version: string): Check {
  const node = verdicts('machine.node', 'Node.js');
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  const isEnough = major > NODE_AT_LEAST[0] || (major === NODE_AT_LEAST[0] && minor >= NODE_AT_LEAST[1]);
  if (isEnough) return node.ok(version);
  return node.fail(
    `版本 ${version}，至少需要 ${NODE_AT_LEAST.join('.')}`,
    `从 https://nodejs.org 安装最新的 LTS 版，打开新的终端，在项目文件夹里运行 npm install，${AGAIN}`,
  );
}

const MEGABYTE = 1024 * 1024;
const ENOUGH_DISK_MB = 200;

async function checkDataFolder(folder: string): Promise<Check> {
  const grant = `让运行 Wence 的用户能写 ${folder}（例如 chown 或 chmod u+rwx），或把 DATA_DIR 换成别的文件夹，${AGAIN}`;
  const found = await stat(folder).catch((error: NodeJS.ErrnoException) => error.code ?? 'unknown');
  if (found === 'ENOENT') {
    const parent = await nearestFolder(resolve(folder));
    const isWritable = await access(parent, constants.W_OK | constants.X_OK).then(
      () => true,
      () => false,
    );
    return isWritable ? DATA.ok(`${folder} 还没有，启动时会建立`) : DATA.fail(`${folder} 还没有，也建立不了：上级文件夹不可写`, grant);
  }
  if (typeof found === 'string') return DATA.fail(`${folder} 打不开（${found}）`, grant);
  if (!found.isDirectory()) return DATA.fail(`${folder} 是文件，不是文件夹`, `把 DATA_DIR 换成一个文件夹，${AGAIN}`);
  const probe = join(folder, `.doctor-${randomUUID()}`);
  const fault = await writeFile(probe, '').then(
    () => rm(probe, { force: true }).then(() => null),
    (error: NodeJS.ErrnoException) => error.code ?? 'unknown',
  );
  if (fault === 'ENOSPC') return DATA.fail(`${folder} 所在磁盘已满`, `腾出磁盘空间，${AGAIN}`);
  if (fault !== null) return DATA.fail(`${folder} 不可写（${fault}）`, grant);
  const disk = await statfs(folder).catch(() => null);
  const freeMb = disk === null ? Number.POSITIVE_INFINITY : (disk.bavail * disk.bsize) / MEGABYTE;
  if (freeMb < ENOUGH_DISK_MB) return DATA.warn(`${folder} 可写，但磁盘只剩 ${Math.floor(freeMb)} MB`, '腾出一些磁盘空间。');
  return DATA.ok(`${folder} 可写`);
}

async function nearestFolder(path: string): Promise<string> {
  const parent = dirname(path);
  if (parent === path) return path;
  return (await stat(parent).catch(() => null))?.isDirectory() ? parent : nearestFolder(parent);
}

/** PostgreSQL's codes for what a person gets wrong. */
const DATABASE_STEPS: Readonly<Record<string, readonly [detail: string, next: string]>> = {
  '28P01': ['用户名或密码不对', '改正 DATABASE_URL 里的用户名和密码（特殊字符要写成 %40 这样的编码）'],
  '28000': ['这个用户不许连接', '在 PostgreSQL 的 pg_hba.conf 里允许这个用户从本机连接，或换一个用户'],
  '3D000': ['没有这个数据库', '先用 createdb 建立数据库，或改正 DATABASE_URL 末尾的数据库名'],
};

async function checkDatabase(url: string, timeoutMs: number): Promise<Check> {
  const database = verdicts('machine.data', '数据库');
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: timeoutMs, query_timeout: timeoutMs });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ may: boolean | null; version: string }>(
      "select has_schema_privilege(current_schema(), 'CREATE') as may, current_setting('server_version') as version",
    );
    if (rows[0]?.may) return database.ok(`PostgreSQL ${rows[0].version} 可用`);
    return database.fail('连上了，但不许建表', `用管理员在该数据库执行 GRANT CREATE ON SCHEMA public TO <用户名>，${AGAIN}`);
  } catch (error) {
    const code = textField(error, 'code') || 'unknown';
    const [detail, next] = DATABASE_STEPS[code] ?? [
      `PostgreSQL 连不上：${reasonOf(code)}`,
      '确认数据库已启动、DATABASE_URL 的主机和端口正确、防火墙放行',
    ];
    return database.fail(detail, `${next}，${AGAIN}`);
  } finally {
    await client.end().catch(() => {});
  }
}

async function checkLibrary(folder: string, load: MachineOptions['loadLibrary']): Promise<Check> {
  try {
    const { documents, sections, questions } = await load(folder);
    return LIBRARY.ok(`${documents} 份文件，${sections} 个条目，${questions} 个相似问`);
  } catch (error) {
    if (!(error instanceof AppError)) return LIBRARY.fail('读知识库时出错', `查看 ${folder} 里的文件是否完整，${AGAIN}`);
    return LIBRARY.fail(error.message, `按上面指出的文件和行改正（文件在 ${folder} 里；整个文件夹不对就改 KNOWLEDGE_DIR），${AGAIN}`);
  }
}

/** Who has the port: nobody, a Wence, another program. */
type PortUse = 'free' | 'wence' | 'other' | 'unknown';

const portVerdicts = ({ port }: Config) => verdicts('machine.port', `端口 ${port}`);

async function checkPort(config: Config, net: Net): Promise<{ readonly check: Check; readonly use: PortUse }> {
  const { port, host } = config;
  const verdict = portVerdicts(config);
  if (port === 0) return { check: verdict.ok('启动时任选一个空闲端口'), use: 'unknown' };
  const code = await tryToListen(host, port);
  if (code === null) return { check: verdict.ok('空闲'), use: 'free' };
  if (code === 'EACCES') {
    return {
      check: verdict.fail('没有权限使用这个端口', '1024 以下的端口要管理员权限：把 PORT 改成例如 3000，用反向代理转发。'),
      use: 'unknown',
    };
  }
  if (code !== 'EADDRINUSE') {
    return {
      check: verdict.fail(`在 ${host} 上听不了（${code}）`, '把 HOST 改成 127.0.0.1（只给本机）或 0.0.0.0（所有网卡）。'),
      use: 'unknown',
    };
  }
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  const origin = `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
  const [health, ready] = await Promise.all([net.ask(`${origin}/healthz`), net.ask(`${origin}/readyz`)]);
  const parts = ready.isAnswered ? field(ready.body, 'checks') : null;
  if (!isHealthy(health) || !Array.isArray(parts)) {
    return {
      check: verdict.fail('被别的程序占用', `停掉那个程序（lsof -i :${port} 可以看到是谁），或把 PORT 换成别的数，${AGAIN}`),
      use: 'other',
    };
  }
  const ailing = parts
    .filter((part) => field(part, 'isReady') === false)
    .map((part) => `${textField(part, 'name')}：${textField(part, 'detail')}`);
  const state = ailing.length === 0 ? '一切就绪' : `其中未就绪——${ailing.join('；')}`;
  return {
    check: verdict.warn(`已有一个 Wence 在运行，${state}`, '改了设置要先停掉它再启动才生效；想另开一个，就换一个 PORT 和 DATA_DIR。'),
    use: 'wence',
  };
}

function tryToListen(host: string, port: number): Promise<string | null> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => done(error.code ?? 'unknown'));
    server.listen(port, host, () => server.close(() => done(null)));
  });
}

const isHealthy = (reply: Awaited<ReturnType<Net['ask']>>): boolean =>
  reply.isAnswered && reply.status === 200 && field(reply.body, 'status') === 'ok';

const PRIVATE_HOST = /^(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|\[(::1|f[cd]|fe80))/i;
/** Ports Telegram calls. */
const TELEGRAM_PORTS: readonly string[] = ['', '443', '80', '88', '8443'];

async function checkPublicUrl({ publicUrl, telegram, feishu }: Config, use: PortUse, net: Net): Promise<Check> {
  const callers = [telegram?.mode === 'webhook' ? 'Telegram' : null, feishu?.mode === 'webhook' ? '飞书' : null].filter(
    (name) => name !== null,
  );
  if (callers.length === 0) return ADDRESS.skipped('轮询和长连接都不需要公网地址');
  const who = callers.join('和');
  if (publicUrl === null)
    return ADDRESS.warn(`${who}要用 webhook，但没有设置 PUBLIC_URL，查不了`, `把平台能访问到的地址填进 PUBLIC_URL，${AGAIN}`);
  const url = new URL(publicUrl);
  if (url.protocol !== 'https:') {
    const next = `给服务配上 HTTPS（反向代理加证书），把 PUBLIC_URL 改成 https:// 开头，${AGAIN}没有公网地址就改用 TELEGRAM_MODE=polling、FEISHU_MODE=stream。`;
    return ADDRESS.fail('PUBLIC_URL 不是 https，消息会明文传输，Telegram 不接受', next);
  }
  if (PRIVATE_HOST.test(url.hostname)) {
    return ADDRESS.fail(
      `${url.host} 是内网地址，${who}访问不到`,
      '换成公网域名；没有公网地址就改用 TELEGRAM_MODE=polling、FEISHU_MODE=stream。',
    );
  }
  if (telegram?.mode === 'webhook' && !TELEGRAM_PORTS.includes(url.port)) {
    return ADDRESS.fail(`Telegram 不会访问端口 ${url.port}`, `把公网端口改成 443、80、88 或 8443，并改 PUBLIC_URL，${AGAIN}`);
  }
  const reply = await net.ask(`${publicUrl}/healthz`);
  if (isHealthy(reply)) return ADDRESS.ok(`${publicUrl}/healthz 有回应`);
  if (reply.isAnswered && reply.status >= 300 && reply.status < 400) {
    return ADDRESS.fail('这个地址会跳转，平台不跟随跳转', `把 PUBLIC_URL 改成跳转后的最终地址，${AGAIN}`);
  }
  const found = reply.isAnswered ? `${publicUrl}/healthz 的回应不是 Wence 的（HTTP ${reply.status}）` : `${url.host}：${reply.reason}`;
  if (!reply.isAnswered && isCertificateFault(reply.code)) return ADDRESS.fail(found, `换上受信任机构签发、带完整证书链的证书，${AGAIN}`);
  if (!reply.isAnswered && reply.code === 'ENOTFOUND')
    return ADDRESS.fail(found, `检查 PUBLIC_URL 的域名有没有写错、DNS 有没有生效，${AGAIN}`);
  if (use === 'free')
    return ADDRESS.warn(`${found}；Wence 还没启动，这里看不出是否通`, '先用 npx wence start 启动，再另开一个终端运行 npx wence doctor。');
  return ADDRESS.fail(found, `检查反向代理是否把 ${url.host} 转发到 Wence 的端口、防火墙是否放行，${AGAIN}`);
}

const SKEW_WARN_MS = 60_000;
const SKEW_FAIL_MS = 300_000;

/** Compares our clock with those of the platforms that answered; positive means ours is ahead. */
export function checkClock(skewsMs: readonly (number | null)[]): Check {
  const clock = verdicts('machine.clock', '系统时钟');
  const [skewMs] = skewsMs.filter((value) => value !== null).sort((a, b) => Math.abs(a) - Math.abs(b));
  if (skewMs === undefined) return clock.skipped('没有平台的时间可以比较');
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  const found = `本机比平台${skewMs > 0 ? '快' : '慢'} ${seconds} 秒`;
  const next = '打开系统的自动对时（Linux：timedatectl set-ntp true；容器看宿主机），否则消息会被当作过期，签名和证书也可能不被接受。';
  if (seconds * 1000 > SKEW_FAIL_MS) return clock.fail(found, next);
  if (seconds * 1000 > SKEW_WARN_MS) return clock.warn(found, next);
  return clock.ok('与平台一致');
}
