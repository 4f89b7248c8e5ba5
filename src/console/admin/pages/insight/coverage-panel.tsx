import { Select } from 'antd';
import { useState } from 'react';
import type { InsightSummary } from '../../api/insight.ts';
import { Nothing } from '../../shared/nothing.tsx';
import { Panel } from '../../shared/panel.tsx';
import { BarList } from './bar-list.tsx';

/** Which sections answers stand on, document by document. */
export function CoveragePanel({ sections }: Pick<InsightSummary, 'sections'>) {
  const documents = [...new Map(sections.map(({ documentId, documentTitle }) => [documentId, documentTitle]))];
  const [chosen, setChosen] = useState<string | null>(null);
  const sizeOf = (id: string): number => sections.filter(({ documentId }) => documentId === id).length;
  const largest = documents.map(([id]) => ({ id, size: sizeOf(id) })).sort((a, b) => b.size - a.size)[0]?.id;
  const documentId = chosen ?? largest;
  const own = sections.filter((section) => section.documentId === documentId);
  const asked = own.filter(({ answers }) => answers > 0).length;
  if (documentId === undefined) return null;
  return (
    <Panel
      title="章节覆盖"
      intro={`这份文件的 ${own.length} 节里，有 ${asked} 节被用来回答过。从没用到的，可能没人问，也可能问法对不上。`}
      extra={
        <Select
          aria-label="文件"
          className="coverage-document"
          showSearch={{ optionFilterProp: 'label' }}
          value={documentId}
          options={documents.map(([value, label]) => ({ value, label }))}
          onChange={setChosen}
        />
      }
    >
      {own.length === 0 ? (
        <Nothing words="没有章节" />
      ) : (
        <div className="coverage">
          <BarList
            label="各节被引用次数"
            rows={own.map(({ section, sectionTitle, answers }) => ({
              key: String(section),
              label: `${section}. ${sectionTitle}`,
              count: answers,
            }))}
          />
        </div>
      )}
    </Panel>
  );
}
