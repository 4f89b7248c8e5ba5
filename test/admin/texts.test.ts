import { describe, expect, it } from 'vitest';
import { actionsIn, type Admin, type Client, startAdmin } from './harness.ts';
import { faqSource } from './sources.ts';

/** Warnings are for the writer to judge. */
const NO_ERROR = expect.not.arrayContaining([expect.objectContaining({ severity: 'error' })]) as unknown;

async function published(admin: Admin, by: Client, source: string) {
  const { body } = await by.post('/texts', { source, note: '' });
  const { textId, number } = body.revision;
  const at = `/texts/${textId}/revisions/${number}`;
  const submitted = (await by.post(`${at}/submit`, { version: body.version })).body;
  await admin.finished(by, await by.post(`${at}/impact`));
  const approved = await by.post(`${at}/approve`, { version: submitted.version });
  expect([approved.status, approved.body.revision?.state]).toEqual([200, 'published']);
  return approved.body;
}

describe('a text', () => {
  it('goes from draft to answer by the hands of two people', async () => {
    const admin = await startAdmin();
    const [ann, rita] = [await admin.signedIn('reviewer', 'ann'), await admin.signedIn('reviewer', 'rita')];
    const made = await ann.post('/texts', { source: faqSource('loan', '怎样申请贷款？'), note: '新问答' });
    expect(made.status).toBe(200);
    expect(made.body).toMatchObject({
      revision: { textId: 'loan', number: 1, state: 'draft', origin: 'console', author: 'ann 先生', reviewer: null, note: '新问答' },
      content: { kind: 'faq', meta: { title: '怎样申请贷款？' } },
      problems: NO_ERROR,
      impact: null,
      may: { edit: true, submit: true, approve: false, discard: true },
    });
    const at = '/texts/loan/revisions/1';
    const edited = await ann.request('put', at, {
      body: { source: faqSource('loan', '怎样申请贷款？', '请登录平台申请。'), note: '改', version: made.body.version },
    });
    expect(edited.body.source).toContain('请登录平台申请。');
    const submitted = await ann.post(`${at}/submit`, { version: edited.body.version });
    expect(submitted.body.revision.state).toBe('in-review');
    expect((await rita.post(`${at}/approve`, { version: submitted.body.version })).body.error.code).toBe('NOT_POSSIBLE');
    const job = await admin.finished(ann, await ann.post(`${at}/impact`));
    expect(job).toMatchObject({ kind: 'impact', state: 'done', result: { asked: 2, rightBefore: 1, rightAfter: 0.5 } });
    expect(job.result.digest).toBeUndefined();
    expect((await ann.get(at)).body).toMatchObject({
      impact: { asked: 2 },
      may: { approve: false, approveBlocked: expect.stringContaining('自己') },
    });
    const approved = await rita.post(`${at}/approve`, { version: submitted.body.version, note: '同意' });
    expect(approved.body.revision).toMatchObject({ state: 'published', reviewer: 'rita 先生', reviewNote: '同意' });
    expect((await rita.get('/texts/loan')).body).toMatchObject({
      item: {
        id: 'loan',
        kind: 'faq',
        title: '怎样申请贷款？',
        category: 'financing',
        validity: 'in-force',
        published: 1,
        latestState: 'published',
      },
      revisions: [{ number: 1, hasImpact: true }],
    });
    expect(await actionsIn(admin)).toEqual([
      'text.created text:loan',
      'text.edited text:loan',
      'text.submitted text:loan',
      'evaluation.run text:loan',
      'text.published text:loan',
    ]);
  });

  it('shows both sides to who was too late', async () => {
    const admin = await startAdmin();
    const [ann, ben] = [await admin.signedIn('editor', 'ann'), await admin.signedIn('editor', 'ben')];
    const made = (await ann.post('/texts', { source: faqSource('loan', '贷款？'), note: '' })).body;
    const at = '/texts/loan/revisions/1';
    const first = faqSource('loan', '贷款？', '甲的改动。');
    const second = faqSource('loan', '贷款？', '乙的改动。');
    expect((await ann.request('put', at, { body: { source: first, note: '', version: made.version } })).status).toBe(200);
    const late = await ben.request('put', at, { body: { source: second, note: '', version: made.version } });
    expect(late.status).toBe(409);
    expect(late.body).toMatchObject({
      error: { code: 'STALE' },
      mine: second,
      theirs: first,
      theirRevision: { textId: 'loan', number: 1, author: 'ann 先生' },
    });
    const again = await ben.request('put', at, { body: { source: second, note: '', version: late.body.version } });
    expect(again.body.source).toBe(second);
    const step = await ann.post(`${at}/submit`, { version: made.version });
    expect([step.status, step.body.mine, step.body.theirs]).toEqual([409, null, second]);
  });

  it('is sent back, rejected, discarded, rolled back and withdrawn', async () => {
    const admin = await startAdmin();
    const chief = await admin.signedIn('admin', 'chief');
    const first = await published(admin, chief, faqSource('loan', '贷款？', '第一版。'));
    const drafted = (
      await chief.post('/texts/loan/revisions', {
        source: faqSource('loan', '贷款？', '第二版。'),
        base: 1,
        note: '',
        version: first.version,
      })
    ).body;
    const at = '/texts/loan/revisions/2';
    let { version } = (await chief.post(`${at}/submit`, { version: drafted.version })).body;
    ({ version } = (await chief.post(`${at}/send-back`, { version, note: '请补充' })).body);
    ({ version } = (await chief.post(`${at}/submit`, { version })).body);
    await admin.finished(chief, await chief.post(`${at}/impact`));
    ({ version } = (await chief.post(`${at}/approve`, { version })).body);
    const back = (await chief.post('/texts/loan/roll-back', { version, revision: 1, note: '有误' })).body;
    expect(back).toMatchObject({
      revision: { number: 3, state: 'published', origin: 'roll-back' },
      source: expect.stringContaining('第一版。'),
    });
    const other = (await chief.post('/texts/loan/revisions', { source: back.source, base: 3, note: '', version: back.version })).body;
    const dropped = (await chief.post('/texts/loan/revisions/4/discard', { version: other.version })).body;
    expect(dropped.revision.state).toBe('discarded');
    const withdrawn = await chief.post('/texts/loan/withdraw', { version: dropped.version, note: '废止' });
    expect(withdrawn.status).toBe(200);
    expect((await chief.get('/texts/loan')).body.item.published).toBeNull();
  });

  it('is made from its pieces as well', async () => {
    const admin = await startAdmin();
    const ann = await admin.signedIn('editor', 'ann');
    const content = { kind: 'faq', meta: { kind: 'faq', id: 'fee', title: '收费吗？', category: 'approval' }, body: '不收费。' };
    const { body, status } = await ann.post('/texts', { content, note: '' });
    expect(status).toBe(200);
    expect(body.source).toContain('不收费。');
    const broken = await ann.post('/texts', { source: '---\nkind: faq\nid: x\n---\n', note: '' });
    expect([broken.status, broken.body.error.code]).toEqual([400, 'INPUT_INVALID']);
    expect((await ann.post('/texts', { content, note: '' })).body.error.code).toBe('NOT_POSSIBLE');
  });

  it('that holds a script is told as text', async () => {
    const admin = await startAdmin();
    const ann = await admin.signedIn('editor', 'ann');
    const script = '<script>alert(1)</script><img src=x onerror=alert(1)>';
    await ann.post('/texts', { source: faqSource('xss', `问？${script}`, script), note: script });
    for (const path of ['/texts', '/texts/xss', '/texts/xss/revisions/1', '/texts/xss/diff']) {
      const { headers, text } = await ann.get(path);
      expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(text).toContain('<script>');
    }
    const reflected = await ann.get(`/${encodeURIComponent(script)}`);
    expect(reflected.headers.get('content-type')).toBe('application/json; charset=utf-8');
  });
});

describe('the list', () => {
  it('is filtered and paged', async () => {
    const admin = await startAdmin();
    const chief = await admin.signedIn('admin', 'chief');
    await published(admin, chief, faqSource('old', '旧的贷款办法', '旧。', 'expiresOn: 2025-12-31\n'));
    await published(admin, chief, faqSource('new', '新的贷款办法', '新。', 'documentNumber: 云开〔2026〕1号\nissuingBody: 云港管委会\n'));
    await published(admin, chief, faqSource('next', '明年的办法', '来年。', 'effectiveOn: 2027-01-01\n'));
    await chief.post('/texts', { source: faqSource('draft', '草稿'), note: '' });
    const ids = async (query: string): Promise<string[]> =>
      (await chief.get(`/texts?${query}`)).body.items.map(({ id }: { id: string }) => id).sort();
    expect(await ids('')).toEqual(['draft', 'new', 'next', 'old']);
    expect(await ids('validity=expired')).toEqual(['old']);
    expect(await ids('validity=upcoming')).toEqual(['next']);
    expect(await ids('state=draft')).toEqual(['draft']);
    expect(await ids('kind=policy')).toEqual([]);
    expect(await ids('category=talent')).toEqual([]);
    expect(await ids(`q=${encodeURIComponent('云港 贷款')}`)).toEqual(['new']);
    expect(await ids(`q=${encodeURIComponent('2026〕1号')}`)).toEqual(['new']);
    const page = (await chief.get('/texts?size=3&page=2')).body;
    expect([page.items.length, page.total]).toEqual([1, 4]);
    for (const query of ['page=0', 'size=1000', 'state=gone', 'page=x']) expect((await chief.get(`/texts?${query}`)).status).toBe(400);
  });

  it('counts a document superseded from the day its successor takes effect', async () => {
    const admin = await startAdmin();
    const chief = await admin.signedIn('admin', 'chief');
    await published(admin, chief, faqSource('a', '甲'));
    await published(admin, chief, faqSource('b', '乙', '乙。', 'effectiveOn: 2026-11-23\nsupersedes: [a]\n'));
    const items = (await chief.get('/texts')).body.items;
    expect(items.map(({ id, validity }: { id: string; validity: string }) => [id, validity])).toEqual([
      ['a', 'superseded'],
      ['b', 'in-force'],
    ]);
  });
});

describe('looking closer', () => {
  it('compares revisions, from the published one to the latest unless told otherwise', async () => {
    const admin = await startAdmin();
    const chief = await admin.signedIn('admin', 'chief');
    const { version } = (await chief.post('/texts', { source: faqSource('loan', '贷款？', '请到窗口申请贷款。'), note: '' })).body;
    const fresh = (await chief.get('/texts/loan/diff')).body;
    expect(fresh.rows.every(({ kind }: { kind: string }) => kind === 'added')).toBe(true);
    await chief.post('/texts/loan/revisions', {
      source: faqSource('loan', '怎样贷款？', '请到平台申请贷款。'),
      base: 1,
      note: '',
      version,
    });
    const { rows, words } = (await chief.get('/texts/loan/diff?from=1&to=2')).body;
    expect(
      rows.filter(({ kind }: { kind: string }) => kind === 'changed').map(({ right }: { right: { text: string } }) => right.text),
    ).toEqual(['title: 怎样贷款？', '请到平台申请贷款。']);
    expect(words).toContain('标题：贷款？ → 怎样贷款？');
    expect((await chief.get('/texts/loan/diff?from=9')).status).toBe(404);
  });

  it('shows how an answer would look, or what is wrong', async () => {
    const admin = await startAdmin();
    const viewer = await admin.signedIn('viewer');
    const good = (await viewer.post('/preview', { kind: 'faq', source: faqSource('loan', '贷款？'), question: '借钱' })).body;
    expect(good).toMatchObject({
      problems: NO_ERROR,
      sections: [{ number: 1, title: '贷款？' }],
      cards: { web: { title: '贷款？|借钱|null' }, telegram: { html: '<b>贷款？|借钱|null</b>', buttons: [['赞', '踩']] } },
    });
    const bad = (await viewer.post('/preview', { kind: 'faq', source: '---\nkind: faq\n---\n' })).body;
    expect(bad.cards).toBeNull();
    expect(bad.problems[0]).toMatchObject({ severity: 'error', message: expect.any(String) });
    const words = (await viewer.post('/preview', { kind: 'lexicon', source: '白名单\n' })).body;
    expect(words).toMatchObject({ sections: [], cards: null });
  });

  it('explains a question now, before, and with a draft', async () => {
    const admin = await startAdmin();
    const ann = await admin.signedIn('editor', 'ann');
    await ann.post('/texts', { source: faqSource('loan', '贷款？'), note: '' });
    const { body } = await ann.post('/explain', { question: '贷款', draft: { textId: 'loan', number: 1 } });
    expect(body).toEqual({
      current: { question: '贷款', why: '现在' },
      currentReply: expect.objectContaining({ title: '答：贷款' }),
      previous: null,
      draft: { question: '贷款', why: expect.stringMatching(/^草稿 \d+$/) },
      libraryVersion: 7,
    });
    expect((await ann.post('/explain', { question: '贷款', draft: { textId: 'loan', number: 2 } })).status).toBe(404);
  });

  it('runs the question set and the doctor as jobs', async () => {
    const admin = await startAdmin();
    const chief = await admin.signedIn('admin', 'chief');
    const run = await admin.finished(chief, await chief.post('/evaluations'));
    expect(run).toMatchObject({ kind: 'evaluation', state: 'done', result: { item: { by: 'chief 先生', libraryVersion: 7 } } });
    const { items } = (await chief.get('/evaluations')).body;
    expect((await chief.get(`/evaluations/${items[0].id}`)).body).toEqual(run.result);
    expect((await chief.get('/evaluations/none')).status).toBe(404);
    const checks = await admin.finished(chief, await chief.post('/doctor'));
    expect(checks.result.checks).toEqual([{ id: 'disk', title: '磁盘空间', status: 'ok', detail: '充足', next: null }]);
  });

  it('gives an overview', async () => {
    const admin = await startAdmin();
    const ann = await admin.signedIn('editor', 'ann');
    await ann.post('/texts', { source: faqSource('loan', '贷款？'), note: '' });
    const { body } = await ann.get('/overview');
    expect(body).toMatchObject({
      library: { version: 7, documents: 0, sections: 3, byKind: {}, byValidity: {} },
      review: { drafts: 1, inReview: 0, scheduled: 0 },
      channels: [{ name: 'telegram', status: 'connected', detail: '@wence_bot' }],
      queue: { waiting: 1, unsent: 2 },
      lastEvaluation: null,
      recent: [{ action: 'text.created', actor: { name: 'ann 先生', from: null } }],
    });
  });
});
