import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input, Pagination, Select } from 'antd';
import { useState } from 'react';
import type { ThesaurusContent } from '../../api/types.ts';
import type { ContentEditor } from '../../shared/language-text.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { SEPARATORS } from '../editor/field-input.tsx';

type Group = ThesaurusContent['groups'][number];
const PAGE_SIZE = 10;
const PARTS = [
  { key: 'official', label: '正式说法' },
  { key: 'colloquial', label: '平常说法' },
  { key: 'ambiguous', label: '多义的平常说法' },
] as const satisfies readonly { readonly key: keyof Group; readonly label: string }[];

/** Groups of words that stand for the same thing. */
export const ThesaurusEditor: ContentEditor<'thesaurus'> = ({ content, isReadOnly, onChange }) => {
  const [sought, setSought] = useState('');
  const [page, setPage] = useState(1);
  const { groups } = content;
  const words = sought.trim();
  const found = groups
    .map((group, index) => ({ group, index }))
    .filter(({ group }) => words === '' || PARTS.some(({ key }) => group[key].some((word) => word.includes(words))));
  const shown = found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
  const put = (index: number, group: Group): void => onChange({ ...content, groups: groups.with(index, group) });
  return (
    <>
      <div className="filters">
        <Input
          className="filters-words"
          aria-label="在同义词中查找"
          placeholder="查找"
          allowClear
          value={sought}
          onChange={({ target }) => {
            setSought(target.value);
            setPage(1);
          }}
        />
        {!isReadOnly && (
          <Button
            icon={<PlusOutlined aria-hidden />}
            onClick={() => {
              onChange({ ...content, groups: [{ official: [], colloquial: [], ambiguous: [] }, ...groups] });
              setSought('');
              setPage(1);
            }}
          >
            添加一组
          </Button>
        )}
      </div>
      {found.length === 0 && <Nothing words="没有这样的词" />}
      {shown.map(({ group, index }) => {
        const name = group.official[0] ?? '新的一组';
        return (
          <fieldset key={index} className="word-group">
            <legend className="visually-hidden">{name}</legend>
            {PARTS.map(({ key, label }) => (
              <label key={key} className={`word-part word-part-${key}`}>
                <span>{label}</span>
                <Select
                  aria-label={`${name}：${label}`}
                  mode="tags"
                  open={false}
                  suffixIcon={null}
                  disabled={isReadOnly}
                  tokenSeparators={SEPARATORS}
                  value={group[key]}
                  onChange={(changed) => put(index, { ...group, [key]: changed })}
                />
              </label>
            ))}
            {!isReadOnly && (
              <Button
                type="text"
                danger
                icon={<DeleteOutlined aria-hidden />}
                aria-label={`删除「${name}」这一组`}
                onClick={() => onChange({ ...content, groups: groups.toSpliced(index, 1) })}
              />
            )}
          </fieldset>
        );
      })}
      <Pagination
        className="pages"
        current={page}
        pageSize={PAGE_SIZE}
        total={found.length}
        showSizeChanger={false}
        showTotal={(count) => `共 ${count} 组`}
        onChange={setPage}
      />
    </>
  );
};
