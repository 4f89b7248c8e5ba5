import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../api/api-error.ts';
import { changeRevision, createRevision, createText, refreshTexts, revisionKey, takeStep } from '../api/texts.ts';
import type { Conflict, RevisionView, Written } from '../api/types.ts';

/** What a draft is saved over. */
export interface Ground {
  /** Null: the document is new. */
  readonly textId: string | null;
  /** Revision it was made from; null when the text has none yet. */
  readonly number: number | null;
  /** The revision is a draft that may be changed in place; else the next one is begun. */
  readonly isOwnDraft: boolean;
  readonly version: number;
}

export const groundOf = (textId: string, view: RevisionView | null): Ground => ({
  textId,
  number: view?.revision.number ?? null,
  isOwnDraft: view?.revision.state === 'draft' && view.may.edit,
  version: view?.version ?? 0,
});

interface Saving {
  readonly written: Written;
  readonly note: string;
  readonly ground: Ground;
}

export interface Clash {
  readonly conflict: Conflict;
  readonly saving: Saving;
}

function save({ written, note, ground: { textId, number, isOwnDraft, version } }: Saving): Promise<RevisionView> {
  if (textId === null) return createText(written, note);
  return isOwnDraft && number !== null
    ? changeRevision(textId, number, written, { note, version })
    : createRevision(textId, written, { note, base: number, version });
}

/** Saves drafts. When somebody was faster, `clash` holds both texts until it is decided which is to stand. */
export function useSave() {
  const client = useQueryClient();
  const [clash, setClash] = useState<Clash | null>(null);
  const saving = useMutation({
    mutationFn: save,
    onSuccess: (view) => {
      setClash(null);
      client.setQueryData(revisionKey(view.revision.textId, view.revision.number), view);
      void refreshTexts(client);
    },
    onError: (error, variables) => {
      if (error instanceof ApiError && error.code === 'STALE' && isConflict(error.body))
        setClash({ conflict: error.body, saving: variables });
    },
  });
  const isClash = saving.error instanceof ApiError && saving.error.code === 'STALE' && clash !== null;
  return {
    save: (saved: Saving) => saving.mutateAsync(saved),
    /** Sends what was saved to review. */
    submit: async ({ revision: { textId, number }, version }: RevisionView, note: string): Promise<void> => {
      client.setQueryData(revisionKey(textId, number), await takeStep(textId, number, 'submit', { version, note }));
      await refreshTexts(client);
    },
    isSaving: saving.isPending,
    error: isClash ? null : saving.error,
    clash,
    forgetClash: () => setClash(null),
  };
}

/** The same once more, on top of what stands now. */
export function overwriting({ conflict, saving }: Clash): Saving {
  const { textId } = saving.ground;
  const { number, state } = conflict.theirRevision;
  return { ...saving, ground: { textId, number, isOwnDraft: state === 'draft', version: conflict.version } };
}

const isConflict = (body: unknown): body is Conflict => typeof body === 'object' && body !== null && 'theirRevision' in body;
