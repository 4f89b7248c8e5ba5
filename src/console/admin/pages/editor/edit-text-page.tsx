import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { fetchRevision, revisionKey } from '../../api/texts.ts';
import { Loaded } from '../../shared/loaded.tsx';
import { PageFrame } from '../../shared/page-frame.tsx';
import { groundOf } from '../../shared/use-save.ts';
import { TextEditor } from './text-editor.tsx';
import { titleOf } from './text-state.ts';

/** Edits a draft, or begins one on top of the revision named. */
export function EditTextPage() {
  const { id = '', number: named = '' } = useParams();
  const number = Number(named);
  const query = useQuery({ queryKey: revisionKey(id, number), queryFn: () => fetchRevision(id, number), refetchOnWindowFocus: false });
  const isDraft = query.data?.revision.state === 'draft';
  return (
    <PageFrame
      title={query.data ? `修改：${titleOf(query.data)}` : '修改文档'}
      intro={query.data && (isDraft ? `草稿 · 第 ${number} 次修订` : `以第 ${number} 次修订为底，保存后成为新的草稿`)}
      back={{ to: `/texts/${encodeURIComponent(id)}`, label: '回到文档' }}
    >
      <Loaded query={query} rows={14}>
        {(view) => (
          <TextEditor
            key={`${id}:${number}`}
            initial={{ source: view.source, content: view.content }}
            ground={groundOf(id, view)}
            note={isDraft ? view.revision.note : ''}
          />
        )}
      </Loaded>
    </PageFrame>
  );
}
