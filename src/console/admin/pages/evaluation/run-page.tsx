import { useQuery } from '@tanstack/react-query';
import { Segmented, Table } from 'antd';
import { useState } from 'react';
import { useParams } from 'react-router';
import type { EvaluationRun } from '../../api/types.ts';
import { fetchEvaluation } from '../../api/work.ts';
import { Loaded } from '../../shared/loaded.tsx';
import { PageFrame } from '../../shared/page-frame.tsx';
import { Panel } from '../../shared/panel.tsx';
import { OutcomeTag, StateWord } from '../../shared/tag.tsx';
import { moment, share } from '../../words/time.ts';
import { SummaryFigures } from './summary-figures.tsx';

type Result = EvaluationRun['results'][number];
type Shown = 'wrong' | 'noEvidence' | 'all';
const FILTERS: Readonly<Record<Shown, (result: Result) => boolean>> = {
  wrong: ({ isRight }) => isRight === false,
  noEvidence: ({ hasEvidence }) => hasEvidence === false,
  all: () => true,
};

/** One run of the question set, question by question. */
export function RunPage() {
  const { id = '' } = useParams();
  const query = useQuery({ queryKey: ['evaluation', id], queryFn: () => fetchEvaluation(id), staleTime: Number.POSITIVE_INFINITY });
  return (
    <PageFrame
      title="评测详情"
      intro={query.data && `${moment(query.data.item.atMs)} · ${query.data.item.by} · 资料版本 ${query.data.item.libraryVersion}`}
      back={{ to: '/evaluation', label: '评测' }}
    >
      <Loaded query={query} rows={10}>
        {(run) => <Run run={run} />}
      </Loaded>
    </PageFrame>
  );
}

function Run({ run: { item, results } }: { readonly run: EvaluationRun }) {
  const count = (shown: Shown): number => results.filter(FILTERS[shown]).length;
  const [shown, setShown] = useState<Shown>(() => (results.some(FILTERS.wrong) ? 'wrong' : 'all'));
  return (
    <>
      <Panel title="结果">
        <SummaryFigures summary={item.summary} />
      </Panel>
      <Panel
        title="逐题"
        extra={
          <Segmented<Shown>
            aria-label="显示哪些题"
            value={shown}
            options={[
              { value: 'wrong', label: `答错 ${count('wrong')}` },
              { value: 'noEvidence', label: `依据不符 ${count('noEvidence')}` },
              { value: 'all', label: `全部 ${results.length}` },
            ]}
            onChange={setShown}
          />
        }
      >
        <Table<Result>
          rowKey="id"
          size="small"
          dataSource={results.filter(FILTERS[shown])}
          scroll={{ x: 'max-content' }}
          pagination={{ pageSize: 20, showSizeChanger: false, hideOnSinglePage: true }}
          columns={[
            { title: '题目', dataIndex: 'question', className: 'wrap-cell' },
            { title: '类型', dataIndex: 'kind' },
            { title: '回答', key: 'outcome', render: (_, { outcome }) => <OutcomeTag outcome={outcome} /> },
            { title: '出处', key: 'source', className: 'wrap-cell', render: (_, { source }) => source ?? '—' },
            { title: '对错', key: 'right', render: (_, { isRight }) => <Verdict isRight={isRight} /> },
            { title: '把握', key: 'confidence', align: 'right', render: (_, { confidence }) => share(confidence) },
          ]}
        />
      </Panel>
    </>
  );
}

function Verdict({ isRight }: { readonly isRight: boolean | null }) {
  if (isRight === null) return <span className="quiet">未定</span>;
  return isRight ? <StateWord tone="good">对</StateWord> : <StateWord tone="bad">错</StateWord>;
}
