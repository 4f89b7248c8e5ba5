import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { RevisionView } from '../../api/types.ts';
import { useSignedIn } from '../../api/session.ts';
import { Panel } from '../../shared/panel.tsx';
import { mayActAs } from '../../words/names.ts';
import { StepDialog } from '../texts/step-dialog.tsx';
import type { StepName } from '../texts/steps.ts';
import { ApproveDialog } from './approve-dialog.tsx';

/** Publish, send back or reject. Publishing waits for the impact to be known. */
export function Decision({ view }: { readonly view: RevisionView }) {
  const navigate = useNavigate();
  const { role, id: me } = useSignedIn().user;
  const [asked, setAsked] = useState<StepName | 'approve' | null>(null);
  const { revision, may, version, impact } = view;
  const { textId, number, state } = revision;
  const isPending = state === 'in-review' || state === 'scheduled';
  if (!isPending && state !== 'draft') return null;
  const canSendBack = isPending && (mayActAs(role, 'reviewer') || revision.authorId === me);
  const blocked = may.approveBlocked ?? (impact === null ? '请先计算影响，看过哪些回答会变，再决定发布。' : null);
  const close = (): void => setAsked(null);
  const leave = (): void => void navigate('/review');
  return (
    <Panel title="决定" className="decision">
      {state === 'draft' && <p className="panel-intro">还是草稿，提交审核后才能发布。</p>}
      {state === 'in-review' && blocked !== null && <Alert className="gap-below" type="info" showIcon title={blocked} />}
      {state === 'scheduled' && <p className="panel-intro">已经通过，到时间自动发布。要改动请先退回。</p>}
      <div className="action-bar">
        {state === 'in-review' && (
          <Button type="primary" size="large" disabled={!may.approve || impact === null} onClick={() => setAsked('approve')}>
            通过并发布
          </Button>
        )}
        {state === 'draft' && may.submit && (
          <Button type="primary" onClick={() => setAsked('submit')}>
            提交审核
          </Button>
        )}
        {canSendBack && <Button onClick={() => setAsked('send-back')}>退回修改</Button>}
        {may.reject && (
          <Button danger onClick={() => setAsked('reject')}>
            驳回
          </Button>
        )}
      </div>
      {asked === 'approve' && <ApproveDialog textId={textId} number={number} version={version} onClose={close} onDone={leave} />}
      {asked !== null && asked !== 'approve' && (
        <StepDialog
          step={asked}
          textId={textId}
          number={number}
          version={version}
          onClose={close}
          {...(asked === 'submit' ? {} : { onDone: leave })}
        />
      )}
    </Panel>
  );
}
