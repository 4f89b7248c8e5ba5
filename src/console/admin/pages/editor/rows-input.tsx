import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input, InputNumber, Select } from 'antd';
import type { Column } from './field.ts';

type Row = Readonly<Record<string, unknown>>;
interface Props {
  readonly label: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly onChange: (rows: Row[]) => void;
}

/** A list whose items have several parts: added, removed, moved up and down. */
export function RowsInput({ label, columns, rows, onChange }: Props) {
  const put = (index: number, row: Row): void => onChange(rows.with(index, row));
  const swap = (index: number, other: number): void => onChange(rows.with(index, rows[other]!).with(other, rows[index]!));
  return (
    <fieldset className="rows field-wide">
      <legend>{label}</legend>
      {rows.map((row, index) => (
        // Rows have no name of their own; their values come from outside, so that a position is as good.
        <div key={index} className="row">
          <span className="row-number" aria-hidden="true">
            {index + 1}
          </span>
          <div className="row-parts">
            {columns.map((column) => (
              <label key={column.key} className={column.isWide ? 'row-part row-part-wide' : 'row-part'}>
                <span>{column.label}</span>
                <Part
                  column={column}
                  name={`${label}第 ${index + 1} 项${column.label}`}
                  value={row[column.key]}
                  onChange={(value) => put(index, { ...row, [column.key]: value })}
                />
              </label>
            ))}
          </div>
          <div className="row-tools">
            <Button
              type="text"
              icon={<ArrowUpOutlined aria-hidden />}
              aria-label={`${label}第 ${index + 1} 项上移`}
              disabled={index === 0}
              onClick={() => swap(index, index - 1)}
            />
            <Button
              type="text"
              icon={<ArrowDownOutlined aria-hidden />}
              aria-label={`${label}第 ${index + 1} 项下移`}
              disabled={index === rows.length - 1}
              onClick={() => swap(index, index + 1)}
            />
            <Button
              type="text"
              danger
              icon={<DeleteOutlined aria-hidden />}
              aria-label={`删除${label}第 ${index + 1} 项`}
              onClick={() => onChange(rows.toSpliced(index, 1))}
            />
          </div>
        </div>
      ))}
      <Button type="dashed" block icon={<PlusOutlined aria-hidden />} onClick={() => onChange([...rows, {}])}>
        添加{label}
      </Button>
    </fieldset>
  );
}

interface PartProps {
  readonly column: Column;
  readonly name: string;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

function Part({ column: { type, options = [] }, name, value, onChange }: PartProps) {
  switch (type) {
    case 'text':
      return (
        <Input
          aria-label={name}
          value={typeof value === 'string' ? value : ''}
          onChange={({ target }) => onChange(target.value === '' ? null : target.value)}
        />
      );
    case 'number':
      return (
        <InputNumber
          aria-label={name}
          className="full"
          min={1}
          precision={0}
          value={typeof value === 'number' ? value : null}
          onChange={(number) => onChange(number)}
        />
      );
    case 'choice':
      return (
        <Select
          aria-label={name}
          allowClear
          value={typeof value === 'string' ? value : null}
          options={[...options]}
          onChange={(chosen) => onChange(chosen ?? null)}
        />
      );
    case 'choices':
      return (
        <Select
          aria-label={name}
          mode="multiple"
          value={Array.isArray(value) ? value : []}
          options={[...options]}
          onChange={(chosen) => onChange(chosen)}
        />
      );
  }
}
