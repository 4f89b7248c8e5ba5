import { Form, Input, InputNumber, Select } from 'antd';
import { useId } from 'react';
import type { Field } from './field.ts';
import { LinesInput } from './lines-input.tsx';
import { RowsInput } from './rows-input.tsx';

export const SEPARATORS = [',', '，', '、', ';', '；'];

interface Props {
  readonly field: Field;
  readonly value: unknown;
  readonly isReadOnly?: boolean;
  readonly onChange: (value: unknown) => void;
}

/** Asks for one value of the front matter. */
export function FieldInput({ field, value, isReadOnly, onChange }: Props) {
  const id = useId();
  const { label, hint, isRequired, isWide, type } = field;
  if (type === 'rows') return <RowsInput label={label} columns={field.columns ?? []} rows={rowsOf(value)} onChange={onChange} />;
  return (
    <Form.Item label={label} htmlFor={id} required={isRequired === true} extra={hint} className={isWide ? 'field-wide' : ''}>
      <Control id={id} field={field} value={value} isReadOnly={isReadOnly === true} onChange={onChange} />
    </Form.Item>
  );
}

function Control({
  id,
  field: { type, options = [], label },
  value,
  isReadOnly,
  onChange,
}: Props & { readonly id: string; readonly isReadOnly: boolean }) {
  switch (type) {
    case 'text':
      return <Input id={id} value={textOf(value)} readOnly={isReadOnly} onChange={({ target }) => onChange(target.value)} />;
    case 'date':
      return <Input id={id} type="date" value={textOf(value)} onChange={({ target }) => onChange(target.value)} />;
    case 'long':
      return <Input.TextArea id={id} value={textOf(value)} rows={2} onChange={({ target }) => onChange(target.value)} />;
    case 'number':
      return (
        <InputNumber
          id={id}
          className="full"
          value={typeof value === 'number' ? value : null}
          precision={0}
          onChange={(number) => onChange(number)}
        />
      );
    case 'choice':
      return (
        <Select
          id={id}
          aria-label={label}
          allowClear
          value={textOf(value) || null}
          options={[...options]}
          onChange={(chosen) => onChange(chosen ?? null)}
        />
      );
    case 'words':
      return (
        <Select
          id={id}
          aria-label={label}
          mode="tags"
          open={false}
          suffixIcon={null}
          tokenSeparators={SEPARATORS}
          value={listOf(value)}
          onChange={(words) => onChange(words)}
        />
      );
    case 'lines':
      return <LinesInput id={id} lines={listOf(value)} onChange={onChange} />;
    case 'rows':
      return null;
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : textOf(value) === '' ? [] : [textOf(value)]);
const rowsOf = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? (value as Record<string, unknown>[]) : []);
