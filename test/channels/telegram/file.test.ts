import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../src/domain/errors.ts';
import { Stage } from './harness.ts';

const BYTES = new TextEncoder().encode('政策文件');
const MIB = 1024 * 1024;

describe('a file sent to the bot', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await Stage.open();
    stage.create('polling');
  });
  afterEach(() => stage.close());

  const fetch = (fileId: string, maxBytes = MIB) => stage.channel.fetchFile(fileId, maxBytes, stage.signal);
  const faultOf = async (fileId: string, maxBytes?: number): Promise<AppError> => {
    const fault: unknown = await fetch(fileId, maxBytes).catch((error: unknown) => error);
    if (!(fault instanceof AppError)) throw new Error('expected an AppError', { cause: fault });
    return fault;
  };
  const downloads = () => stage.telegram.callsOf('file').length;

  it('is fetched in two steps', async () => {
    const id = stage.telegram.files.add('指南.docx', BYTES);
    expect(await fetch(id)).toEqual(BYTES);
    expect(stage.telegram.calls.map(({ method }) => method)).toEqual(['getFile', 'file']);
  });

  it('is not even begun when it is announced as too large', async () => {
    const id = stage.telegram.files.add('大.pdf', BYTES, 2 * MIB);
    expect(await faultOf(id)).toMatchObject({ code: 'INPUT_TOO_LARGE', message: expect.stringContaining('1048576') });
    expect(downloads()).toBe(0);
  });

  it('is too large when Telegram itself gives none so large', async () => {
    const id = stage.telegram.files.add('巨.pdf', BYTES, 21 * MIB);
    expect(await faultOf(id, 50 * MIB)).toMatchObject({ code: 'INPUT_TOO_LARGE', message: expect.stringContaining('20 MB') });
  });

  it.each([
    ['the path climbs out of the file server', { ok: true, result: { file_id: 'x', file_path: '../getMe' } }],
    ['there is no path', { ok: true, result: { file_id: 'x' } }],
  ])('is not given when %s', async (_name, body) => {
    stage.telegram.fail({ method: 'getFile', status: 200, body });
    expect((await faultOf('x')).code).toBe('CHANNEL_REJECTED');
    expect(downloads()).toBe(0);
  });

  it('can be asked for again when it is gone from the file server or Telegram is busy', async () => {
    const id = stage.telegram.files.add('a.txt', BYTES);
    stage.telegram.fail({ method: 'file', status: 404, body: 'Not Found' });
    expect(await faultOf(id)).toMatchObject({ code: 'CHANNEL_REJECTED', hint: 'Send the file again.' });
    stage.telegram.fail({
      method: 'getFile',
      status: 429,
      body: { ok: false, error_code: 429, description: 'Too Many Requests: retry after 5' },
    });
    expect(await faultOf(id)).toMatchObject({ code: 'CHANNEL_REJECTED', hint: 'Try again in a moment.' });
    expect(await fetch(id)).toEqual(BYTES);
  });

  it('leaves no token in the fault or the log when Telegram is out of reach', async () => {
    const id = stage.telegram.files.add('a.txt', BYTES);
    await stage.telegram.close();
    const fault = await faultOf(id);
    expect(fault.code).toBe('CHANNEL_REJECTED');
    expect(`${fault.stack} ${JSON.stringify(fault)} ${stage.logged.join('\n')}`).not.toContain(stage.telegram.token);
    expect(fault.cause).toBeUndefined();
  });
});
