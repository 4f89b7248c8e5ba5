import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { createFeishuChannel } from '../../../src/channels/feishu/index.ts';
import { recordingLog } from '../../contracts/channel-contract.ts';

const isSdkLoaded = () => Object.keys(createRequire(import.meta.url).cache).some((path) => path.includes('@larksuiteoapi'));

it('loads the SDK when the channel is used, not when it is made', async () => {
  createFeishuChannel({ appId: 'cli_9f5343c580712544', appSecret: 's', mode: 'stream', domain: 'feishu', log: recordingLog([]) });
  expect(isSdkLoaded()).toBe(false);
  await import('../../../src/channels/feishu/client.ts');
  expect(isSdkLoaded()).toBe(true);
});
