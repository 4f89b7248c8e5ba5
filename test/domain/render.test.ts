import { describe, expect, it } from 'vitest';
import type { Citation } from '../../src/domain/answer.ts';
import { formatSource, renderBlock, sectionNumber, sourceName } from '../../src/domain/render.ts';

const citation: Citation = {
  documentId: 'plan',
  documentTitle: '年度计划',
  section: 6,
  sectionTitle: '优化金融服务',
  part: '一、发展',
  quote: '…',
  issued: '管委会 · 镇发〔2026〕1号 · 2026-01-05',
  page: 3,
  asOf: '2026-11-20',
  revision: 2,
};

describe('a source on one line', () => {
  it('names document, section, part, page, number and the day somebody made sure of it', () => {
    expect(formatSource(citation)).toBe(
      '《年度计划》第6节「优化金融服务」（一、发展） · 第3页 · 管委会 · 镇发〔2026〕1号 · 2026-01-05 · 截至2026-11-20',
    );
    expect(formatSource({ ...citation, part: null, page: null, issued: null, asOf: null })).toBe('《年度计划》第6节「优化金融服务」');
  });

  it('numbers the sections of policies only', () => {
    expect(sourceName({ ...citation, kind: 'procedure', documentTitle: '帮代办', section: 2, sectionTitle: '申请材料' })).toBe(
      '《帮代办》「申请材料」',
    );
    expect(sourceName({ ...citation, kind: 'faq', documentTitle: '收费吗', section: 1, sectionTitle: '收费吗' })).toBe('问答「收费吗」');
    expect(sourceName({ ...citation, section: 9000, sectionTitle: '政策要点' })).toBe('《年度计划》「政策要点」');
    expect(sourceName({ ...citation, section: 0, sectionTitle: '年度计划', documentTitle: '《年度计划》' })).toBe(
      '《年度计划》「年度计划」',
    );
    expect([
      sectionNumber({ section: 1 }, '总则'),
      sectionNumber({ section: 0 }, ''),
      sectionNumber({ kind: 'faq', section: 1 }, ''),
    ]).toEqual(['第1节', null, null]);
    // An article says its number itself.
    expect(sourceName({ ...citation, section: 12, sectionTitle: '第七条 进出港报告' })).toBe('《年度计划》「第七条 进出港报告」');
  });
});

describe('facts as text', () => {
  it('are lines of label and value', () => {
    const items = [
      { label: '扶持金额', value: '每家10万元' },
      { label: '文号', value: '镇发〔2026〕1号' },
    ];
    expect(renderBlock({ kind: 'facts', items })).toBe('扶持金额：每家10万元\n文号：镇发〔2026〕1号');
  });
});
