import { App, Form, Input } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { RevisionView } from '../../api/types.ts';
import { ClashDialog } from '../../shared/clash-dialog.tsx';
import { Fault } from '../../shared/fault.tsx';
import { useLeaveGuard } from '../../shared/leave-guard.tsx';
import { SaveBar } from '../../shared/save-bar.tsx';
import { type Ground, overwriting, useSave } from '../../shared/use-save.ts';
import { messageOf } from '../../api/api-error.ts';
import { EditorTabs } from './editor-tabs.tsx';
import { EditorPreview } from './editor-preview.tsx';
import { type Initial, kindOf, missingIn, stateOf, type TextState, writtenOf } from './text-state.ts';
import { usePreview } from '../../shared/use-preview.ts';

interface Props {
  readonly initial: Initial;
  readonly ground: Ground;
  readonly note: string;
}

/** The editor of documents: form or source on one side, mistakes and cards on the other. */
export function TextEditor({ initial, ground, note: firstNote }: Props) {
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [state, setState] = useState<TextState>(() => stateOf(initial));
  const [note, setNote] = useState(firstNote);
  const [isDirty, setDirty] = useState(false);
  const [line, setLine] = useState<number | null>(null);
  const [question, setQuestion] = useState('');
  const [section, setSection] = useState<number | null>(null);
  const { guard, letGo } = useLeaveGuard(isDirty);
  const saving = useSave();
  const missing = missingIn(state);
  const preview = usePreview(writtenOf(state), kindOf(state), question, section, missing.length === 0);
  const problems = preview.data?.problems ?? [];

  const change = (next: TextState): void => {
    setState(next);
    setDirty(true);
  };
  const arrive = async (view: RevisionView, isSubmitting: boolean): Promise<void> => {
    const { revision } = view;
    letGo();
    setDirty(false);
    const place = `/texts/${encodeURIComponent(revision.textId)}`;
    if (!isSubmitting) {
      void message.success('已保存为草稿');
      return void navigate(`${place}/edit/${revision.number}`, { replace: true });
    }
    try {
      await saving.submit(view, note);
      void message.success('已提交审核');
    } catch (thrown) {
      void message.warning(`草稿已保存，但没能提交：${messageOf(thrown)}`);
    }
    void navigate(place);
  };
  /** What goes wrong is shown above the buttons. */
  const save = (isSubmitting: boolean): void =>
    void saving.save({ written: writtenOf(state), note, ground }).then(
      (view) => arrive(view, isSubmitting),
      () => undefined,
    );

  return (
    <div className="columns columns-editor" inert={saving.isSaving}>
      {guard}
      {saving.clash !== null && (
        <ClashDialog
          clash={saving.clash}
          isSaving={saving.isSaving}
          onKeepMine={() =>
            void saving.save(overwriting(saving.clash!)).then(
              (view) => arrive(view, false),
              () => undefined,
            )
          }
          onTakeTheirs={() => {
            letGo();
            void navigate(`/texts/${encodeURIComponent(ground.textId ?? '')}?revision=${saving.clash!.conflict.theirRevision.number}`);
          }}
          onBack={saving.forgetClash}
        />
      )}
      <div>
        <EditorTabs
          state={state}
          initial={initial}
          isDirty={isDirty}
          hasFixedId={ground.textId !== null}
          sections={preview.data?.sections ?? []}
          line={line}
          onChange={change}
          onSwitch={setState}
        />
        <section className="panel" aria-label="保存">
          <Fault error={saving.error} />
          <Form layout="vertical" component="div">
            <Form.Item label="改动说明" htmlFor="draft-note" extra="改了什么、为什么，给审核人看。">
              <Input.TextArea id="draft-note" value={note} maxLength={1000} rows={2} onChange={({ target }) => setNote(target.value)} />
            </Form.Item>
          </Form>
          <SaveBar
            missing={missing}
            isDirty={isDirty}
            isSaving={saving.isSaving}
            hasErrors={problems.some(({ severity }) => severity === 'error')}
            isSubmittable={isDirty || ground.isOwnDraft}
            onSave={() => save(false)}
            onSubmit={() => save(true)}
          />
        </section>
      </div>
      <EditorPreview
        missing={missing}
        preview={preview.data ?? null}
        error={preview.error}
        isFetching={preview.isFetching}
        question={question}
        section={section}
        onQuestion={setQuestion}
        onSection={setSection}
        {...(state.mode === 'source' ? { onGoTo: (found: number) => setLine(found) } : {})}
      />
    </div>
  );
}
