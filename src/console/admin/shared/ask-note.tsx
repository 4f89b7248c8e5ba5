import { Form, Input, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { Fault } from './fault.tsx';

interface Props {
  readonly title: string;
  readonly explanation: ReactNode;
  readonly confirmLabel: string;
  readonly isDangerous?: boolean;
  /** The note has to be written. */
  readonly isNoteNeeded?: boolean;
  readonly noteLabel?: string;
  readonly isBusy: boolean;
  readonly error: unknown;
  readonly children?: ReactNode;
  readonly onConfirm: (note: string) => void;
  readonly onClose: () => void;
}

/** Asks before a step is taken, with a note for those who read the history later. */
export function AskNote({
  title,
  explanation,
  confirmLabel,
  isDangerous,
  isNoteNeeded,
  noteLabel,
  isBusy,
  error,
  children,
  onConfirm,
  onClose,
}: Props) {
  const [note, setNote] = useState('');
  const isMissing = isNoteNeeded === true && note.trim() === '';
  return (
    <Modal
      open
      title={title}
      okText={confirmLabel}
      cancelText="取消"
      okButtonProps={{ danger: isDangerous === true, loading: isBusy, disabled: isMissing }}
      onOk={() => onConfirm(note.trim())}
      onCancel={onClose}
    >
      <Fault error={error} />
      <p className="gap-below">{explanation}</p>
      {children}
      <Form layout="vertical">
        <Form.Item
          label={noteLabel ?? '说明'}
          htmlFor="step-note"
          required={isNoteNeeded === true}
          extra={isNoteNeeded ? '请写明原因，会留在修订记录里。' : '选填，会留在修订记录里。'}
        >
          <Input.TextArea id="step-note" value={note} maxLength={1000} rows={2} onChange={({ target }) => setNote(target.value)} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
