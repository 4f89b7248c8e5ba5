import { Button } from 'antd';

interface Props {
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
export function SaveBar({ isDirty, isSaving, hasErrors, isSubmittable, onSave, onSubmit }: Props) {
  return (
    <div className="save-bar">
      <Button type="primary" loading={isSaving} disabled={hasErrors || !isSubmittable} onClick={onSubmit}>
        保存并提交审核
      </Button>
      <Button loading={isSaving} disabled={!isDirty} onClick={onSave}>
        保存草稿
      </Button>
      <span className="quiet" role="status">
        {hasErrors ? '改正错误后才能提交审核' : isDirty ? '有未保存的修改' : '没有未保存的修改'}
      </span>
    </div>
  );
}
