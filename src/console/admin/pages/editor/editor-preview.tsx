import type { Preview } from '../../api/types.ts';
import { Fault } from '../../shared/fault.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { Panel } from '../../shared/panel.tsx';
import { ProblemList } from '../../shared/problem-list.tsx';
import { PreviewControls } from './card-preview.tsx';
import { Cards } from './cards.tsx';

interface Props {
  /** Labels of what has to be filled in before there is anything to look at. */
  readonly missing: readonly string[];
  readonly preview: Preview | null;
  readonly error: unknown;
  readonly isFetching: boolean;
  readonly question: string;
  readonly section: number | null;
  readonly onQuestion: (question: string) => void;
  readonly onSection: (section: number | null) => void;
  readonly onGoTo?: (line: number) => void;
}

/** What is wrong with the text as it stands, and how it would be answered from. */
export function EditorPreview({ missing, preview, error, isFetching, question, section, onQuestion, onSection, onGoTo }: Props) {
  if (missing.length > 0) {
    return (
      <div className="editor-side">
        <Panel title="检查与预览">
          <Nothing words={`填好${missing.join('、')}后，这里会检查内容、显示回答的样子`} />
        </Panel>
      </div>
    );
  }
  return (
    <div className="editor-side">
      <Panel title="检查与预览">
        <Fault error={error} />
        {preview !== null && preview.problems.length === 0 && (
          <p className="good-news gap-below" role="status">
            没有发现问题
          </p>
        )}
        <ProblemList problems={preview?.problems ?? []} {...(onGoTo ? { onGoTo } : {})} />
        <PreviewControls
          sections={preview?.sections ?? []}
          question={question}
          section={section}
          onQuestion={onQuestion}
          onSection={onSection}
        />
        <Cards cards={preview?.cards ?? null} isFetching={isFetching} />
      </Panel>
    </div>
  );
}
