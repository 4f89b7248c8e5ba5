import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Modal, Select, Space } from 'antd';
import { useState } from 'react';
import { DESKS_KEY, fetchDesks, type TicketStep, type TicketView } from '../../api/hand-off.ts';
import { Panel } from '../../shared/panel.tsx';

interface Props {
  readonly ticket: TicketView;
  readonly isBusy: boolean;
  /** Rejects when the step was not taken. */
  readonly onStep: (step: TicketStep) => Promise<void>;
}

/** Answering, and handing on. What was typed stays until it has been sent. */
export function TicketActions({ ticket, isBusy, onStep }: Props) {
  const [text, setText] = useState('');
  const [dialog, setDialog] = useState<'transfer' | 'ignore' | null>(null);
  const { state, isMine, assignee } = ticket.item;
  if (state === 'ignored' || state === 'withdrawn') return null;
  const isAnothers = state === 'claimed' && !isMine;
  const send = (): void => {
    onStep({ step: 'answer', text: text.trim() }).then(
      () => setText(''),
      () => undefined,
    );
  };
  const take = (step: TicketStep): void => {
    onStep(step).then(
      () => setDialog(null),
      () => undefined,
    );
  };
  return (
    <Panel
      title={state === 'answered' ? '补充答复' : '答复'}
      intro={isAnothers ? `${assignee ?? '同事'}正在处理。需要接手时，请先放回。` : '按提问人看到的样子写：称呼、结论、办法、电话。'}
    >
      {!isAnothers && (
        <Form layout="vertical">
          <Form.Item label="答复内容" htmlFor="ticket-answer">
            <Input.TextArea
              id="ticket-answer"
              rows={5}
              maxLength={2000}
              showCount
              value={text}
              onChange={({ target }) => setText(target.value)}
            />
          </Form.Item>
        </Form>
      )}
      <Space wrap>
        {!isAnothers && (
          <Button type="primary" loading={isBusy} disabled={text.trim() === ''} onClick={send}>
            发送答复
          </Button>
        )}
        {state === 'open' && (
          <Button loading={isBusy} onClick={() => take({ step: 'claim' })}>
            我来答
          </Button>
        )}
        {state === 'claimed' && (
          <Button loading={isBusy} onClick={() => take({ step: 'release' })}>
            放回
          </Button>
        )}
        {state !== 'answered' && <Button onClick={() => setDialog('transfer')}>转派…</Button>}
        {state !== 'answered' && !isAnothers && <Button onClick={() => setDialog('ignore')}>忽略…</Button>}
      </Space>
      {dialog === 'transfer' && <Transfer ticket={ticket} isBusy={isBusy} onStep={take} onClose={() => setDialog(null)} />}
      {dialog === 'ignore' && <Ignore isBusy={isBusy} onStep={take} onClose={() => setDialog(null)} />}
    </Panel>
  );
}

interface DialogProps {
  readonly isBusy: boolean;
  readonly onStep: (step: TicketStep) => void;
  readonly onClose: () => void;
}

function Transfer({ ticket, isBusy, onStep, onClose }: DialogProps & { readonly ticket: TicketView }) {
  const { data } = useQuery({ queryKey: DESKS_KEY, queryFn: fetchDesks });
  const [deskId, setDeskId] = useState<string | null>(null);
  const others = data?.items.filter(({ id }) => id !== ticket.item.deskId) ?? [];
  return (
    <Modal
      open
      title="转派给其他部门"
      okText="转派"
      cancelText="取消"
      okButtonProps={{ loading: isBusy, disabled: deskId === null }}
      onOk={() => deskId !== null && onStep({ step: 'transfer', deskId })}
      onCancel={onClose}
    >
      {data !== undefined && others.length === 0 ? (
        <p>还没有其他工作群，请管理员先在“工作群设置”里添加。</p>
      ) : (
        <Form layout="vertical">
          <Form.Item label="部门" htmlFor="transfer-desk">
            <Select
              id="transfer-desk"
              value={deskId}
              options={others.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={(chosen) => setDeskId(chosen)}
            />
          </Form.Item>
        </Form>
      )}
    </Modal>
  );
}

function Ignore({ isBusy, onStep, onClose }: DialogProps) {
  const [note, setNote] = useState('');
  return (
    <Modal
      open
      title="不作答复"
      okText="忽略"
      cancelText="取消"
      okButtonProps={{ danger: true, loading: isBusy }}
      onOk={() => onStep({ step: 'ignore', note: note.trim() })}
      onCancel={onClose}
    >
      <Form layout="vertical">
        <Form.Item label="告诉提问人" htmlFor="ignore-note" extra="不填时，会说明不在受理范围，并告知其他联系方式。">
          <Input.TextArea id="ignore-note" rows={2} maxLength={500} value={note} onChange={({ target }) => setNote(target.value)} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
