import type { Channel } from '../channels/channel.ts';
import { createFeishuChannel, type FeishuTiming } from '../channels/feishu/index.ts';
import { createTelegramChannel, type TelegramOptions } from '../channels/telegram/index.ts';
import type { Config } from '../config/load.ts';
import type { DrawChart } from '../domain/chart.ts';
import type { Log } from '../domain/log.ts';

export interface ChannelTuning {
  readonly feishu?: Partial<FeishuTiming>;
  readonly telegram?: Pick<TelegramOptions, 'callTimeoutMs' | 'wait'>;
}

/** Loaded when the first chart is drawn. */
const draw: DrawChart = async (chart) => (await import('../pictures/draw-chart.ts')).drawChart(chart);

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The chat channels that are set up. */
export function createChannels({ telegram, feishu, publicUrl }: Config, log: Log, tuning: ChannelTuning): Channel[] {
  const channels: Channel[] = [];
  if (telegram) {
    channels.push(
      createTelegramChannel({
        ...tuning.telegram,
        token: telegram.token,
        mode: telegram.mode,
        apiRoot: telegram.apiRoot,
        webhookSecret: telegram.webhookSecret ?? undefined,
        webhookUrl: publicUrl === null ? undefined : `${publicUrl}/webhooks/telegram`,
        log,
        draw,
      }),
    );
  }
  if (feishu) {
    const { appId, appSecret, mode, domain } = feishu;
    channels.push(
      createFeishuChannel({
        appId,
        appSecret,
        mode,
        domain: domain === 'feishu' || domain === 'lark' ? domain : new URL(domain),
        encryptKey: feishu.encryptKey ?? undefined,
        verificationToken: feishu.verificationToken ?? undefined,
        log,
        draw,
        ...(tuning.feishu && { timing: tuning.feishu }),
      }),
    );
  }
  return channels;
}

/** Side by side: a platform that cannot be reached must not keep the page and the other platforms from starting. */
export function startChannels(channels: readonly Channel[], receive: Parameters<Channel['start']>[0], signal: AbortSignal, log: Log): void {
  if (channels.length === 0) log.info({}, 'no TELEGRAM_BOT_TOKEN or FEISHU_APP_ID set: serving the web page and the HTTP API alone');
  for (const channel of channels) {
    channel.start(receive, signal).then(
      () => log.info({ channel: channel.name, state: channel.state() }, 'channel started'),
      (error: unknown) => {
        const hint = error instanceof Error && 'hint' in error ? error.hint : null;
        if (!signal.aborted) log.error({ channel: channel.name, reason: reasonOf(error), hint }, 'channel could not start');
      },
    );
  }
}
