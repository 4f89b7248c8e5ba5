import { Button } from 'antd';

interface Props {
  /** Labels of what has to be filled in first. */
  readonly missing?: readonly string[];
  readonly isDirty: boolean;
  readonly isSaving: boolean;
  /** Something is wrong that keeps it from review. */
  readonly hasErrors: boolean;
  /** There is something to send to review, changed or not. */
  readonly isSubmittable: boolean;
  readonly onSave: () => void;
  readonly onSubmit: () => void;
}

/** Saves a draft, or saves it and sends it to review. */
export function SaveBar({ missing = [], isDirty, isSaving, hasErrors, isSubmittable, onSave, onSubmit }: Props) {
  return (
    <div className="save-bar">
      <Button type="primary" loading={isSaving} disabled={missing.length > 0 || hasErrors || !isSubmittable} onClick={onSubmit}>
        保存并提交审核
      </Button>
      <Button loading={isSaving} disabled={missing.length > 0 || !isDirty} onClick={onSave}>
        保存草稿
      </Button>
      <span className="quiet" role="status">
        {stateOf({ missing, hasErrors, isDirty })}
      </span>
    </div>
  );
}

function stateOf({ missing, hasErrors, isDirty }: Pick<Required<Props>, 'missing' | 'hasErrors' | 'isDirty'>): string {
  if (missing.length > 0) return `请先填写：${missing.join('、')}`;
  if (hasErrors) return '改正错误后才能提交审核';
  return isDirty ? '有未保存的修改' : '没有未保存的修改';
}
