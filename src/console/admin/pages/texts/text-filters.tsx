import { Input, Select } from 'antd';
import type { TextFilter } from '../../api/texts.ts';
import { CATEGORY_NAMES, KIND_NAMES, optionsOf, STATES, VALIDITIES } from '../../words/names.ts';

interface Props {
  readonly filter: TextFilter;
  readonly onChange: (changed: Partial<TextFilter>) => void;
}

export function TextFilters({ filter, onChange }: Props) {
  return (
    <search className="filters">
      <Input.Search
        key={filter.q}
        className="filters-words"
        aria-label="按标题、文号或编号查找"
        placeholder="标题、文号、编号"
        enterButton="查找"
        allowClear
        defaultValue={filter.q}
        onSearch={(q) => onChange({ q: q.trim() })}
      />
      <Choice label="种类" value={filter.kind} options={optionsOf(KIND_NAMES)} onChange={(kind) => onChange({ kind })} />
      <Choice label="类别" value={filter.category} options={optionsOf(CATEGORY_NAMES)} onChange={(category) => onChange({ category })} />
      <Choice label="状态" value={filter.state} options={optionsOf(STATES)} onChange={(state) => onChange({ state })} />
      <Choice label="效力" value={filter.validity} options={optionsOf(VALIDITIES)} onChange={(validity) => onChange({ validity })} />
    </search>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
}

const Choice = ({ label, value, options, onChange }: ChoiceProps) => (
  <Select
    aria-label={label}
    value={value}
    options={[{ value: '', label: `全部${label}` }, ...options]}
    popupMatchSelectWidth={false}
    onChange={(chosen) => onChange(chosen)}
  />
);
