import { EllipsisOutlined } from '@ant-design/icons';
import { Alert, Button, Tabs } from 'antd';
import type { Preview, RecordKind } from '../../api/types.ts';
import { FieldGroups } from './field-groups.tsx';
import { groupsOf } from './fields.ts';
import { QuestionGroupsInput } from './question-groups-input.tsx';
import { SectionsInput } from './sections-input.tsx';
import { SourceInput } from './source-input.tsx';
import { type Initial, stateOf, type TextState } from './text-state.ts';

const DETAILS: Readonly<Record<RecordKind, string>> = { policy: '政策要点', procedure: '办事信息', faq: '来源与边界' };
const BODY_HINTS: Readonly<Record<RecordKind, string>> = {
  policy: '用 Markdown 书写：「## 一、标题」是部分，「### 1. 标题」是条目，空一行分段。',
  procedure: '标准项目写在「办事信息」里；这里写其他说明，从「### 11. 标题」开始编号。可以空着。',
  faq: '答案，照原文写。第一句直接回答问题。',
};

interface Props {
  readonly state: TextState;
  readonly initial: Initial;
  readonly isDirty: boolean;
  readonly hasFixedId: boolean;
  readonly sections: Preview['sections'];
  readonly line: number | null;
  readonly onChange: (state: TextState) => void;
  /** Shows the same text the other way. */
  readonly onSwitch: (state: TextState) => void;
}

/** A document's form in its parts, or its source. */
export function EditorTabs({ state, initial, isDirty, hasFixedId, sections, line, onChange, onSwitch }: Props) {
  const { source } = initial;
  if (state.mode === 'source') {
    return (
      <section className="panel" aria-label="源文件">
        <div className="panel-head">
          <h2>源文件</h2>
          {initial.content !== null && (
            <Button size="small" disabled={isDirty} onClick={() => onSwitch(stateOf(initial))}>
              {isDirty ? '保存后可回到表单' : '回到表单'}
            </Button>
          )}
        </div>
        {initial.content === null && (
          <Alert className="gap-below" type="warning" showIcon title="这份内容读不成表单，请先在源文件里改正错误。" />
        )}
        <SourceInput label="源文件" value={state.source} line={line} isMono onChange={(source) => onChange({ ...state, source })} />
      </section>
    );
  }
  const { content } = state;
  const { base, details } = groupsOf(content.kind);
  const put = (next: typeof content): void => onChange({ mode: 'form', content: next });
  return (
    <section className="panel" aria-label="内容">
      <h2 className="visually-hidden">内容</h2>
      <Tabs
        more={{ icon: <EllipsisOutlined aria-label="更多" /> }}
        tabBarExtraContent={
          source !== null && (
            <Button
              size="small"
              disabled={isDirty}
              title={isDirty ? '请先保存' : ''}
              onClick={() => onSwitch({ mode: 'source', kind: content.kind, source })}
            >
              源文件
            </Button>
          )
        }
        items={[
          {
            key: 'base',
            label: '基本信息',
            children: <FieldGroups groups={base} content={content} hasFixedId={hasFixedId} onChange={put} />,
          },
          {
            key: 'details',
            label: DETAILS[content.kind],
            children: <FieldGroups groups={details} content={content} hasFixedId={hasFixedId} onChange={put} />,
          },
          {
            key: 'body',
            label: content.kind === 'faq' ? '答案' : '正文',
            children: (
              <>
                <p className="panel-intro">{BODY_HINTS[content.kind]}</p>
                <SourceInput
                  label={content.kind === 'faq' ? '答案' : '正文'}
                  value={content.body}
                  line={null}
                  onChange={(body) => put({ ...content, body })}
                />
              </>
            ),
          },
          {
            key: 'questions',
            label: content.kind === 'faq' ? '相似问' : '相似问与标签',
            children:
              content.kind === 'faq' ? (
                <QuestionGroupsInput
                  of="问答"
                  questions={content.meta['questions']}
                  onChange={(questions) => put({ ...content, meta: { ...content.meta, questions } })}
                />
              ) : (
                <SectionsInput content={content} sections={sections} onChange={put} />
              ),
          },
        ]}
      />
    </section>
  );
}
