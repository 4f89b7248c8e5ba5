import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import type { ComponentType } from 'react';
import { Link } from 'react-router';
import { ApiError } from '../api/api-error.ts';
import { useSignedIn } from '../api/session.ts';
import { fetchRevision, fetchText, textKey } from '../api/texts.ts';
import type { Content, RevisionView } from '../api/types.ts';
import { mayActAs } from '../words/names.ts';
import { LanguageForm } from './language-form.tsx';
import { Loaded } from './loaded.tsx';
import { RevisionTag } from './tag.tsx';

/** A form for one kind of text. */
export type ContentEditor<Kind extends Content['kind']> = ComponentType<{
  readonly content: Extract<Content, { readonly kind: Kind }>;
  readonly isReadOnly: boolean;
  readonly onChange: (content: Extract<Content, { readonly kind: Kind }>) => void;
}>;

interface Props<Kind extends 'lexicon' | 'thesaurus' | 'english' | 'questions'> {
  readonly id: string;
  readonly kind: Kind;
  /** What it holds before it was ever written. */
  readonly empty: Extract<Content, { readonly kind: Kind }>;
  readonly editor: ContentEditor<Kind>;
}

/** One of the texts there is a single one of: its latest revision, edited and sent to review. */
export function LanguageText<Kind extends 'lexicon' | 'thesaurus' | 'english' | 'questions'>({ id, kind, empty, editor }: Props<Kind>) {
  const { role } = useSignedIn().user;
  const query = useQuery({ queryKey: [...textKey(id), 'latest'], queryFn: () => fetchLatest(id), refetchOnWindowFocus: false });
  return (
    <Loaded query={query} rows={10}>
      {({ view }) => {
        const content = view === null ? empty : view.content;
        const state = view?.revision.state;
        if (content === null || content.kind !== kind) {
          return (
            <Alert
              type="warning"
              showIcon
              title="这份内容读不成表单。"
              action={<Link to={`/texts/${encodeURIComponent(id)}`}>查看修订记录</Link>}
            />
          );
        }
        return (
          <>
            {view !== null && (
              <p className="language-state">
                <Link to={`/texts/${encodeURIComponent(id)}`}>第 {view.revision.number} 次修订</Link>{' '}
                <RevisionTag state={view.revision.state} />
                {(state === 'in-review' || state === 'scheduled') && ' 审核结束前不能再改。'}
              </p>
            )}
            <LanguageForm
              key={`${view?.revision.number ?? 0}:${view?.version ?? 0}`}
              id={id}
              kind={kind}
              view={view}
              content={content as Extract<Content, { readonly kind: Kind }>}
              isReadOnly={!mayActAs(role, 'editor') || state === 'in-review' || state === 'scheduled'}
              editor={editor}
            />
          </>
        );
      }}
    </Loaded>
  );
}

/** The revision to go on from: a draft or what is under review, else what is published, else the latest. */
async function fetchLatest(id: string): Promise<{ readonly view: RevisionView | null }> {
  try {
    const { item, revisions } = await fetchText(id);
    const open = revisions.find(({ number, state }) => number === item.latest && ['draft', 'in-review', 'scheduled'].includes(state));
    return { view: await fetchRevision(id, open?.number ?? item.published ?? item.latest) };
  } catch (thrown) {
    if (thrown instanceof ApiError && thrown.status === 404) return { view: null };
    throw thrown;
  }
}
