import { useParams, useSearchParams } from 'react-router';
import type { RecordContent } from '../../api/types.ts';
import { NotFound } from '../../shell/not-found.tsx';
import { PageFrame } from '../../shared/page-frame.tsx';
import { isRecordKind, KIND_NAMES } from '../../words/names.ts';
import type { TextKind } from '../../api/types.ts';
import { TextEditor } from './text-editor.tsx';

const BODIES = { policy: '## 一、总体要求\n\n', procedure: '', faq: '' } as const;

/** What the address gives the form to begin with: of an FAQ its question, other wordings of it, and what it is about. */
function givenMeta(given: URLSearchParams): Record<string, unknown> {
  const [title, ask, category] = [given.get('title'), given.getAll('ask'), given.get('category')];
  return { ...(title && { title }), ...(ask.length > 0 && { questions: ask }), ...(category && { category }) };
}

/** A new document, from an empty form or one that a question has begun. */
export function NewTextPage() {
  const { kind = '' } = useParams() as { readonly kind?: TextKind };
  const [given] = useSearchParams();
  if (kind === '' || !isRecordKind(kind)) return <NotFound />;
  const content: RecordContent = { kind, meta: { kind, ...givenMeta(given) }, body: BODIES[kind] };
  return (
    <PageFrame
      title={`新建${KIND_NAMES[kind]}`}
      intro="保存后成为草稿，提交审核通过才会用来回答。"
      back={{ to: '/texts', label: '全部文档' }}
    >
      <TextEditor
        key={kind}
        initial={{ source: null, content }}
        ground={{ textId: null, number: null, isOwnDraft: false, version: 0 }}
        note=""
      />
    </PageFrame>
  );
}
