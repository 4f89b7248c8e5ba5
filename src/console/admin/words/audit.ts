/** The audit log's actions, in the words of those who read it. */
export const ACTION_NAMES: Readonly<Record<string, string>> = {
  'text.created': '新建文档',
  'text.edited': '修改草稿',
  'text.discarded': '作废草稿',
  'text.submitted': '提交审核',
  'text.sent-back': '退回修改',
  'text.rejected': '驳回',
  'text.scheduled': '定时发布',
  'text.published': '发布',
  'text.withdrawn': '撤下文档',
  'text.rolled-back': '回滚',
  'text.synchronised': '同步资料文件',
  'import.applied': '导入文件',
  'export.made': '导出',
  'account.set-up': '首次设置',
  'account.created': '新建用户',
  'account.changed': '修改用户',
  'account.disabled': '停用用户',
  'account.enabled': '启用用户',
  'account.password-changed': '修改密码',
  'account.password-reset': '重置密码',
  'account.totp-on': '开启两步验证',
  'account.totp-off': '关闭两步验证',
  'session.signed-in': '登录',
  'session.refused': '登录被拒绝',
  'session.signed-out': '退出登录',
  'session.ended': '登录被结束',
  'token.created': '新建令牌',
  'token.revoked': '吊销令牌',
  'chat.bound': '绑定聊天账号',
  'chat.unbound': '解绑聊天账号',
  'ticket.viewed': '查看工单原文',
  'insight.marked': '标记问题',
  'setting.changed': '修改设置',
  'evaluation.run': '运行评测',
};
export const actionName = (action: string): string => ACTION_NAMES[action] ?? action;

const TARGETS: Readonly<Record<string, string>> = {
  text: '文档',
  account: '用户',
  token: '令牌',
  ticket: '工单',
  setting: '设置',
  chat: '聊天',
  session: '登录',
  import: '导入',
  evaluation: '评测',
};
/** @example targetName('text:2024-plan') // → '文档 2024-plan' */
export function targetName(target: string | null): string {
  if (target === null) return '';
  const at = target.indexOf(':');
  const kind = TARGETS[target.slice(0, at)];
  return kind === undefined ? target : `${kind} ${target.slice(at + 1)}`;
}
/** The page a target has, as a place of the router; null when it has none. */
export const targetPage = (target: string | null): string | null =>
  target?.startsWith('text:') ? `/texts/${encodeURIComponent(target.slice('text:'.length))}` : null;

export const actorKindNames: Readonly<Record<string, string>> = { person: '本人', token: '令牌', chat: '聊天', house: '系统' };
