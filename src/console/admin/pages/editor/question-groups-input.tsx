import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { LinesInput } from './lines-input.tsx';
import { type QuestionGroup, readGroups, writeGroups } from './question-groups.ts';

interface Props {
  /** What the questions belong to, for their names. */
  readonly of: string;
  readonly questions: unknown;
  readonly onChange: (questions: unknown[]) => void;
}

/** Alternate questions of a section: those of the whole, and those a single sentence answers. */
export function QuestionGroupsInput({ of, questions, onChange }: Props) {
  // Groups that say nothing yet exist here only.
  const [groups, setGroups] = useState(() => readGroups(questions));
  const change = (next: readonly QuestionGroup[]): void => {
    setGroups([...next]);
    onChange(writeGroups(next));
  };
  return (
    <div className="question-groups">
      {groups.map((group, index) => (
        // Groups keep their places while they are edited.
        <div key={index} className="question-group">
          {index === 0 ? (
            <p className="quiet">问整条的（每行一个）</p>
          ) : (
            <div className="question-about">
              <Input
                aria-label={`${of}：第 ${index} 组由哪一句回答`}
                prefix={<span className="quiet">回答的句子</span>}
                placeholder="句中连续的几个字"
                value={group.about}
                onChange={({ target }) => change(groups.with(index, { ...group, about: target.value }))}
              />
              <Button
                type="text"
                danger
                icon={<DeleteOutlined aria-hidden />}
                aria-label={`${of}：删除第 ${index} 组`}
                onClick={() => change(groups.toSpliced(index, 1))}
              />
            </div>
          )}
          <LinesInput
            label={index === 0 ? `${of}：相似问` : `${of}：第 ${index} 组相似问`}
            placeholder={'缺钱怎么办\n怎么贷款'}
            lines={group.ask}
            onChange={(ask) => change(groups.with(index, { ...group, ask }))}
          />
        </div>
      ))}
      <Button type="dashed" icon={<PlusOutlined aria-hidden />} onClick={() => setGroups([...groups, { about: '', ask: [] }])}>
        按句子添加一组
      </Button>
    </div>
  );
}
