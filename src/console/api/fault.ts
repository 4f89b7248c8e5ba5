/** Why a request brought no answer, as far as the reader can do something about it. */
export type FaultKind = 'offline' | 'timeout' | 'busy' | 'rejected' | 'not-found' | 'broken';

/** A request that brought no answer. */
export class ApiFault extends Error {
  readonly kind: FaultKind;

  constructor(kind: FaultKind, cause?: unknown) {
    super(`The request failed: ${kind}`, cause === undefined ? undefined : { cause });
    this.name = 'ApiFault';
    this.kind = kind;
  }
}

/** What to tell the reader. */
export const FAULT_WORDS: Readonly<Record<FaultKind, { readonly title: string; readonly advice: string }>> = {
  offline: { title: '没有连上服务', advice: '请检查网络，再点「重试」。您的问题还在。' },
  timeout: { title: '等了太久没有回音', advice: '服务可能正忙，请稍等片刻再点「重试」。' },
  busy: { title: '提问有点频繁', advice: '请稍等片刻再点「重试」。' },
  rejected: { title: '这条消息没能送达', advice: '请换个说法，或点右上角「新对话」重新开始。' },
  'not-found': { title: '没有找到这一节', advice: '文件可能刚刚更新过，请重新提问。' },
  broken: { title: '服务出了点问题', advice: '不是您的原因。请稍后再点「重试」。' },
};

export function faultKindOf(status: number): FaultKind {
  if (status === 429 || status === 503) return 'busy';
  if (status === 404) return 'not-found';
  return status >= 500 ? 'broken' : 'rejected';
}
