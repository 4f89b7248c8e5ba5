import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type FakeModel, MODEL_KEY } from '../fakes/model-server.ts';
import { runWence, SMALL_LIBRARY } from '../support/child-server.ts';
import { temporaryFolder } from '../support/config.ts';
import { fakeModel } from './support.ts';

const FILE = join(SMALL_LIBRARY, 'policies', 'campus.md');
const settings = (model: FakeModel, folder: string): Record<string, string> => ({
  DATA_DIR: folder,
  LLM_BASE_URL: model.baseUrl,
  LLM_API_KEY: MODEL_KEY,
  LLM_MODEL: 'test-model',
});
const draftsIn = (folder: string): unknown => parse(readFileSync(join(folder, 'drafts', 'campus.questions.yaml'), 'utf8'));

describe('wence suggest', () => {
  it('writes drafts for every section, and nothing into the library', async () => {
    const [model, folder, before] = [await fakeModel(), temporaryFolder(), readFileSync(FILE, 'utf8')];
    model.suggestions = [
      { ask: '谁来提交材料', about: '由企业统一提交' },
      { ask: '还有谁能申请', about: '由企业统一提交' },
      { ask: '园区怎么帮企业' },
    ];
    const { code, output, errors } = await runWence(['suggest', 'campus'], settings(model, folder));
    expect(code).toBe(0);
    expect(output).toContain('campus.questions.yaml');
    expect(errors).toContain('2/3 2. 人才公寓: 3 questions');
    const plain = ['谁来提交材料', '还有谁能申请', '园区怎么帮企业'];
    expect(draftsIn(folder)).toEqual({
      status: 'draft',
      document: 'campus',
      model: 'test-model',
      sections: [
        { number: 1, title: '厂房租金补贴', questions: plain },
        { number: 2, title: '人才公寓', questions: [{ about: '由企业统一提交', ask: ['谁来提交材料', '还有谁能申请'] }, '园区怎么帮企业'] },
        { number: 3, title: '通勤班车', questions: plain },
      ],
    });
    expect(readFileSync(FILE, 'utf8')).toBe(before);

    model.calls.length = 0;
    expect((await runWence(['suggest', 'campus'], settings(model, folder))).code).toBe(0);
    expect(model.calls).toEqual([]);
    await runWence(['suggest', 'campus', '--again'], settings(model, folder));
    expect(model.calls).toHaveLength(3);
  });

  it('says what is missing when the model fails, and never the key', async () => {
    const [model, folder] = [await fakeModel('unauthorised'), temporaryFolder()];
    const { code, output, errors } = await runWence(['suggest', 'campus'], settings(model, folder));
    expect(code).toBe(1);
    expect(errors).toContain('3 sections got no suggestions');
    expect(output + errors).not.toContain(MODEL_KEY);
    expect(model.calls).toHaveLength(1);
    expect(existsSync(join(folder, 'drafts'))).toBe(false);
  });

  it('says what to set when there is no model', async () => {
    const { code, errors } = await runWence(['suggest', 'campus'], { DATA_DIR: temporaryFolder() });
    expect(code).toBe(1);
    expect(errors).toContain('CONFIG_INVALID: LLM_BASE_URL');
    expect(errors).toContain('Set LLM_BASE_URL and LLM_MODEL');
  });

  it('names the documents there are when it is asked for another', async () => {
    const { code, errors } = await runWence(['suggest', 'nothing'], settings(await fakeModel(), temporaryFolder()));
    expect(code).toBe(1);
    expect(errors).toContain('NOT_FOUND');
    expect(errors).toContain('campus');
  });
});
