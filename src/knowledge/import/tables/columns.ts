/** A column of a table people fill in: its key in the row, its header in the template, and other headers it is known by. */
export interface Column<Key extends string> {
  readonly key: Key;
  readonly header: string;
  readonly synonyms: readonly string[];
  readonly isRequired?: true;
  /** What stands in it in the example row of the template. */
  readonly example: string;
}

const column = <const Key extends string>(key: Key, header: string, synonyms: string, example = '', isRequired?: true): Column<Key> => ({
  key,
  header,
  synonyms: synonyms.split(' ').filter((name) => name !== ''),
  example,
  ...(isRequired ? { isRequired } : {}),
});

export const FAQ_COLUMNS = [
  column('question', '问题', '标准问 标准问题 问 提问 常见问题 问题名称 问题标题 question q', '（示例）企业首次升规有什么奖励？', true),
  column('alternates', '相似问', '相似问题 相似问法 扩展问 同义问 其他问法 alternates', '升规奖励多少钱；新升规企业补贴'),
  column(
    'answer',
    '答案',
    '标准答案 回答 答 答复 回复 解答 答案内容 answer a',
    '对首次纳入规模以上统计的工业企业，给予一次性奖励10万元。',
    true,
  ),
  column('negatives', '易混问', '易混问题 负面问 反例 不答问题', '升规需要什么材料？'),
  column('category', '分类', '类别 主题 问题分类 分类名称 category', '补贴与奖励'),
  column('tags', '标签', '关键词 关键字 tags', '升规、奖励'),
  column('source', '来源', '答案来源 政策来源 依据 政策依据 出处 发文机关 source', '云开管〔2024〕12号'),
  column('url', '链接', '原文链接 网址 url link', 'https://www.example.org/policy/1'),
  column('issuedOn', '发布日期', '成文日期 更新日期 日期', '2024-03-15'),
  column('expiresOn', '有效期至', '失效日期 截止日期 有效期', '2026-12-31'),
  column('id', '编号', '问题编号 id 序号编码', ''),
] as const;

export const PROCEDURE_COLUMNS = [
  column('name', '事项名称', '事项 业务名称 办理事项 服务事项 业务办理项 业务办理项名称 项目名称', '（示例）企业设立登记', true),
  column('itemCode', '事项编码', '实施编码 事项代码 基本编码 编码', '11350000000001'),
  column('itemType', '事项类型', '类型 事项类别', '行政许可'),
  column('applicant', '服务对象', '申请主体 办理对象 申请对象 面向对象', '企业法人'),
  column('authority', '实施主体', '受理机构 办理机构 实施机关 受理部门 责任部门 主管部门 办理部门', '云港经济开发区行政审批局'),
  column('level', '行使层级', '层级', '区县级'),
  column('legalBasis', '设定依据', '实施依据 法律依据 办理依据 政策依据 依据', '《中华人民共和国公司法》'),
  column('conditions', '受理条件', '办理条件 申请条件 申报条件 审批条件 条件', '有符合规定的名称和住所'),
  column('materials', '申请材料', '办理材料 申报材料 所需材料 材料清单 材料', '1.登记申请书；2.公司章程'),
  column('steps', '办理流程', '办理程序 流程 审批流程 办事流程', '申请→受理→审查→发照'),
  column('specialSteps', '特殊环节', '特别程序', ''),
  column('statutoryTime', '法定办结时限', '法定时限 法定期限 法定办理时限', '15个工作日'),
  column('promisedTime', '承诺办结时限', '承诺时限 承诺期限 办理时限 办结时限 承诺办理时限', '1个工作日'),
  column('caseType', '办件类型', '', '承诺件'),
  column('fee', '收费标准', '收费 是否收费 收费情况 收费标准及依据 费用', '不收费'),
  column('place', '办理地点', '办理地址 地点 地址 受理地点', '云港经济开发区政务服务中心一楼'),
  column('window', '窗口', '窗口号 办理窗口 受理窗口', '3号窗口'),
  column('hours', '办理时间', '工作时间 受理时间 办公时间', '工作日9:00—17:00'),
  column('channel', '办理形式', '办理方式 办理渠道 申请方式', '网上办理、窗口办理'),
  column('onlineUrl', '网上办理', '网办地址 网上办理地址 在线办理 办理网址', 'https://www.example.org/apply/1'),
  column('visits', '到现场次数', '到办事现场次数 跑动次数', '0次'),
  column('scope', '通办范围', '', '全市'),
  column('result', '办理结果', '结果名称 审批结果 结果样本 结果', '营业执照'),
  column('delivery', '送达方式', '结果送达 送达', '邮寄'),
  column('contact', '咨询电话', '咨询方式 联系电话 电话 联系方式', '0595-00000000'),
  column('complaint', '监督投诉', '监督投诉电话 投诉电话 监督电话', '12345'),
  column('remedies', '行政复议与诉讼', '行政复议 行政诉讼 救济途径', ''),
  column('questions', '常见问题', '常见疑问', '问：要本人到场吗？答：不用。'),
  column('category', '分类', '类别 主题 category', '审批与政务服务'),
  column('tags', '标签', '关键词 关键字 相似问 tags', '营业执照、开办企业'),
  column('url', '链接', '办事链接 网址 原文链接 url', 'https://www.example.org/item/1'),
] as const;

export type FaqKey = (typeof FAQ_COLUMNS)[number]['key'];
export type ProcedureKey = (typeof PROCEDURE_COLUMNS)[number]['key'];

/** `* 问题（必填）` and `问题` are the same header. */
export const plainHeader = (header: string): string =>
  header
    .replaceAll(/[（(【[][^）)】\]]*[）)】\]]/g, '')
    .replaceAll(/[\s*＊:：]/g, '')
    .toLowerCase();
