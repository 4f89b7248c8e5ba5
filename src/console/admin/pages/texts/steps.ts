import { rollBack, type Seen, type Step, takeStep, withdraw } from '../../api/texts.ts';

export type StepName = Step | 'roll-back' | 'withdraw';

interface StepWords {
  readonly label: string;
  readonly explanation: string;
  readonly done: string;
  readonly isDangerous: boolean;
  readonly isNoteNeeded: boolean;
}

/** The steps of a text, in words. */
export const STEPS: Readonly<Record<StepName, StepWords>> = {
  submit: {
    label: '提交审核',
    explanation: '提交后由审核人对照检查，通过后才会用来回答。',
    done: '已提交审核',
    isDangerous: false,
    isNoteNeeded: false,
  },
  'send-back': {
    label: '退回修改',
    explanation: '退回给起草人，成为草稿继续修改。',
    done: '已退回',
    isDangerous: false,
    isNoteNeeded: true,
  },
  reject: {
    label: '驳回',
    explanation: '这次修订到此为止，不会发布。需要时可以另起草稿。',
    done: '已驳回',
    isDangerous: true,
    isNoteNeeded: true,
  },
  discard: { label: '作废草稿', explanation: '草稿作废后不能再改，但记录保留。', done: '已作废', isDangerous: true, isNoteNeeded: false },
  'roll-back': {
    label: '回滚到这一版',
    explanation: '把这一版的内容作为新的修订立即发布，替换现在使用的内容。',
    done: '已回滚并发布',
    isDangerous: true,
    isNoteNeeded: true,
  },
  withdraw: {
    label: '撤下',
    explanation: '撤下后不再用这份文档回答任何问题；修订记录保留，以后可以回滚恢复。',
    done: '已撤下',
    isDangerous: true,
    isNoteNeeded: true,
  },
};

/** Takes a step. Rolling back is about the revision named. */
export function take(step: StepName, textId: string, number: number, seen: Seen): Promise<unknown> {
  if (step === 'withdraw') return withdraw(textId, seen);
  if (step === 'roll-back') return rollBack(textId, { ...seen, revision: number });
  return takeStep(textId, number, step, seen);
}
