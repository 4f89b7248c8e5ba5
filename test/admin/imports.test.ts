import { describe, expect, it } from 'vitest';
import { actionsIn, type Admin, type Client, startAdmin, statusesOf } from './harness.ts';
import { faqSource, faqTable } from './sources.ts';

const OCTETS = { 'Content-Type': 'application/octet-stream' };

async function upload(by: Client, name: string, bytes: Uint8Array): Promise<string> {
  const { body, status } = await by.request('post', `/uploads?name=${encodeURIComponent(name)}`, { body: bytes, headers: OCTETS });
  expect(status).toBe(200);
  return body.id;
}

async function plan(admin: Admin, by: Client, name: string, bytes: Uint8Array) {
  const uploads = [await upload(by, name, bytes)];
  const job = await admin.finished(by, await by.post('/imports', { uploads, issuingBody: '云港管委会', year: 2026 }));
  expect(job).toMatchObject({ kind: 'import', state: 'done', error: null });
  return job.result;
}

describe('an import', () => {
  it('is planned without writing anything, and makes drafts of all or none', async () => {
    const admin = await startAdmin();
    const ann = await admin.signedIn('editor', 'ann');
    const made = await plan(admin, ann, '../../问答.csv', faqTable(['怎样申请贷款？', '登录平台申请。'], ['收费吗？', '不收费。']));
    expect(made).toMatchObject({ changed: [], skipped: [], canApply: true });
    expect(made.created).toMatchObject([
      { title: '怎样申请贷款？', kind: 'faq', origin: '问答.csv · 第 2 行', sections: 1, facts: ['发文机关：云港管委会'], differences: [] },
      { title: '收费吗？' },
    ]);
    expect(await admin.texts.texts()).toEqual([]);
    const applied = await ann.post(`/imports/${made.id}/apply`, { submit: true });
    expect(applied.body.drafts.map(({ title }: { title: string }) => title)).toEqual(['怎样申请贷款？', '收费吗？']);
    const { textId } = applied.body.drafts[0];
    expect((await ann.get(`/texts/${textId}/revisions/1`)).body.revision).toMatchObject({
      state: 'in-review',
      origin: 'import',
      note: '导入自 问答.csv',
    });
    expect((await ann.post(`/imports/${made.id}/apply`)).body.error.code).toBe('NOT_POSSIBLE');
    expect(await actionsIn(admin)).toContain('import.applied -');
  });

  it('is applied once, however often it is clicked', async () => {
    const admin = await startAdmin();
    const ann = await admin.signedIn('editor', 'ann');
    const made = await plan(admin, ann, '问答.csv', faqTable(['贷款？', '可以。']));
    const clicks = await Promise.all([1, 2, 3].map(() => ann.post(`/imports/${made.id}/apply`)));
    expect(statusesOf(clicks)).toEqual([200, 409, 409]);
    expect(await admin.texts.texts()).toHaveLength(1);
  });

  it('with a mistake cannot be applied', async () => {
    const admin = await startAdmin();
    const ann = await admin.signedIn('editor', 'ann');
    const made = await plan(admin, ann, '问答.csv', faqTable(['贷款？', '可以。'], ['没有答案？', '']));
    expect(made.canApply).toBe(false);
    expect(made.problems).toContainEqual({ severity: 'error', place: expect.stringContaining('第 3 行'), message: expect.any(String) });
    expect((await ann.post(`/imports/${made.id}/apply`)).body.error.code).toBe('IMPORT_PROBLEMS');
    const refused = await plan(admin, ann, '扫描.pdf', new Uint8Array([0x89, 0x50, 0x4e, 0x47]));
    expect(refused).toMatchObject({ canApply: false, problems: [{ severity: 'error', place: '扫描.pdf' }] });
    expect(await admin.texts.texts()).toEqual([]);
  });

  it('that is out of date is not applied', async () => {
    const admin = await startAdmin();
    const ann = await admin.signedIn('editor', 'ann');
    await ann.post('/texts', { source: faqSource('loan', '贷款？', '旧答案。'), note: '' });
    const record = new TextEncoder().encode(faqSource('loan', '贷款？', '新答案。'));
    const change = await plan(admin, ann, 'loan.md', record);
    expect(change).toMatchObject({ created: [], changed: [{ id: 'loan', differences: [expect.stringContaining('正文')] }] });
    const { version } = (await ann.get('/texts/loan/revisions/1')).body;
    await ann.request('put', '/texts/loan/revisions/1', {
      body: { source: faqSource('loan', '贷款？', '别人的答案。'), note: '', version },
    });
    const stale = await ann.post(`/imports/${change.id}/apply`);
    expect([stale.status, stale.body.error.code]).toEqual([409, 'STALE']);
    const fresh = await plan(admin, ann, 'other.md', new TextEncoder().encode(faqSource('other', '别的？')));
    await ann.post('/texts', { source: faqSource('other', '别的？'), note: '' });
    expect((await ann.post(`/imports/${fresh.id}/apply`)).body.error.code).toBe('STALE');
    const same = await plan(admin, ann, 'loan.md', new TextEncoder().encode(faqSource('loan', '贷款？', '别人的答案。')));
    expect(same).toMatchObject({ created: [], changed: [], skipped: [{ id: 'loan' }], canApply: false });
  });

  it('belongs to who began it', async () => {
    const admin = await startAdmin();
    const [ann, ben] = [await admin.signedIn('editor', 'ann'), await admin.signedIn('editor', 'ben')];
    const id = await upload(ann, 'a.csv', faqTable(['问？', '答。']));
    expect((await ben.post('/imports', { uploads: [id] })).status).toBe(404);
    const job = await ann.post('/imports', { uploads: [id] });
    expect((await ben.get(`/jobs/${job.body.id}`)).status).toBe(404);
    expect((await ben.request('delete', `/jobs/${job.body.id}`)).status).toBe(404);
    const { result } = await admin.finished(ann, job);
    expect((await ben.post(`/imports/${result.id}/apply`)).status).toBe(404);
    admin.later(3_600_000);
    expect((await (await admin.signedIn('editor', 'ann')).post(`/imports/${result.id}/apply`)).status).toBe(404);
  });

  it.each(['..', '', '../', '%00'])('takes no file called %j', async (name) => {
    const admin = await startAdmin();
    const ann = await admin.signedIn('editor', 'ann');
    const { status } = await ann.request('post', `/uploads?name=${name}`, { body: new Uint8Array([1]), headers: OCTETS });
    expect(status).toBe(400);
  });

  it('takes an uploaded file only as plain bytes', async () => {
    const admin = await startAdmin();
    const ann = await admin.signedIn('editor', 'ann');
    expect((await ann.request('post', '/uploads?name=a.csv', { body: 'x', headers: { 'Content-Type': 'text/html' } })).status).toBe(400);
    const zipped = { ...OCTETS, 'Content-Encoding': 'gzip' };
    expect((await ann.request('post', '/uploads?name=a.csv', { body: new Uint8Array([1]), headers: zipped })).status).toBe(400);
  });
});

describe('what is taken out', () => {
  it('are the tables to fill in', async () => {
    const admin = await startAdmin();
    const viewer = await admin.signedIn('viewer');
    const { text, headers } = await viewer.get('/templates/faq.csv');
    expect(headers.get('content-disposition')).toContain('wence-faq.csv');
    expect(text).toMatch(/^\ufeff?问题,相似问,答案/);
    expect((await viewer.get('/templates/procedure.csv')).text).toContain('事项名称');
  });

  it('are all published texts, and the audit log says so', async () => {
    const admin = await startAdmin();
    const chief = await admin.signedIn('admin', 'chief');
    const made = (await chief.post('/texts', { source: faqSource('loan', '贷款？'), note: '' })).body;
    const { version } = (await chief.post('/texts/loan/revisions/1/submit', { version: made.version })).body;
    await admin.finished(chief, await chief.post('/texts/loan/revisions/1/impact'));
    await chief.post('/texts/loan/revisions/1/approve', { version });
    await chief.post('/texts', { source: faqSource('draft', '草稿？'), note: '' });
    const response = await fetch(`${admin.base}/export.zip`, { headers: { Cookie: chief.cookie! } });
    expect(response.headers.get('content-type')).toBe('application/zip');
    const zip = Buffer.from(await response.arrayBuffer());
    expect(zip.subarray(0, 4).toString('latin1')).toBe('PK\u0003\u0004');
    expect(zip.includes('faq/loan.md')).toBe(true);
    expect(zip.includes('draft')).toBe(false);
    expect(await actionsIn(admin)).toContain('export.made export.zip');
  });
});
