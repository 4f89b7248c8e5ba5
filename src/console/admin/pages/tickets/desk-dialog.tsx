import { Checkbox, Form, Input, InputNumber, Modal, Select } from 'antd';
import type { Desk } from '../../api/hand-off.ts';
import { Fault } from '../../shared/fault.tsx';
import { CATEGORY_NAMES, optionsOf } from '../../words/names.ts';
import { WEEKDAYS } from '../../words/tickets.ts';

interface Fields {
  readonly name: string;
  readonly categories: Desk['categories'];
  readonly hasHours: boolean;
  readonly days: number[];
  readonly from: string;
  readonly until: string;
  readonly closedOn: string[];
  readonly openOn: string[];
  readonly outOfHoursText: string;
  readonly takesUnhelpful: boolean;
  readonly remindAfterMinutes: number;
  readonly escalateAfterMinutes: number;
  readonly escalateTo: string;
}

interface Props {
  readonly desk: Desk;
  readonly others: readonly Desk[];
  readonly isBusy: boolean;
  readonly error: unknown;
  readonly onSave: (desk: Desk) => void;
  readonly onClose: () => void;
}

const WORKDAYS = [1, 2, 3, 4, 5];
const NOBODY = '';
const DATE = { pattern: /^\d{4}-\d{2}-\d{2}$/, message: '日期请写成 2026-10-01 的样子' };
const TIME = { pattern: /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, message: '请写成 09:00 的样子' };

/** What a staff chat takes care of, and when. */
export function DeskDialog({ desk, others, isBusy, error, onSave, onClose }: Props) {
  const [form] = Form.useForm<Fields>();
  const hasHours = Form.useWatch('hasHours', form) ?? desk.hours !== null;
  const save = ({ hasHours: isTimed, days, from, until, closedOn, openOn, escalateTo, ...fields }: Fields): void =>
    onSave({
      ...desk,
      ...fields,
      hours: isTimed ? { days: [...days].sort((a, b) => a - b), from, until, closedOn, openOn } : null,
      escalateTo: escalateTo === NOBODY ? null : escalateTo,
    });
  return (
    <Modal
      open
      title={`工作群：${desk.name}`}
      okText="保存"
      cancelText="取消"
      okButtonProps={{ loading: isBusy }}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Fault error={error} />
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{
          ...desk,
          hasHours: desk.hours !== null,
          days: desk.hours?.days ?? WORKDAYS,
          from: desk.hours?.from ?? '09:00',
          until: desk.hours?.until ?? '17:30',
          closedOn: desk.hours?.closedOn ?? [],
          openOn: desk.hours?.openOn ?? [],
          escalateTo: desk.escalateTo ?? NOBODY,
        }}
        onFinish={save}
      >
        <Form.Item
          label="部门名称"
          name="name"
          extra="答复时告诉提问人"
          rules={[{ required: true, whitespace: true, message: '请填写部门名称' }]}
        >
          <Input maxLength={30} />
        </Form.Item>
        <Form.Item label="负责的主题" name="categories" extra="不选：其他部门不负责的都归这里">
          <Select mode="multiple" options={optionsOf(CATEGORY_NAMES)} />
        </Form.Item>
        <Form.Item name="hasHours" valuePropName="checked">
          <Checkbox>有固定的工作时间（不勾选：全天）</Checkbox>
        </Form.Item>
        {hasHours && (
          <>
            <Form.Item label="工作日" name="days" rules={[{ required: true, message: '请至少选一天' }]}>
              <Checkbox.Group options={WEEKDAYS.map((label, at) => ({ value: at + 1, label }))} />
            </Form.Item>
            <Form.Item label="上班" name="from" rules={[TIME]}>
              <Input maxLength={5} />
            </Form.Item>
            <Form.Item
              label="下班"
              name="until"
              dependencies={['from']}
              rules={[
                TIME,
                ({ getFieldValue }) => ({
                  validator: (_, until: string) =>
                    until > String(getFieldValue('from')) ? Promise.resolve() : Promise.reject(new Error('下班要晚于上班')),
                }),
              ]}
            >
              <Input maxLength={5} />
            </Form.Item>
            <Form.Item label="另外放假" name="closedOn" rules={[{ type: 'array', defaultField: DATE }]}>
              <Select mode="tags" open={false} suffixIcon={null} placeholder="2026-10-01，回车添加" />
            </Form.Item>
            <Form.Item label="另外上班" name="openOn" rules={[{ type: 'array', defaultField: DATE }]}>
              <Select mode="tags" open={false} suffixIcon={null} placeholder="2026-10-10，回车添加" />
            </Form.Item>
            <Form.Item label="下班后告诉提问人" name="outOfHoursText">
              <Input.TextArea rows={2} maxLength={200} />
            </Form.Item>
          </>
        )}
        <Form.Item name="takesUnhelpful" valuePropName="checked">
          <Checkbox>答复被评为“没帮助”时也转来</Checkbox>
        </Form.Item>
        <Form.Item label="多久没处理就提醒（分钟，按工作时间算）" name="remindAfterMinutes">
          <InputNumber min={1} max={10_080} precision={0} />
        </Form.Item>
        <Form.Item label="多久没处理就升级（分钟，按工作时间算）" name="escalateAfterMinutes">
          <InputNumber min={1} max={10_080} precision={0} />
        </Form.Item>
        <Form.Item label="升级给" name="escalateTo">
          <Select options={[{ value: NOBODY, label: '不升级，只提醒' }, ...others.map(({ id, name }) => ({ value: id, label: name }))]} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
