import { EditOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { RevisionView, TextItem } from '../../api/types.ts';
import { useSignedIn } from '../../api/session.ts';
import { isRecordKind, mayActAs } from '../../words/names.ts';
import { StepDialog } from './step-dialog.tsx';
import { STEPS, type StepName } from './steps.ts';

/** What may be done with the revision that is looked at. */
export function RevisionActions({ item, view }: { readonly item: TextItem; readonly view: RevisionView }) {
  const { role, id: me } = useSignedIn().user;
  const navigate = useNavigate();
  const [asked, setAsked] = useState<StepName | null>(null);
  const { revision, may } = view;
  const { number, state } = revision;
  const errors = view.problems.filter(({ severity }) => severity === 'error').length;
  const place = encodeURIComponent(item.id);
  const canDraft = mayActAs(role, 'editor') && state !== 'draft';
  const isPending = state === 'in-review' || state === 'scheduled';
  const editPlace = isRecordKind(item.kind)
    ? `/texts/${place}/edit/${number}`
    : item.kind === 'questions'
      ? '/evaluation/questions'
      : `/language?text=${place}`;
  const steps: readonly (readonly [StepName, boolean])[] = [
    ['submit', may.submit],
    ['send-back', isPending && (mayActAs(role, 'reviewer') || revision.authorId === me)],
    ['discard', may.discard],
    ['roll-back', may.rollBack],
    ['withdraw', may.withdraw],
  ];
  return (
    <div className="action-bar">
      {state === 'draft' && may.edit && (
        <Button type="primary" icon={<EditOutlined aria-hidden />} onClick={() => void navigate(editPlace)}>
          继续修改
        </Button>
      )}
      {canDraft && !isPending && (
        <Button icon={<EditOutlined aria-hidden />} onClick={() => void navigate(editPlace)}>
          以此为底修改
        </Button>
      )}
      {isPending && (
        <Button type="primary" onClick={() => void navigate(`/review/${place}/${number}`)}>
          对照审核
        </Button>
      )}
      {steps
        .filter(([, isOpen]) => isOpen)
        .map(([name]) => (
          <Button
            key={name}
            danger={STEPS[name].isDangerous}
            type={name === 'submit' ? 'primary' : 'default'}
            ghost={name === 'submit'}
            onClick={() => setAsked(name)}
          >
            {STEPS[name].label}
          </Button>
        ))}
      {errors > 0 && state === 'draft' && (
        <Alert className="action-note" type="warning" showIcon title={`有 ${errors} 处错误要改正，改好后才能发布。`} />
      )}
      {asked !== null && <StepDialog step={asked} textId={item.id} number={number} version={view.version} onClose={() => setAsked(null)} />}
    </div>
  );
}
