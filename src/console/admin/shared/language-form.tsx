import { App, Form, Input } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { messageOf } from '../api/api-error.ts';
import type { Content, RevisionView } from '../api/types.ts';
import { usePreview } from './use-preview.ts';
import { ClashDialog } from './clash-dialog.tsx';
import { Fault } from './fault.tsx';
import type { ContentEditor } from './language-text.tsx';
import { useLeaveGuard } from './leave-guard.tsx';
import { ProblemList } from './problem-list.tsx';
import { SaveBar } from './save-bar.tsx';
import { groundOf, overwriting, useSave } from './use-save.ts';

interface Props<Kind extends Content['kind']> {
  readonly id: string;
  readonly kind: Kind;
  readonly view: RevisionView | null;
  readonly content: Extract<Content, { readonly kind: Kind }>;
  readonly isReadOnly: boolean;
  readonly editor: ContentEditor<Kind>;
}

/** A form, what is wrong with what it holds, and the way to review. */
export function LanguageForm<Kind extends Exclude<Content['kind'], 'policy' | 'procedure' | 'faq'>>({
  id,
  kind,
  view,
  content: first,
  isReadOnly,
  editor: Editor,
}: Props<Kind>) {
  const { message } = App.useApp();
  const navigate = useNavigate();
  const [content, setContent] = useState(first);
  const [note, setNote] = useState('');
  const isDirty = content !== first;
  const { guard, letGo } = useLeaveGuard(isDirty);
  const saving = useSave();
  const preview = usePreview({ content }, kind, '', null, isDirty);
  const problems = preview.data?.problems ?? view?.problems ?? [];

  const arrive = async (saved: RevisionView, isSubmitting: boolean): Promise<void> => {
    letGo();
    if (!isSubmitting) return void message.success('已保存为草稿');
    try {
      await saving.submit(saved, note);
      void message.success('已提交审核');
    } catch (thrown) {
      void message.warning(`草稿已保存，但没能提交：${messageOf(thrown)}`);
    }
    void navigate(`/review/${encodeURIComponent(id)}/${saved.revision.number}`);
  };
  /** What goes wrong is shown above the buttons. */
  const save = (isSubmitting: boolean): void =>
    void saving.save({ written: { content }, note, ground: groundOf(id, view) }).then(
      (saved) => arrive(saved, isSubmitting),
      () => undefined,
    );

  return (
    <>
      {guard}
      {saving.clash !== null && (
        <ClashDialog
          clash={saving.clash}
          isSaving={saving.isSaving}
          onKeepMine={() =>
            void saving.save(overwriting(saving.clash!)).then(
              (saved) => arrive(saved, false),
              () => undefined,
            )
          }
          onTakeTheirs={() => {
            letGo();
            void navigate(`/texts/${encodeURIComponent(id)}?revision=${saving.clash!.conflict.theirRevision.number}`);
          }}
          onBack={saving.forgetClash}
        />
      )}
      <ProblemList problems={problems} />
      <section className="panel" aria-label="内容">
        <Editor content={content} isReadOnly={isReadOnly} onChange={setContent} />
      </section>
      {!isReadOnly && (
        <section className="panel" aria-label="保存">
          <Fault error={saving.error} />
          <Form layout="vertical" component="div">
            <Form.Item label="改动说明" htmlFor="language-note">
              <Input.TextArea id="language-note" value={note} maxLength={1000} rows={1} onChange={({ target }) => setNote(target.value)} />
            </Form.Item>
          </Form>
          <SaveBar
            isDirty={isDirty}
            isSaving={saving.isSaving}
            hasErrors={problems.some(({ severity }) => severity === 'error')}
            isSubmittable={isDirty || view?.revision.state === 'draft'}
            onSave={() => save(false)}
            onSubmit={() => save(true)}
          />
        </section>
      )}
    </>
  );
}
