import { CloseOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useState } from 'react';
import type { ContentEditor } from '../../shared/language-text.tsx';
import { Nothing } from '../../shared/nothing.tsx';

const SHOWN = 300;

/** Words to be kept whole: looked for, added several at a time, taken out. */
export const LexiconEditor: ContentEditor<'lexicon'> = ({ content, isReadOnly, onChange }) => {
  const [sought, setSought] = useState('');
  const [added, setAdded] = useState('');
  const { words } = content;
  const found = words.filter((word) => word.includes(sought.trim()));
  const add = (): void => {
    const fresh = added.split(/[\s,，、;；]+/).filter((word) => word !== '' && !words.includes(word));
    onChange({ ...content, words: [...words, ...new Set(fresh)] });
    setAdded('');
  };
  return (
    <>
      <div className="filters">
        <Input
          className="filters-words"
          aria-label="在词表中查找"
          placeholder="查找"
          allowClear
          value={sought}
          onChange={({ target }) => setSought(target.value)}
        />
        {!isReadOnly && (
          <>
            <Input
              className="filters-words"
              aria-label="要添加的词"
              placeholder="添加词，可用空格或逗号分开"
              value={added}
              onChange={({ target }) => setAdded(target.value)}
              onPressEnter={add}
            />
            <Button disabled={added.trim() === ''} onClick={add}>
              添加
            </Button>
          </>
        )}
      </div>
      <p className="quiet gap-below">
        共 {words.length} 个词{sought.trim() !== '' && `，找到 ${found.length} 个`}
      </p>
      {found.length === 0 ? (
        <Nothing words="没有这样的词" />
      ) : (
        <ul className="word-cloud" aria-label="词">
          {found.slice(0, SHOWN).map((word) => (
            <li key={word}>
              {word}
              {!isReadOnly && (
                <button
                  type="button"
                  aria-label={`移除 ${word}`}
                  onClick={() => onChange({ ...content, words: words.filter((other) => other !== word) })}
                >
                  <CloseOutlined aria-hidden />
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {found.length > SHOWN && <p className="quiet">还有 {found.length - SHOWN} 个，请用查找缩小范围。</p>}
    </>
  );
};
