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
  [/kind: expected (\S+).*, got (\S+?)\.?$/, '类型应为 $1，现为 $2'],
  [/Unrecognized keys?: (.*)/, '不认识的字段：$1'],
  [/Invalid URL/, '应为以 http:// 或 https:// 开头的网址'],
  [/Invalid option: expected one of (.*)/, '应为其中之一：$1'],
  [/Invalid input: expected (\w+), received undefined/, '必须填写'],
  [/Invalid input: expected (\w+), received (\w+)/, '格式不对（应为 $1）'],
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
  const place = /^([a-zA-Z]+(?:\.[a-zA-Z0-9]+)*): (.*)$/s.exec(message);
  const path = place && place[1]!.split('.')[0]! in FIELDS ? place[1]! : null;
  const text = path === null ? message : place![2]!;
  const rule = RULES.find(([pattern]) => pattern.test(text));
  const told = rule ? text.replace(rule[0], rule[1]) : text;
  return path === null || /^kind/.test(message) ? told : `${pathInWords(path)}：${told}`;
}
