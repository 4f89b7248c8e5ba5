import type { InsightSummary } from '../api/insight.ts';
import type { Tone } from './names.ts';

type Ending = Exclude<keyof InsightSummary['totals'], 'asked' | 'handedOff'>;

/** How questions ended, in the order of the charts. */
export const ENDINGS: readonly { readonly key: Ending; readonly name: string }[] = [
  { key: 'answered', name: '直接回答' },
  { key: 'clarify', name: '反问确认' },
  { key: 'refused', name: '如实说没有' },
  { key: 'lapsed', name: '提示已失效' },
  { key: 'browse', name: '列出清单' },
];

export const REASON_NAMES = { wrong: '不对', outdated: '过时', 'off-topic': '没答到', unclear: '看不懂' } as const;

export const KINDS: readonly {
  readonly key: 'refused' | 'clarify' | 'unhelpful' | 'handedOff';
  readonly name: string;
  readonly tone: Tone;
}[] = [
  { key: 'refused', name: '没有依据', tone: 'off' },
  { key: 'clarify', name: '反问确认', tone: 'wait' },
  { key: 'unhelpful', name: '没帮助', tone: 'bad' },
  { key: 'handedOff', name: '转人工', tone: 'info' },
];

/** @example duration(5_400_000) // → '1.5 小时'; null is a dash */
export function duration(ms: number | null): string {
  if (ms === null) return '—';
  if (ms < 1_000) return `${Math.round(ms)} 毫秒`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} 秒`;
  if (ms < 3_600_000) return `${Math.round(ms / 60_000)} 分钟`;
  return ms < 172_800_000 ? `${(ms / 3_600_000).toFixed(1)} 小时` : `${(ms / 86_400_000).toFixed(1)} 天`;
}

/** A share of a whole, in whole percent; nothing of nothing is a dash. */
export const percent = (part: number, whole: number): string => (whole === 0 ? '—' : `${Math.round((100 * part) / whole)}%`);
