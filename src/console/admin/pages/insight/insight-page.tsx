import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { type InsightSummary, summaryQuery } from '../../api/insight.ts';
import { useSignedIn } from '../../api/session.ts';
import { Afterwards } from '../../shared/afterwards.tsx';
import { Loaded } from '../../shared/loaded.tsx';
import { Nothing } from '../../shared/nothing.tsx';
import { PageFrame } from '../../shared/page-frame.tsx';
import { Panel } from '../../shared/panel.tsx';
import { percent } from '../../words/insight.ts';
import { CHANNEL_NAMES, mayActAs } from '../../words/names.ts';
import { BarList } from './bar-list.tsx';
import { CategoriesPanel } from './categories-panel.tsx';
import { CoveragePanel } from './coverage-panel.tsx';
import { DaysPanel } from './days-chart.tsx';
import { DigestPanel } from './digest-panel.tsx';
import { ExportMenu } from './export-menu.tsx';
import { InsightFigures } from './insight-figures.tsx';
import { RangeChoice, useRange } from './range-choice.tsx';
import { StaffPanel } from './staff-panel.tsx';

/** Questions and answers of some days, in figures. */
export function InsightPage() {
  const [range, setRange] = useRange();
  const query = useQuery({ ...summaryQuery(range), placeholderData: keepPreviousData });
  return (
    <PageFrame title="数据看板" intro="大家问了什么，答得怎么样。" actions={<ExportMenu range={range} />}>
      <div className="filters">
        <RangeChoice range={range} onChoose={setRange} />
      </div>
      <Loaded query={query} rows={10}>
        {(summary) => (summary.totals.asked === 0 ? <Nothing words="这段时间没有人提问" /> : <Everything summary={summary} />)}
      </Loaded>
    </PageFrame>
  );
}

function Everything({ summary }: { readonly summary: InsightSummary }) {
  return (
    <>
      <InsightFigures summary={summary} />
      <DaysPanel days={summary.days} />
      <Afterwards>
        <Details summary={summary} />
      </Afterwards>
    </>
  );
}

function Details({ summary }: { readonly summary: InsightSummary }) {
  const { role } = useSignedIn().user;
  const { byCategory, byChannel, topQuestions, topDocuments, sections, staff } = summary;
  return (
    <>
      <div className="columns columns-even">
        <CategoriesPanel byCategory={byCategory} />
        <Panel title="按渠道">
          <BarList
            label="各渠道提问次数"
            rows={byChannel.map(({ channel, asked, answered }) => ({
              key: channel,
              label: `${CHANNEL_NAMES[channel] ?? channel}（直接回答 ${percent(answered, asked)}）`,
              count: asked,
            }))}
          />
          <h3>常用文件</h3>
          <BarList
            label="常用文件"
            rows={topDocuments.slice(0, 8).map(({ documentId, title, answers }) => ({
              key: documentId,
              label:
                title === null ? (
                  <span className="quiet">{documentId}（已移除）</span>
                ) : (
                  <Link to={`/texts/${encodeURIComponent(documentId)}`}>{title}</Link>
                ),
              count: answers,
            }))}
          />
        </Panel>
        <Panel title="常见问题">
          <BarList label="常见问题" rows={topQuestions.map(({ question, asked }) => ({ key: question, label: question, count: asked }))} />
        </Panel>
        <CoveragePanel sections={sections} />
      </div>
      <StaffPanel staff={staff} />
      {mayActAs(role, 'admin') && <DigestPanel />}
    </>
  );
}
