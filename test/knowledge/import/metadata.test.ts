import { describe, expect, it } from 'vitest';
import { isoDate, lastDayOfTerm } from '../../../src/knowledge/import/dates.ts';
import { readPlainText } from '../../../src/knowledge/import/formats/plain-text.ts';
import { outlineOf } from '../../../src/knowledge/import/outline.ts';
import { readValidity } from '../../../src/knowledge/import/validity.ts';

const read = (text: string) => outlineOf(readPlainText({ name: '文件.txt', bytes: new TextEncoder().encode(text) }), '文件.txt');

describe('a printed date', () => {
  it.each([
    ['2024年3月15日', '2024-03-15'],
    ['2024 年 3 月 5 日', '2024-03-05'],
    ['二〇二四年十二月三十一日', '2024-12-31'],
    ['二○二四年三月十五日', '2024-03-15'],
    ['2024-3-5', '2024-03-05'],
    ['2024/03/05', '2024-03-05'],
    ['2024.12.1', '2024-12-01'],
    ['2024年2月30日', null],
    ['2024年13月1日', null],
    ['三月五日', null],
    ['', null],
  ])('%s → %s', (printed, iso) => expect(isoDate(printed)).toBe(iso));

  it('ends a term of years on the day before its anniversary', () => {
    expect(lastDayOfTerm('2024-04-01', 3)).toBe('2027-03-31');
    expect(lastDayOfTerm('2024-01-01', 1)).toBe('2024-12-31');
  });
});

describe('since when and until when', () => {
  it.each([
    ['本办法自2024年4月1日起施行，有效期至2026年12月31日。', '2024-04-01', '2026-12-31'],
    ['本措施自印发之日起施行，有效期3年。', '2024-03-15', '2027-03-14'],
    ['本办法自2024年5月1日起施行，有效期五年。', '2024-05-01', '2029-04-30'],
    ['本通知自发布之日起实施，试行期两年。', '2024-03-15', '2026-03-14'],
    ['本政策执行期限为2024年1月1日至2025年12月31日。', '2024-01-01', '2025-12-31'],
    ['本意见自公布之日起施行。', '2024-03-15', null],
    ['营业执照有效期3年的企业可以申报。', null, null],
    ['提交有效期至2030年1月1日的证书。', null, null],
    ['原《暂行办法》自2020年1月1日起施行，同时废止。本办法自2024年6月1日起施行。', '2024-06-01', null],
    ['企业自2024年4月1日起可以申报。', null, null],
  ])('%s', (text, effectiveOn, expiresOn) => expect(readValidity(text, '2024-03-15')).toEqual({ effectiveOn, expiresOn }));
});

describe('who, when and under what number', () => {
  it('is read from head and signature, which are no part of the text', () => {
    const { meta, outline } = read(
      '云港市人民政府文件\n云政〔2024〕3号 签发人：某某\n云港市人民政府关于促进就业的\n若干意见\n各县（市、区）人民政府：\n一、扩大就业。新增1万人。\n二、加强培训。培训5000人次。\n云港市人民政府\n二〇二四年五月六日\n（此件公开发布）\n抄送：市委各部门。\n云港市人民政府办公室　2024年5月7日印发',
    );
    expect(meta).toEqual({
      title: '云港市人民政府关于促进就业的若干意见',
      documentNumber: '云政〔2024〕3号',
      issuingBody: '云港市人民政府',
      issuedOn: '2024-05-06',
      effectiveOn: null,
      expiresOn: null,
      year: 2024,
      url: null,
      supersedes: [],
    });
    expect(outline.opening).toBe('各县（市、区）人民政府：');
    expect(outline.sections.map(({ text }) => text)).toEqual(['新增1万人。', '培训5000人次。']);
  });

  it('names all who signed', () => {
    const { meta } = read('关于联合检查的通知\n一、时间。五月。\n云港市科技局\n云港市财政局\n2024年5月6日');
    expect(meta.issuingBody).toBe('云港市科技局、云港市财政局');
  });

  it('is not taken from another document that the text names', () => {
    const { meta } = read('申报通知\n根据《办法》（云政〔2020〕1号），现通知如下：\n一、时间。2024年5月6日前申报。');
    expect(meta).toMatchObject({ documentNumber: null, issuedOn: null, issuingBody: null });
  });

  it('is read from labels, where a page has them', () => {
    const { meta, outline } = read(
      '发文机关：云港市科技局\n成文日期：2024-05-06\n文号：云科〔2024〕2号\n有效性：有效\n奖励办法\n一、标准。10万元。',
    );
    expect(meta).toMatchObject({
      title: '奖励办法',
      issuingBody: '云港市科技局',
      issuedOn: '2024-05-06',
      documentNumber: '云科〔2024〕2号',
    });
    expect(outline.opening).toBeNull();
  });
});

describe('the title', () => {
  it.each([
    ['各有关企业：请于三月申报。\n一、时间。三月。', '文件'],
    ['2024年工作思路:今年是关键之年。\n一、目标。20个。', '2024年工作思路'],
    ['关于申报的\n通知\n各企业：\n一、时间。三月。', '关于申报的通知'],
    ['工作安排\n今年的工作作如下安排，请各部门遵照执行。\n一、时间。三月。', '工作安排'],
  ])('of %j', (text, title) => expect(read(text).outline.title).toBe(title));
});
