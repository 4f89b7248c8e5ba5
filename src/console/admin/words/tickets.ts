import type { TicketItem, TicketState } from '../api/hand-off.ts';
import type { Tone } from './names.ts';

export const TICKET_STATES: Readonly<Record<TicketState, { readonly name: string; readonly tone: Tone }>> = {
  open: { name: '待认领', tone: 'wait' },
  claimed: { name: '处理中', tone: 'info' },
  answered: { name: '已答复', tone: 'good' },
  ignored: { name: '已忽略', tone: 'off' },
  withdrawn: { name: '已撤回', tone: 'off' },
};

export const REASON_NAMES: Readonly<Record<TicketItem['reason'], string>> = {
  asked: '要求转人工',
  insisted: '资料库没有，仍想知道',
  'not-helpful': '反馈答复没有帮助',
};

const EVENTS: Readonly<Record<string, string>> = {
  opened: '转人工',
  added: '补充',
  claimed: '认领',
  released: '放回',
  transferred: '转派',
  reminded: '提醒',
  escalated: '超时升级',
  answered: '答复',
  ignored: '忽略',
  withdrawn: '撤回',
  drafted: '整理成问答草稿',
  erased: '按隐私规定删除原文',
};
export const eventName = (kind: string): string => EVENTS[kind] ?? kind;

export const WEEKDAYS = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'] as const;
