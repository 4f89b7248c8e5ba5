import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Channel } from '../../../src/channels/channel.ts';
import { AppError } from '../../../src/domain/errors.ts';
import { recordingLog } from '../../contracts/channel-contract.ts';
import { FakeFeishu } from '../../fakes/feishu-server.ts';
import { channelFor } from './platform.ts';

const BYTES = new TextEncoder().encode('{"code":1,"msg":"a JSON file of somebody"}');
const MIB = 1024 * 1024;

describe('a file sent to the app', () => {
  let fake: FakeFeishu;
  let channel: Channel;
  let logged: string[];
  beforeEach(async () => {
    fake = await FakeFeishu.start();
    logged = [];
    channel = channelFor(fake, recordingLog(logged));
  });
  afterEach(() => fake.stop());

  const sent = (bytes = BYTES, size?: number) => `om_1:${fake.files.add('om_1', '材料.json', bytes, size)}`;
  const fetch = (fileId: string) => channel.fetchFile(fileId, MIB, new AbortController().signal);
  const faultOf = async (fileId: string): Promise<AppError> => {
    const fault: unknown = await fetch(fileId).catch((error: unknown) => error);
    if (!(fault instanceof AppError)) throw new Error('expected an AppError', { cause: fault });
    return fault;
  };
  const downloads = () => fake.requestsTo('/resources/').length;

  it('is fetched by message and key, whatever it holds', async () => {
    expect(await fetch(sent())).toEqual(BYTES);
    expect(fake.requestsTo('/resources/')[0]?.query).toEqual({ type: 'file' });
  });

  it('is fetched with a new token when the old one is spent', async () => {
    const id = sent();
    await fetch(id);
    fake.revokeTokens();
    expect(await fetch(id)).toEqual(BYTES);
    expect(fake.requestsTo('tenant_access_token')).toHaveLength(2);
  });

  it('is not given when the platform says no, in words or with status 200', async () => {
    const id = sent();
    fake.fault('/resources/', { status: 400, body: { code: 234004, msg: 'App is not in the chat.' } });
    expect(await faultOf(id)).toMatchObject({
      code: 'CHANNEL_REJECTED',
      message: expect.stringContaining('234004'),
      hint: 'Send the file again.',
    });
    fake.fault('/resources/', { status: 200, body: { code: 99991400, msg: 'request trigger frequency limit' } });
    expect(await faultOf(id)).toMatchObject({
      code: 'CHANNEL_REJECTED',
      message: expect.stringContaining('99991400'),
      hint: 'Try again in a moment.',
    });
    expect(await fetch(id)).toEqual(BYTES);
  });

  it('names the permission that is missing', async () => {
    fake.fault('/resources/', { status: 400, body: { code: 99991672, msg: 'Access denied. One of the following scopes is required' } });
    expect((await faultOf(sent())).hint).toContain('im:message:readonly');
  });

  it('is too large when the platform itself gives none so large', async () => {
    expect(await faultOf(sent(BYTES, 101 * MIB))).toMatchObject({ code: 'INPUT_TOO_LARGE', message: expect.stringContaining('100 MB') });
  });

  it.each(['om_1', 'om_1:', 'oc_1:file_1', 'om_1:file/../../x', 'om_1:file_1:more', '../x:file_1'])(
    'is not asked for as "%s"',
    async (fileId) => {
      expect((await faultOf(fileId)).code).toBe('CHANNEL_REJECTED');
      expect(fake.requests).toEqual([]);
    },
  );

  it('leaves no secret in the fault or the log when the platform is out of reach', async () => {
    const id = sent();
    await fetch(id);
    fake.fault('/resources/', { reset: true });
    const fault = await faultOf(id);
    expect(fault).toMatchObject({ code: 'CHANNEL_REJECTED', hint: 'Try again in a moment.' });
    for (const secret of fake.secrets) expect(`${fault.stack} ${JSON.stringify(fault)} ${logged.join('\n')}`).not.toContain(secret);
    expect(downloads()).toBe(2);
  });
});
