import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../src/console/admin/api/api-error.ts';
import { address, refusalOf } from '../../../src/console/admin/api/client.ts';
import { fieldsOf } from '../../../src/console/admin/pages/editor/fields.ts';
import { readPath, writePath } from '../../../src/console/admin/pages/editor/meta-path.ts';
import { readGroups, writeGroups } from '../../../src/console/admin/pages/editor/question-groups.ts';
import { foldRows } from '../../../src/console/admin/shared/fold-rows.ts';
import { lineDiff } from '../../../src/console/admin/shared/line-diff.ts';
import { overwriting } from '../../../src/console/admin/shared/use-save.ts';
import { recordSchema } from '../../../src/knowledge/record-schema.ts';

describe('front matter in forms', () => {
  it('writes and takes away single values, and groups that say nothing any more', () => {
    const meta = writePath({ title: '旧' }, ['facts', 'amount'], '10万元');
    expect(meta).toEqual({ title: '旧', facts: { amount: '10万元' } });
    expect(readPath(meta, ['facts', 'amount'])).toBe('10万元');
    expect(writePath(meta, ['facts', 'amount'], '')).toEqual({ title: '旧' });
    expect(writePath(meta, ['tags'], [])).toEqual(meta);
  });

  it('asks for every value the library knows, and for no other', () => {
    const filled = (kind: 'policy' | 'procedure' | 'faq'): Record<string, unknown> =>
      recordSchema.parse({ kind, id: 'a', title: 'a', category: 'talent' });
    for (const kind of ['policy', 'procedure', 'faq'] as const) {
      const known = Object.entries(filled(kind)).flatMap(([key, value]) =>
        key === 'facts' || key === 'guide' ? Object.keys(value as object).map((part) => `${key}.${part}`) : [key],
      );
      const asked = fieldsOf(kind).map(({ path }) => path.join('.'));
      // The kind never changes; sections and questions have an editor of their own.
      expect([...asked, 'kind', kind === 'faq' ? 'questions' : 'sections'].sort()).toEqual(known.sort());
    }
  });

  it('keeps plain questions and groups apart', () => {
    const questions = ['缺钱', { about: '无还本续贷', ask: ['还不上'] }, '借钱'];
    const groups = readGroups(questions);
    expect(groups).toEqual([
      { about: '', ask: ['缺钱', '借钱'] },
      { about: '无还本续贷', ask: ['还不上'] },
    ]);
    expect(writeGroups(groups)).toEqual(['缺钱', '借钱', { about: '无还本续贷', ask: ['还不上'] }]);
    expect(
      writeGroups([
        { about: '', ask: [] },
        { about: '没有问题', ask: [] },
      ]),
    ).toEqual([]);
    expect(readGroups(null)).toEqual([{ about: '', ask: [] }]);
  });
});

describe('differences', () => {
  it('compares line by line', () => {
    expect(lineDiff('一\n二\n', '一\n三\n').map(({ kind, left, right }) => [kind, left?.text, right?.text])).toEqual([
      ['same', '一', '一'],
      ['removed', '二', undefined],
      ['added', undefined, '三'],
    ]);
  });

  it('folds long stretches without a change, and loses no line', () => {
    const text = Array.from({ length: 30 }, (_, index) => `行 ${index}`);
    const rows = lineDiff(text.join('\n'), text.with(15, '改').join('\n'));
    const pieces = foldRows(rows);
    expect(pieces.map(({ kind }) => kind)).toEqual(['fold', 'rows', 'fold']);
    expect(pieces.map((piece) => (piece.kind === 'fold' ? piece.count : piece.rows.length)).reduce((sum, count) => sum + count)).toBe(
      rows.length,
    );
    expect(foldRows(lineDiff('一', '一'))).toHaveLength(1);
  });
});

describe('the client', () => {
  it('leaves out of the address what is not asked for', () => {
    expect(address('texts', { q: '', page: 2, kind: null, state: 'draft' })).toBe('api/v1/admin/texts?page=2&state=draft');
    expect(address('texts')).toBe('api/v1/admin/texts');
  });

  it('tells refusals in Chinese', () => {
    const said = (status: number, code: string, message: string): string =>
      refusalOf(status, JSON.stringify({ error: { code, message, hint: '' } })).message;
    expect(said(403, 'FORBIDDEN', '此操作需要“审核”权限。')).toBe('此操作需要“审核”权限。');
    expect(said(429, 'RATE_LIMITED', 'Too many')).toContain('稍等');
    expect(said(400, 'INPUT_INVALID', 'body.name: too short')).toContain('body.name: too short');
    expect(said(500, 'INTERNAL', 'x')).not.toContain('x');
    expect(refusalOf(502, '<html>Bad gateway</html>')).toMatchObject({ code: 'INTERNAL', status: 502 });
    expect(new ApiError(0, 'OFFLINE', '').message).toContain('网络');
  });
});

describe('saving over what somebody else saved', () => {
  const written = { source: '我的' };
  const clash = (state: 'draft' | 'published', number: number) =>
    overwriting({
      conflict: { version: 9, theirRevision: { number, state } } as Parameters<typeof overwriting>[0]['conflict'],
      saving: { written, note: '', ground: { textId: 'a', number: 2, isOwnDraft: true, version: 7 } },
    });

  it('changes a draft in place and begins a new one on top of anything else', () => {
    expect(clash('draft', 2).ground).toEqual({ textId: 'a', number: 2, isOwnDraft: true, version: 9 });
    expect(clash('published', 3).ground).toEqual({ textId: 'a', number: 3, isOwnDraft: false, version: 9 });
  });
});
