import { DeleteOutlined } from '@ant-design/icons';
import { Button, Input, Pagination, Select } from 'antd';
import { useState } from 'react';
import type { ContentEditor } from '../../shared/language-text.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { SEPARATORS } from '../editor/field-input.tsx';

const PAGE_SIZE = 15;

/** English words and what the texts call them. */
export const EnglishEditor: ContentEditor<'english'> = ({ content, isReadOnly, onChange }) => {
  const [sought, setSought] = useState('');
  const [added, setAdded] = useState('');
  const [page, setPage] = useState(1);
  const { terms } = content;
  const words = sought.trim().toLowerCase();
  const found = Object.entries(terms).filter(
    ([term, chinese]) => words === '' || term.includes(words) || chinese.some((word) => word.includes(words)),
  );
  const term = added.trim().toLowerCase();
  const add = (): void => {
    if (term === '' || term in terms) return;
    onChange({ ...content, terms: { [term]: [], ...terms } });
    setAdded('');
    setSought('');
    setPage(1);
  };
  return (
    <>
      <div className="filters">
        <Input
          className="filters-words"
          aria-label="在英文用语中查找"
          placeholder="查找"
          allowClear
          value={sought}
          onChange={({ target }) => {
            setSought(target.value);
            setPage(1);
          }}
        />
        {!isReadOnly && (
          <>
            <Input
              className="filters-words"
              aria-label="要添加的英文"
              placeholder="添加英文词或短语（小写）"
              value={added}
              onChange={({ target }) => setAdded(target.value)}
              onPressEnter={add}
            />
            <Button disabled={term === '' || term in terms} onClick={add}>
              添加
            </Button>
          </>
        )}
      </div>
      {found.length === 0 && <Nothing words="没有这样的词" />}
      <ul className="terms">
        {found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE).map(([term, chinese]) => (
          <li key={term}>
            <span lang="en">{term}</span>
            <Select
              aria-label={`${term} 的中文用语`}
              mode="tags"
              open={false}
              suffixIcon={null}
              disabled={isReadOnly}
              tokenSeparators={SEPARATORS}
              value={chinese}
              onChange={(changed) => onChange({ ...content, terms: { ...terms, [term]: changed } })}
            />
            {!isReadOnly && (
              <Button
                type="text"
                danger
                icon={<DeleteOutlined aria-hidden />}
                aria-label={`删除 ${term}`}
                onClick={() => onChange({ ...content, terms: Object.fromEntries(Object.entries(terms).filter(([key]) => key !== term)) })}
              />
            )}
          </li>
        ))}
      </ul>
      <Pagination
        className="pages"
        current={page}
        pageSize={PAGE_SIZE}
        total={found.length}
        showSizeChanger={false}
        showTotal={(count) => `共 ${count} 条`}
        onChange={setPage}
      />
    </>
  );
};
