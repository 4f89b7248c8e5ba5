import { GUIDE_ASPECTS, type GuideMaterial, type GuideStep, type ProcedureGuide } from '../domain/guide.ts';
import type { MadeSection } from './facts-section.ts';
import { ended, listed, stated } from './made-text.ts';

type Tab = (typeof GUIDE_ASPECTS)[number]['tab'];

/** @example materialText({ name: '营业执照', forms: ['复印件'], copies: 2, need: '必要', note: null }) // → '营业执照（复印件2份，必要）' */
function materialText({ name, forms, copies, need, note }: GuideMaterial): string {
  const form = forms.join('或');
  const count = copies === null ? '' : `${copies}份`;
  const details = [`${form}${count}`, need ?? ''].filter((detail) => detail !== '');
  return `${name}${details.length === 0 ? '' : `（${details.join('，')}）`}${note === null ? '' : `，${note}`}`;
}

const stepText = ({ name, detail, time }: GuideStep): string =>
  `${name}${detail === null ? '' : `：${detail}`}${time === null ? '' : `（${time}）`}`;

const LINES: Readonly<Record<Tab, (guide: ProcedureGuide) => string[]>> = {
  条件: (guide) => [...stated('服务对象', guide.applicant), ...listed('受理条件', guide.conditions)],
  材料: (guide) => listed('申请材料', guide.materials.map(materialText)),
  流程: (guide) => [...listed('办理流程', guide.steps.map(stepText)), ...listed('特殊环节', guide.specialSteps)],
  时限与费用: (guide) => [
    ...stated('承诺办结时限', guide.promisedTime),
    ...stated('法定办结时限', guide.statutoryTime),
    ...stated('办件类型', guide.caseType),
    ...stated('收费标准', guide.fee),
  ],
  窗口与电话: (guide) => [
    ...stated('办理地点', guide.place),
    ...stated('办理窗口', guide.window),
    ...stated('办理时间', guide.hours),
    ...stated('办理形式', guide.channel),
    ...stated('网上办理', guide.onlineUrl),
    ...stated('到现场次数', guide.visits),
    ...stated('通办范围', guide.scope),
    ...stated('咨询电话', guide.phone),
    ...stated('监督投诉', guide.complaint),
  ],
  依据与结果: (guide) => [
    ...stated('事项类型', guide.itemType),
    ...stated('实施主体', guide.authority),
    ...stated('行使层级', guide.level),
    ...listed('设定依据', guide.legalBasis),
    ...stated('办理结果', guide.result),
    ...stated('送达方式', guide.delivery),
    ...stated('行政复议与诉讼', guide.remedies),
  ],
  常见问题: (guide) => guide.faq.flatMap(({ question, answer }) => [`问：${question}`, ended(`答：${answer}`)]),
};

/** The questions of 常见问题, each with where its answer begins: lines of questions and answers take turns. */
function askedIn(guide: ProcedureGuide): MadeSection['questions'] {
  let at = 0;
  return guide.faq.map(({ question, answer }) => {
    const answerAt = at + `问：${question}\n`.length;
    at = answerAt + ended(`答：${answer}`).length + 1;
    return { text: question, at: answerAt };
  });
}

/** The tabs of a guide as sections, by number; those it says nothing for are left out. */
export function guideSections(guide: ProcedureGuide): ReadonlyMap<number, MadeSection> {
  const sections = new Map<number, MadeSection>();
  for (const { number, tab, title } of GUIDE_ASPECTS) {
    const text = LINES[tab](guide).join('\n');
    if (text !== '') sections.set(number, { title, text, questions: tab === '常见问题' ? askedIn(guide) : [] });
  }
  return sections;
}
