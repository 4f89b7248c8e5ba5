import type { Category, RecordKind, RevisionOrigin, RevisionState, Role, TextKind, ValidityStatus } from '../api/types.ts';

export const ROLE_NAMES: Readonly<Record<Role, string>> = { viewer: '查看', editor: '编辑', reviewer: '审核', admin: '管理' };
export const ROLE_DUTIES: Readonly<Record<Role, string>> = {
  viewer: '看内容和评测',
  editor: '另可导入、起草、提交审核、测试检索、运行评测',
  reviewer: '另可审核、发布、回滚、撤下，看内容方面的日志',
  admin: '另可管理用户和设置，看全部日志',
};
const RANK: readonly Role[] = ['viewer', 'editor', 'reviewer', 'admin'];
/** Whether a role includes another. @example mayActAs('reviewer', 'editor') // → true */
export const mayActAs = (role: Role, needed: Role): boolean => RANK.indexOf(role) >= RANK.indexOf(needed);

export const KIND_NAMES: Readonly<Record<TextKind, string>> = {
  policy: '政策文件',
  procedure: '办事指南',
  faq: '问答',
  lexicon: '专有词表',
  thesaurus: '同义词',
  english: '英文用语',
  questions: '评测题集',
};
export const RECORD_KINDS = ['policy', 'procedure', 'faq'] as const satisfies readonly RecordKind[];
export const isRecordKind = (kind: TextKind): kind is RecordKind => (RECORD_KINDS as readonly TextKind[]).includes(kind);

export const CATEGORY_NAMES: Readonly<Record<Category, string>> = {
  subsidy: '补贴与奖励',
  financing: '融资与白名单',
  talent: '人才政策',
  approval: '审批与政务服务',
  industry: '产业与招商',
  development: '用地与建设',
  livelihood: '民生服务',
  governance: '治理与安全',
  party: '党建与队伍',
};

/** How a state is coloured. */
export type Tone = 'good' | 'wait' | 'info' | 'bad' | 'off' | 'plain';
interface Named {
  readonly name: string;
  readonly tone: Tone;
}
export const STATES: Readonly<Record<RevisionState, Named>> = {
  draft: { name: '草稿', tone: 'plain' },
  'in-review': { name: '待审核', tone: 'wait' },
  scheduled: { name: '待发布', tone: 'info' },
  published: { name: '已发布', tone: 'good' },
  superseded: { name: '已被新版替代', tone: 'off' },
  rejected: { name: '已驳回', tone: 'bad' },
  discarded: { name: '已作废', tone: 'off' },
};
export const VALIDITIES: Readonly<Record<ValidityStatus, Named>> = {
  'in-force': { name: '现行有效', tone: 'good' },
  upcoming: { name: '未生效', tone: 'info' },
  expired: { name: '已失效', tone: 'bad' },
  superseded: { name: '被替代', tone: 'off' },
};
export const ORIGIN_NAMES: Readonly<Record<RevisionOrigin, string>> = {
  file: '资料文件',
  import: '导入',
  console: '后台编辑',
  chat: '聊天提交',
  api: '程序接口',
  'roll-back': '回滚',
  model: '模型起草',
};
export const CHANNEL_NAMES: Readonly<Record<string, string>> = { web: '网页', feishu: '飞书', telegram: 'Telegram', terminal: '终端' };

const OUTCOMES: Readonly<Record<string, Named>> = {
  answered: { name: '直接回答', tone: 'good' },
  clarify: { name: '反问确认', tone: 'wait' },
  refused: { name: '如实说没有', tone: 'off' },
  lapsed: { name: '提示已失效', tone: 'bad' },
  browse: { name: '列出清单', tone: 'info' },
  notice: { name: '寒暄或提示', tone: 'plain' },
};
export const outcomeOf = (outcome: string): Named => OUTCOMES[outcome] ?? { name: outcome, tone: 'plain' };

/** `select` options from a table of names. */
export const optionsOf = <Value extends string>(names: Readonly<Record<Value, string | Named>>): { value: Value; label: string }[] =>
  (Object.entries(names) as [Value, string | Named][]).map(([value, named]) => ({
    value,
    label: typeof named === 'string' ? named : named.name,
  }));
