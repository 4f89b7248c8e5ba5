/** Names of fields as the console shows them. */
const FIELDS: Readonly<Record<string, string>> = {
  id: '编号',
  kind: '类型',
  title: '标题',
  issuingBody: '发文机关',
  documentNumber: '文号',
  year: '年份',
  issuedOn: '发布日期',
  effectiveOn: '施行日期',
  expiresOn: '有效期至',
  url: '原文链接',
  supersedes: '替代',
  supersededBy: '被替代',
  verifiedOn: '最后核对日期',
  verifiedBy: '核对人',
  derivedFrom: '整理自',
  category: '分类',
  tags: '标签',
  facts: '政策要点',
  guide: '办事指南',
  questions: '相似问',
  negativeQuestions: '易混问题',
  sections: '各节',
  itemCode: '事项编码',
  source: '来源',
  applyFrom: '申报开始日期',
  applyUntil: '申报截止日期',
  materials: '材料',
  steps: '流程',
  about: '依据句',
  ask: '问法',
  number: '节号',
  page: '页码',
  award: '扶持标准',
  amount: '扶持金额',
  cap: '资金上限',
  nonStacking: '不可兼得',
  beneficiaries: '惠及对象',
  conditions: '条件',
  industries: '适用行业',
  enterpriseSizes: '企业规模',
  region: '适用地区',
  level: '级别',
  channel: '办理形式',
  channelUrl: '申报入口',
  redemption: '兑现方式',
  payoutTime: '兑现时限',
  department: '受理部门',
  phone: '电话',
  basis: '依据',
  name: '名称',
  forms: '形式',
  copies: '份数',
  need: '要求',
  note: '说明',
  detail: '说明',
  time: '时间',
  legalBasis: '设定依据',
  applicant: '服务对象',
  authority: '实施主体',
  onlineUrl: '网上办理',
  faq: '常见问题',
  question: '问题',
  answer: '答案',
  official: '文件用语',
  colloquial: '口语',
  ambiguous: '多义口语',
};

/** What goes wrong, and how it is told; `$1`… are pieces of the original. */
const RULES: readonly (readonly [RegExp, string])[] = [
  [/expected front matter between two lines "---" at the top, found none\.?/, '开头缺少文件信息（两行“---”之间的内容）'],
  [/expected text below the front matter, found none\.?/, '缺少正文'],
  [/section "(.*)" has no text\.?/, '“$1”下没有正文'],
  [/expected each section number once, found (\d+) again\.?/, '第 $1 节的编号重复'],
  [/expected a section number above (\d+).*got (\d+)\.?/, '正文小节的编号要大于 $1，现为 $2'],
  [/expected a section number below (\d+), got (\d+)\.?/, '节号要小于 $1，现为 $2'],
  [/front matter speaks of section (\d+) a second time\.?/, '文件信息中第 $1 节出现了两次'],
  [/front matter speaks of section (\d+), which the text does not have\.?/, '文件信息提到第 $1 节，但正文里没有这一节'],
  [/expected "about" to quote the section's text, but "(.*)" is not in it\.?/s, '依据句“$1”不在该节正文里，请改为原文中的一段'],
  [/expected 1–40 lower-case letters, digits and hyphens/, '只能用 1 至 40 个小写字母、数字和连字符'],
  [/expected a date as YYYY-MM-DD|expected a day of the calendar, as YYYY-MM-DD/, '应为日期，例如 2026-01-31'],
  [/expected a day not before effectiveOn/, '不能早于施行日期'],
  [/expected a day not before applyFrom/, '不能早于申报开始日期'],
  [/expected the id of a section, such as 2024-plan#6/, '应为节的编号，例如 2024-plan#6'],
  [/^expected (policy|procedure|faq).*, got (\S+?)\.?$/, '应为 $1，现为 $2'],
  [/Invalid discriminator value.*|No matching discriminator.*/, '应为 policy、procedure 或 faq'],
  [/not valid YAML: "(.*)" refers to nothing; .*/s, '“$1”以 * 开头，请加上引号'],
  [/Unrecognized keys?: (.*)/, '不认识的字段：$1'],
  [/Invalid URL/, '应为以 http:// 或 https:// 开头的网址'],
  [/Invalid option: expected one of (.*)/, '应为其中之一：$1'],
  [/Invalid input: expected (\w+), received undefined/, '必须填写'],
  [/Invalid input: expected string, received \w+/, '应为文字'],
  [/Invalid input: expected (?:number|int), received \w+/, '应为数字'],
  [/Invalid input: expected array, received \w+/, '应为列表（每项一行，以“- ”开头）'],
  [/Invalid input: expected (?:object|record), received \w+/, '应为一组“字段: 值”'],
  [/Too small: expected string.*/, '不能为空'],
  [/Too (small|big): .*/, '数值超出范围'],
  [/Invalid input/, '格式不对'],
  [/not valid YAML: (.*)/s, '书写格式有误（YAML）：$1'],
  [/expected one JSON object a line\.?/, '每行应为一个 JSON 对象'],
  [/expected each id once, but "(.*)" is that of line (\d+)\.?/, '编号“$1”与第 $2 行重复'],
];

/** A path such as `guide.materials.0.name` in words. */
const pathInWords = (path: string): string =>
  path
    .split('.')
    .map((piece) => (/^\d+$/.test(piece) ? `第 ${Number(piece) + 1} 项` : (FIELDS[piece] ?? piece)))
    .join(' · ');

/** A mistake of a text, told in Chinese; one that has no words of its own stays as it is. @example inChinese('issuedOn: expected a date as YYYY-MM-DD') // → '发布日期：应为日期，例如 2026-01-31' */
export function inChinese(message: string): string {
  const place = /^((?:\d+\.)?[a-zA-Z]+(?:\.[a-zA-Z0-9]+)*): (.*)$/s.exec(message);
  const field = place?.[1]?.split('.').find((piece) => !/^\d+$/.test(piece)) ?? '';
  const path = place && field in FIELDS ? place[1]! : null;
  const text = path === null ? message : place![2]!;
  const rule = RULES.find(([pattern]) => pattern.test(text));
  const told = rule ? text.replace(rule[0], rule[1]) : text;
  return path === null ? told : `${pathInWords(path)}：${told}`;
}
