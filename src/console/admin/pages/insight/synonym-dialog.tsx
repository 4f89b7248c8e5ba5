import { Form, Input, Modal } from 'antd';
import { Fault } from '../../shared/fault.tsx';
import { useMakeDraft } from './use-make-draft.tsx';

interface Words {
  readonly colloquial: string;
  readonly official: string;
}

const RULES = [{ required: true, min: 2, max: 30, whitespace: true, message: '请填写 2 到 30 个字' }];

/** Adds a word of everyday speech to the thesaurus. */
export function SynonymDialog({ question, onClose }: { readonly question: string; readonly onClose: () => void }) {
  const [form] = Form.useForm<Words>();
  const making = useMakeDraft(onClose);
  return (
    <Modal
      open
      title="补充同义词"
      okText="加入草稿"
      cancelText="取消"
      okButtonProps={{ loading: making.isPending }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p className="panel-intro">用户的说法：“{question}”</p>
      <Form<Words>
        form={form}
        layout="vertical"
        onFinish={({ colloquial, official }) =>
          making.mutate({ kind: 'synonym', colloquial: colloquial.trim(), official: official.trim() })
        }
      >
        <Form.Item name="colloquial" label="用户的说法" rules={RULES}>
          <Input placeholder="例如：工钱" />
        </Form.Item>
        <Form.Item name="official" label="文件里的说法" rules={RULES}>
          <Input placeholder="例如：工资" />
        </Form.Item>
      </Form>
      <Fault error={making.error} />
    </Modal>
  );
}
