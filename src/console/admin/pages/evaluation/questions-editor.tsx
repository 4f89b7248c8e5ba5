import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input, Pagination, Select } from 'antd';
import { useState } from 'react';
import type { QuestionsContent } from '../../api/types.ts';
import type { ContentEditor } from '../../shared/language-text.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { SEPARATORS } from '../editor/field-input.tsx';
import { LinesInput } from '../editor/lines-input.tsx';

type Question = QuestionsContent['questions'][number];
const PAGE_SIZE = 10;

/** The first id of the form q-1, q-2 … that no question has. */
export function freshId(questions: readonly Pick<Question, 'id'>[]): string {
  const taken = new Set(questions.map(({ id }) => id));
  let number = questions.length + 1;
  while (taken.has(`q-${number}`)) number++;
  return `q-${number}`;
}

/** Questions with what answers them: looked for, added, changed, taken out. */
export const QuestionsEditor: ContentEditor<'questions'> = ({ content, isReadOnly, onChange }) => {
  const [sought, setSought] = useState('');
  const [page, setPage] = useState(1);
  const { questions } = content;
  const words = sought.trim();
  const found = questions
    .map((question, index) => ({ question, index }))
    .filter(({ question }) => words === '' || `${question.q} ${question.id} ${question.sections.join(' ')}`.includes(words));
  const put = (index: number, question: Question): void => onChange({ ...content, questions: questions.with(index, question) });
  return (
    <>
      <div className="filters">
        <Input
          className="filters-words"
          aria-label="在题集中查找"
          placeholder="题目、编号、条目"
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
              onChange({
                ...content,
                questions: [{ id: freshId(questions), kind: 'plain', q: '', sections: [], evidence: [] }, ...questions],
              });
              setSought('');
              setPage(1);
            }}
          >
            添加一题
          </Button>
        )}
      </div>
      {found.length === 0 && <Nothing words={questions.length === 0 ? '题集还是空的' : '没有这样的题'} />}
      {found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE).map(({ question, index }) => (
        <QuestionForm
          key={question.id}
          question={question}
          isReadOnly={isReadOnly}
          onChange={(changed) => put(index, changed)}
          onRemove={() => onChange({ ...content, questions: questions.toSpliced(index, 1) })}
        />
      ))}
      <Pagination
        className="pages"
        current={page}
        pageSize={PAGE_SIZE}
        total={found.length}
        showSizeChanger={false}
        showTotal={(count) => `共 ${count} 题`}
        onChange={setPage}
      />
    </>
  );
};

interface Props {
  readonly question: Question;
  readonly isReadOnly: boolean;
  readonly onChange: (question: Question) => void;
  readonly onRemove: () => void;
}

function QuestionForm({ question, isReadOnly, onChange, onRemove }: Props) {
  const { id, kind, q, sections, evidence } = question;
  return (
    <fieldset className="word-group" disabled={isReadOnly}>
      <legend className="visually-hidden">{q || id}</legend>
      <label className="word-part word-part-wide">
        <span>题目（{id}）</span>
        <Input aria-label={`${id} 题目`} value={q} onChange={({ target }) => onChange({ ...question, q: target.value })} />
      </label>
      <label className="word-part">
        <span>类型</span>
        <Input aria-label={`${id} 类型`} value={kind} onChange={({ target }) => onChange({ ...question, kind: target.value })} />
      </label>
      <label className="word-part">
        <span>应由哪些条目回答</span>
        <Select
          aria-label={`${id} 应由哪些条目回答`}
          mode="tags"
          open={false}
          suffixIcon={null}
          placeholder="库外"
          disabled={isReadOnly}
          tokenSeparators={SEPARATORS}
          value={sections}
          onChange={(changed) => onChange({ ...question, sections: changed })}
        />
      </label>
      <label className="word-part word-part-wide">
        <span>答案里应有的原文（每行一段）</span>
        <LinesInput label={`${id} 答案里应有的原文`} lines={evidence} onChange={(lines) => onChange({ ...question, evidence: lines })} />
      </label>
      {!isReadOnly && <Button type="text" danger icon={<DeleteOutlined aria-hidden />} aria-label={`删除 ${q || id}`} onClick={onRemove} />}
    </fieldset>
  );
}
