import { describe, expect, it } from 'vitest';
import { NO_FACTS } from '../../../src/domain/policy-facts.ts';
import { readFacts } from '../../../src/knowledge/import/facts.ts';
import { readAsked, readMaterial, readSteps } from '../../../src/knowledge/import/guide-items.ts';
import { splitItems } from '../../../src/knowledge/import/items.ts';
import { readSupersedes } from '../../../src/knowledge/import/supersedes.ts';

describe('items of a cell', () => {
  it.each<[string, string[]]>([
    ['1.申请表；2.公司章程', ['申请表', '公司章程']],
    ['1.申请表2.章程3.身份证', ['申请表', '章程', '身份证']],
    ['（1）申请表（2）章程', ['申请表', '章程']],
    ['①申请表②章程', ['申请表', '章程']],
    ['一、申请表\n二、章程', ['申请表', '章程']],
    ['1.申请表\n（加盖公章）\n2.章程', ['申请表 （加盖公章）', '章程']],
    ['申请表\n章程；附件', ['申请表', '章程；附件']],
    ['申请表；章程;身份证。', ['申请表', '章程', '身份证']],
    ['身份证、劳动合同', ['身份证、劳动合同']],
    ['占比达到3.5%以上', ['占比达到3.5%以上']],
    ['', []],
  ])('%j', (text, items) => expect(splitItems(text)).toEqual(items));
});

describe('a material', () => {
  const plain = { forms: [], copies: null, need: null, note: null };
  it.each<[string, object]>([
    ['营业执照', { name: '营业执照', ...plain }],
    ['营业执照复印件', { name: '营业执照', ...plain, forms: ['复印件'] }],
    ['营业执照（复印件2份，容缺受理）', { name: '营业执照', ...plain, forms: ['复印件'], copies: 2, need: '容缺' }],
    ['申请表（原件或电子件，一式两份）', { name: '申请表', ...plain, forms: ['原件', '电子'], copies: 2 }],
    ['身份证（免提交）', { name: '身份证', ...plain, need: '免提交' }],
    ['身份证原件及复印件', { name: '身份证原件及复印件', ...plain }],
    ['学历证书（境外学历须认证）', { name: '学历证书（境外学历须认证）', ...plain }],
    ['复印件', { name: '复印件', ...plain }],
  ])('%s', (printed, material) => expect(readMaterial(printed)).toEqual(material));
});

describe('steps', () => {
  it('are split at arrows, numbers or lines, with their detail and time where printed', () => {
    expect(readSteps('网上申报→受理（1个工作日）→审查：部门会审').map(({ name, detail, time }) => [name, detail, time])).toEqual([
      ['网上申报', null, null],
      ['受理', null, '1个工作日'],
      ['审查', '部门会审', null],
    ]);
    expect(readSteps('1.申请\n2.发照').map(({ name }) => name)).toEqual(['申请', '发照']);
    expect(readSteps('1.申请→2.发照').map(({ name }) => name)).toEqual(['申请', '发照']);
    expect(readSteps('到窗口办理').map(({ name }) => name)).toEqual(['到窗口办理']);
    expect(readSteps('')).toEqual([]);
  });
});

describe('questions with their answers', () => {
  it('are told apart where they are marked, and left alone where not', () => {
    expect(readAsked('问：收费吗？答：不收费。\n2.问：要本人来吗？\n答：不用。')).toEqual([
      { question: '收费吗？', answer: '不收费。' },
      { question: '要本人来吗？', answer: '不用。' },
    ]);
    expect(readAsked('收费吗？不收费。')).toBeNull();
    expect(readAsked('问：收费吗？')).toBeNull();
  });
});

describe('facts of a policy', () => {
  const section = (text: string, title = '一、申报') => ({
    title: '通知',
    opening: null,
    sections: [{ number: 1, title, part: null, text }],
  });

  it('are what stands plainly behind a label', () => {
    expect(readFacts(section('（一）扶持标准：每家10万元。\n受理部门：经济发展局\n其他事项：另行通知。'))).toEqual({
      ...NO_FACTS,
      award: '每家10万元',
      department: '经济发展局',
    });
    expect(readFacts(section('2026年3月1日至2026年3月31日。', '（三）申报时间'))).toMatchObject({
      applyFrom: '2026-03-01',
      applyUntil: '2026-03-31',
    });
  });

  it.each([
    '申报时间：每年3月1日至3月31日',
    '申报时间：2026年3月1日起',
    '申报时间：2026年4月30日至2026年3月1日',
    '企业应当按扶持标准：每家10万元执行',
    '兑现方式：线上',
    '申报入口：惠企通',
  ])('are not guessed from %s', (text) => expect(readFacts(section(text))).toEqual(NO_FACTS));

  it('are left out where parts of a policy state them differently', () => {
    expect(readFacts(section('扶持标准：10万元\n咨询电话：0595-00000001\n扶持标准：20万元'))).toEqual({
      ...NO_FACTS,
      phone: '0595-00000001',
    });
  });
});

describe('documents whose place is taken', () => {
  it.each<[string, string[]]>([
    ['本办法自印发之日起施行，原《奖励办法》（云开管〔2021〕3号）同时废止。', ['云开管〔2021〕3号']],
    ['《甲办法》（云政〔2020〕1号）、《乙细则（试行）》同时废止。', ['云政〔2020〕1号', '乙细则（试行）']],
    ['《甲办法》自本办法施行之日起废止。', ['甲办法']],
    ['《甲办法》第三条同时废止。', []],
    ['根据《甲办法》，现通知如下。', []],
  ])('%s', (text, names) => expect(readSupersedes(text)).toEqual(names));
});
