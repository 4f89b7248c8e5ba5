import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { refreshTexts } from '../../api/texts.ts';
import { AskNote } from '../../shared/ask-note.tsx';
import { STEPS, type StepName, take } from './steps.ts';

interface Props {
  readonly step: StepName;
  readonly textId: string;
  readonly number: number;
  readonly version: number;
  readonly onClose: () => void;
  readonly onDone?: () => void;
}

/** Asks before a step and takes it. */
export function StepDialog({ step, textId, number, version, onClose, onDone }: Props) {
  const { message } = App.useApp();
  const client = useQueryClient();
  const words = STEPS[step];
  const taking = useMutation({
    mutationFn: (note: string) => take(step, textId, number, { version, note }),
    onSuccess: async () => {
      void message.success(words.done);
      onClose();
      await refreshTexts(client);
      onDone?.();
    },
  });
  return (
    <AskNote
      title={words.label}
      explanation={words.explanation}
      confirmLabel={words.label}
      isDangerous={words.isDangerous}
      isNoteNeeded={words.isNoteNeeded}
      isBusy={taking.isPending}
      error={taking.error}
      onConfirm={(note) => taking.mutate(note)}
      onClose={onClose}
    />
  );
}
