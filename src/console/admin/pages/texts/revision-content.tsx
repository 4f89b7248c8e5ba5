import { Tabs } from 'antd';
import type { RevisionView, TextKind } from '../../api/types.ts';
import { Panel } from '../../shared/panel.tsx';
import { ProblemList } from '../../shared/problem-list.tsx';
import { isRecordKind } from '../../words/names.ts';
import { CardPreview } from '../editor/card-preview.tsx';
import { ContentView } from './content-view.tsx';

/** A revision to read: its content, its source, and the card people would get. */
export function RevisionContent({ view, kind }: { readonly view: RevisionView; readonly kind: TextKind }) {
  const { revision, source, content, problems } = view;
  const tabs = [
    ...(content === null ? [] : [{ key: 'content', label: '内容', children: <ContentView content={content} /> }]),
    { key: 'source', label: '原文', children: <pre className="source-text">{source}</pre> },
    ...(isRecordKind(kind) && content !== null
      ? [{ key: 'cards', label: '回答卡片', children: <CardPreview kind={kind} written={{ source }} /> }]
      : []),
  ];
  return (
    <Panel title={`第 ${revision.number} 次修订`}>
      <ProblemList problems={problems} />
      <Tabs items={tabs} destroyOnHidden />
    </Panel>
  );
}
