import type { Config } from '../config/load.ts';
import { type Check, verdicts } from './check.ts';
import { checkFeishu } from './feishu.ts';
import { checkClock, checkMachine, type LibraryCounts } from './machine.ts';
import { createNet, type Fetch, type Net } from './net.ts';
import { checkSettings, type SettingsSource } from './settings.ts';
import { checkTelegram } from './telegram.ts';

export interface DoctorOptions {
  readonly settings: SettingsSource;
  /** @throws {AppError} `KNOWLEDGE_UNREADABLE` */
  readonly loadLibrary: (folder: string) => Promise<LibraryCounts>;
  /** Of the process that would serve. */
  readonly nodeVersion: string;
  /** Differs in tests only. */
  readonly fetch?: Fetch;
  /** Longest wait for one answer, 10 s by default. */
  readonly timeoutMs?: number;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

const TIMEOUT_MS = 10_000;

/**
 * Looks at everything a person sets up: settings, this machine, Telegram, Feishu; the last three side by side.
 * Never rejects, changes nothing anywhere, and no check holds a secret.
 *
 * @example
 * const checks = await runDoctor({ settings, loadLibrary, nodeVersion: process.versions.node });
 * checks.some((check) => check.status === 'fail'); // → whether something must be done before the start
 */
export async function runDoctor(options: DoctorOptions): Promise<Check[]> {
  const secrets = new Set<string>();
  const checks = await gather(options, secrets).catch(() => [brokenDown('settings')]);
  return checks.map((check) => withoutSecrets(check, [...secrets]));
}

async function gather(
  { settings, loadLibrary, nodeVersion, fetch: ask = fetch, timeoutMs = TIMEOUT_MS, now = Date.now }: DoctorOptions,
  secrets: Set<string>,
) {
  const found = checkSettings(settings);
  const { config, wrong } = found;
  if (config === null) return [...found.checks];
  for (const secret of secretsOf(config)) secrets.add(secret);

  const newNet = (): Net => createNet({ fetch: ask, timeoutMs, now });
  const nets = { machine: newNet(), telegram: newNet(), feishu: newNet() };
  const { telegram, feishu, publicUrl } = config;
  const [machine, ...platforms] = await Promise.all([
    checkMachine({ config, wrong, nodeVersion, loadLibrary, net: nets.machine, timeoutMs }).catch(() => [brokenDown('machine')]),
    telegram === null
      ? [off('telegram', 'Telegram', 'TELEGRAM_BOT_TOKEN', settings.namesSet)]
      : checkTelegram({ telegram, publicUrl, net: nets.telegram, now }).catch(() => [brokenDown('telegram')]),
    feishu === null
      ? [off('feishu', '飞书', 'FEISHU_APP_ID', settings.namesSet)]
      : checkFeishu({ feishu, publicUrl, net: nets.feishu, onSecret: (secret) => secrets.add(secret) }).catch(() => [brokenDown('feishu')]),
  ]);
  return [...found.checks, ...machine, checkClock([nets.telegram.skewMs(), nets.feishu.skewMs()]), ...platforms.flat()];
}

/** A platform without settings, or with wrong ones, which are told among the settings. */
function off(group: string, title: string, switchName: string, namesSet: readonly string[]): Check {
  const detail = namesSet.includes(switchName) ? '先改好上面的设置' : `没有开通（没有设置 ${switchName}）`;
  return verdicts(`${group}.off`, title).skipped(detail);
}

const brokenDown = (group: string): Check =>
  verdicts(`${group}.doctor`, '自检').fail(
    '自检程序自己出了错，这一组没有查完',
    '再运行一次；仍然这样，请带上运行 npx wence doctor --json 的输出报告问题。',
  );

function secretsOf({ telegram, feishu, databaseUrl, databaseReadUrl }: Config): string[] {
  const secrets = [
    telegram?.token,
    telegram?.webhookSecret,
    feishu?.appSecret,
    feishu?.encryptKey,
    feishu?.verificationToken,
    ...[databaseUrl, databaseReadUrl].flatMap((url) => {
      const password = url === null ? undefined : URL.parse(url)?.password;
      return [url, password, password && decodeURIComponent(password)];
    }),
  ];
  return secrets.filter((secret) => typeof secret === 'string').filter(({ length }) => length >= SHORTEST_SECRET);
}

/** Shorter ones would be found in any sentence. */
const SHORTEST_SECRET = 6;

/** The last door: whatever a platform put into its words, no secret of ours and no control character for the terminal leaves. */
function withoutSecrets(check: Check, secrets: readonly string[]): Check {
  const longestFirst = secrets.toSorted((a, b) => b.length - a.length);
  const clean = (text: string): string =>
    longestFirst.reduce((rest, secret) => rest.replaceAll(secret, '***'), text).replace(/(?!\n)\p{Cc}/gu, '');
  return { ...check, detail: clean(check.detail), next: check.next === null ? null : clean(check.next) };
}
