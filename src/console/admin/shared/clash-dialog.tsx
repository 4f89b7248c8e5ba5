import { Button, Modal } from 'antd';
import { moment } from '../words/time.ts';
import { DiffTable } from './diff-table.tsx';
import { lineDiff } from './line-diff.ts';
import type { Clash } from './use-save.ts';

interface Props {
  readonly clash: Clash;
  readonly isSaving: boolean;
  readonly onKeepMine: () => void;
  readonly onTakeTheirs: () => void;
  readonly onBack: () => void;
}

/** Somebody was faster: both texts, and the choice between them. */
export function ClashDialog({ clash: { conflict, saving }, isSaving, onKeepMine, onTakeTheirs, onBack }: Props) {
  const mine = conflict.mine ?? ('source' in saving.written ? saving.written.source : null);
  const { author, editedAtMs, number } = conflict.theirRevision;
  return (
    <Modal
      open
      width={960}
      title="有人先一步改动了这份文档"
      onCancel={onBack}
      footer={
        <div className="dialog-actions">
          <Button onClick={onBack}>回去继续改</Button>
          <Button onClick={onTakeTheirs}>放弃我的，看最新的</Button>
          <Button type="primary" danger loading={isSaving} onClick={onKeepMine}>
            用我的
          </Button>
        </div>
      }
    >
      <p className="gap-below">
        {author} 在 {moment(editedAtMs)} 保存了第 {number} 次修订。左边是对方的，右边是您的；您的还没有保存。
      </p>
      {mine === null ? (
        <pre className="source-text">{conflict.theirs}</pre>
      ) : (
        <DiffTable diff={{ rows: lineDiff(conflict.theirs, mine), words: [] }} leftTitle={`对方的（${author}）`} rightTitle="我的" />
      )}
    </Modal>
  );
}
