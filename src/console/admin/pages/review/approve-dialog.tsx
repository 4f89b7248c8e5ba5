import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Input, Radio } from 'antd';
import { useState } from 'react';
import { approve, refreshTexts } from '../../api/texts.ts';
import { AskNote } from '../../shared/ask-note.tsx';
import { moment, readLocal, writeLocal } from '../../words/time.ts';
import { ApiError } from '../../api/api-error.ts';

const DAY_MS = 86_400_000;

interface Props {
  readonly textId: string;
  readonly number: number;
  readonly version: number;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Approves: published at once, or at a time to come. */
export function ApproveDialog({ textId, number, version, onClose, onDone }: Props) {
  const { message } = App.useApp();
  const client = useQueryClient();
  const [isLater, setLater] = useState(false);
  const [earliest] = useState(() => writeLocal(Date.now()));
  const [when, setWhen] = useState(() => writeLocal(Date.now() + DAY_MS));
  const publishAtMs = isLater ? readLocal(when) : null;
  const approving = useMutation({
    mutationFn: async (note: string) => {
      if (isLater && (publishAtMs === null || publishAtMs <= Date.now()))
        throw new ApiError(400, 'INPUT_INVALID', '发布时间要在现在之后。');
      await approve(textId, number, { version, note, publishAtMs });
    },
    onSuccess: async () => {
      void message.success(publishAtMs === null ? '已发布，从现在起按新内容回答' : `已通过，将在 ${moment(publishAtMs)} 发布`);
      onClose();
      await refreshTexts(client);
      onDone();
    },
  });
  return (
    <AskNote
      title="通过并发布"
      explanation="发布后，所有渠道都按这次修订回答；原来的内容留在修订记录里，可以回滚。"
      confirmLabel={isLater ? '通过，到时发布' : '通过并立即发布'}
      noteLabel="审核意见"
      isBusy={approving.isPending}
      error={approving.error}
      onConfirm={(note) => approving.mutate(note)}
      onClose={onClose}
    >
      <div className="when gap-below">
        <Radio.Group
          aria-label="何时发布"
          value={isLater}
          options={[
            { value: false, label: '立即发布' },
            { value: true, label: '定时发布' },
          ]}
          onChange={({ target }) => setLater(target.value === true)}
        />
        {isLater && (
          <Input type="datetime-local" aria-label="发布时间" value={when} min={earliest} onChange={({ target }) => setWhen(target.value)} />
        )}
      </div>
    </AskNote>
  );
}
