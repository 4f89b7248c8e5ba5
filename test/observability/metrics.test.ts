import { describe, expect, it } from 'vitest';
import { healthOf } from '../../src/observability/health.ts';
import { createMetrics } from '../../src/observability/metrics.ts';

describe('metrics', () => {
  it('count messages and replies by channel and outcome, in the format of Prometheus', async () => {
    const metrics = createMetrics();
    metrics.messageStored('telegram');
    metrics.messageStored('telegram');
    metrics.messageRepeated('feishu');
    metrics.messageEnded('telegram', 'answered', 40);
    metrics.replyEnded('telegram', 'sent', 900);
    metrics.replyRetried('telegram', '429');
    metrics.webAnswered(12);
    const { body, contentType } = await metrics.render(async () => {});
    expect(contentType).toMatch(/^text\/plain/);
    for (const line of [
      'wence_messages_stored_total{channel="telegram"} 2',
      'wence_messages_repeated_total{channel="feishu"} 1',
      'wence_messages_ended_total{channel="telegram",outcome="answered"} 1',
      'wence_replies_ended_total{channel="telegram",status="sent"} 1',
      'wence_reply_retries_total{channel="telegram",code="429"} 1',
      'wence_answer_seconds_sum{channel="telegram"} 0.04',
      'wence_answer_seconds_sum{channel="web"} 0.012',
      'wence_reply_seconds_sum{channel="telegram"} 0.9',
    ]) {
      expect(body.split('\n')).toContain(line);
    }
  });

  it('set their gauges anew each time they are shown', async () => {
    const metrics = createMetrics();
    const show = (waiting: number, isConnected: boolean) =>
      metrics.render(async (gauges) => {
        gauges.queue('waiting', waiting);
        gauges.oldestWaitingSeconds(waiting * 2);
        gauges.connected('feishu', isConnected);
      });
    await show(5, true);
    const lines = (await show(0, false)).body.split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'wence_queue{state="waiting"} 0',
        'wence_oldest_waiting_seconds 0',
        'wence_channel_connected{channel="feishu"} 0',
      ]),
    );
  });
});

describe('health', () => {
  const check = (isReady: boolean) => ({ name: 'database', isReady, detail: '' });
  it('is ready when everything is', () => {
    expect(healthOf([check(true), check(true)]).status).toBe('ready');
    expect(healthOf([check(true), check(false)]).status).toBe('not-ready');
  });
});
