import { describe, expect, it } from 'vitest';
import { createJobs } from '../../src/admin/jobs.ts';
import type { LongWork } from '../../src/admin/services.ts';
import { createUploads, plainName } from '../../src/admin/uploads.ts';
import { AppError } from '../../src/domain/errors.ts';

const HOUR = 3_600_000;

function setUp() {
  let nowMs = 1_000;
  let ids = 0;
  const errors: object[] = [];
  const log = { debug() {}, info() {}, warn() {}, error: (fields: object) => void errors.push(fields) };
  const services = { now: () => nowMs, newId: () => `id-${++ids}`, log };
  return { ...services, errors, jobs: createJobs(services), later: (ms: number) => void (nowMs += ms) };
}

/** Work that ends when told to. */
function held(): { work: LongWork<string>; finish: (result: string) => void; fail: (error: Error) => void; signal: () => AbortSignal } {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let seen: AbortSignal | null = null;
  return {
    work: (signal, onProgress) => {
      seen = signal;
      onProgress({ done: 1, total: 4, note: '正在读取' });
      return promise;
    },
    finish: resolve,
    fail: reject,
    signal: () => seen!,
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('jobs', () => {
  it('show their progress and then their result, to their owner only', async () => {
    const { jobs } = setUp();
    const { work, finish } = held();
    const { id } = jobs.start('ann', 'import', work);
    expect(jobs.get('ann', id)).toMatchObject({ state: 'running', done: 1, total: 4, note: '正在读取', result: null });
    expect(() => jobs.get('bob', id)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
    expect(() => jobs.cancel('bob', id)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
    finish('plan');
    await settled();
    expect(jobs.get('ann', id)).toMatchObject({ state: 'done', done: 4, result: 'plan', error: null });
  });

  it('stop when cancelled and stay so', async () => {
    const { jobs } = setUp();
    const { work, finish, signal } = held();
    const { id } = jobs.start('ann', 'impact', work);
    expect(jobs.cancel('ann', id).state).toBe('cancelled');
    expect(signal().aborted).toBe(true);
    finish('too late');
    await settled();
    expect(jobs.get('ann', id)).toMatchObject({ state: 'cancelled', result: null });
  });

  it('tell a known fault in its words, and another only in the log', async () => {
    const { jobs, errors } = setUp();
    const [known, unknown] = [held(), held()];
    const one = jobs.start('ann', 'impact', known.work);
    const other = jobs.start('ann', 'impact', unknown.work);
    known.fail(new AppError('NOT_POSSIBLE', '知识库尚未就绪。'));
    unknown.fail(new Error('secret path'));
    await settled();
    expect(jobs.get('ann', one.id)).toMatchObject({ state: 'failed', error: { code: 'NOT_POSSIBLE', message: '知识库尚未就绪。' } });
    expect(jobs.get('ann', other.id)).toMatchObject({ state: 'failed', error: { code: 'INTERNAL' } });
    expect(JSON.stringify(jobs.get('ann', other.id))).not.toContain('secret path');
    expect(errors).toHaveLength(1);
  });

  it('are at most three at a time for one person', async () => {
    const { jobs } = setUp();
    const works = [held(), held(), held()];
    for (const { work } of works) jobs.start('ann', 'doctor', work);
    expect(() => jobs.start('ann', 'doctor', held().work)).toThrow(expect.objectContaining({ code: 'RATE_LIMITED' }));
    jobs.start('bob', 'doctor', held().work);
    works[0]!.finish('');
    await settled();
    expect(jobs.start('ann', 'doctor', held().work).state).toBe('running');
  });

  it('make room for newer ones, unless they run', async () => {
    const { jobs } = setUp();
    const running = jobs.start('ann', 'import', held().work);
    const ids: string[] = [];
    for (let index = 0; index < 31; index++) {
      ids.push(jobs.start('ann', 'doctor', async () => '').id);
      await settled();
    }
    expect(jobs.get('ann', running.id).state).toBe('running');
    expect(() => jobs.get('ann', ids[0]!)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
    expect(jobs.get('ann', ids.at(-1)!).state).toBe('done');
  });

  it('are kept for an hour, longer only while they run', async () => {
    const { jobs, later } = setUp();
    const [short, long] = [held(), held()];
    const done = jobs.start('ann', 'import', short.work);
    const running = jobs.start('ann', 'import', long.work);
    short.finish('');
    await settled();
    later(HOUR);
    expect(() => jobs.get('ann', done.id)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
    expect(jobs.get('ann', running.id).state).toBe('running');
    jobs.stop();
    expect(long.signal().aborted).toBe(true);
  });
});

describe('uploads', () => {
  it.each([
    ['通知.docx', '通知.docx'],
    ['../../etc/passwd', 'passwd'],
    ['..\\..\\windows\\win.ini', 'win.ini'],
    ['/abs/文件\u0000.pdf\n', '文件.pdf'],
    ['\u202Efdp.exe', 'fdp.exe'],
  ])('keep the plain name of %j', (given, name) => {
    expect(plainName(given)).toBe(name);
  });

  it.each(['', ' ', '..', 'folder/', '../..'])('refuse %j as a name', (given) => {
    expect(() => plainName(given)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
  });

  it('keep the extension of an overlong name', () => {
    const name = plainName(`${'长'.repeat(300)}.docx`);
    expect(name.length).toBeLessThanOrEqual(121);
    expect(name.endsWith('.docx')).toBe(true);
  });

  it('are given to who sent them, for an hour, and are not too many', () => {
    const { now, newId, later } = setUp();
    const uploads = createUploads(now, newId);
    const big = new Uint8Array(50 * 1024 * 1024);
    const { id } = uploads.add('ann', 'a.txt', big);
    expect(uploads.get('ann', id).bytes).toBe(big);
    expect(() => uploads.get('bob', id)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
    uploads.add('ann', 'b.txt', big);
    expect(() => uploads.add('ann', 'c.txt', new Uint8Array(1))).toThrow(expect.objectContaining({ code: 'INPUT_TOO_LARGE' }));
    expect(() => uploads.add('ann', 'c.txt', new Uint8Array())).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
    later(HOUR);
    expect(() => uploads.get('ann', id)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
    uploads.add('ann', 'c.txt', new Uint8Array(1));
  });
});
