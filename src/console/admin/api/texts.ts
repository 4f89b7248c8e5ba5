import type { QueryClient } from '@tanstack/react-query';
import { get, post, put } from './client.ts';
import type { Diff, Job, Preview, RevisionView, TextKind, TextView, Texts, Written } from './types.ts';

export interface TextFilter {
  readonly kind: string;
  readonly category: string;
  readonly state: string;
  readonly validity: string;
  readonly q: string;
  readonly page: number;
  readonly size: number;
}

export const textsKey = (filter: Partial<TextFilter>) => ['texts', filter] as const;
export const textKey = (id: string) => ['text', id] as const;
export const revisionKey = (id: string, number: number) => ['text', id, 'revision', number] as const;
export const diffKey = (id: string, from: number | null, to: number) => ['text', id, 'diff', from, to] as const;

const at = (id: string, rest = ''): string => `texts/${encodeURIComponent(id)}${rest}`;
const revisionAt = (id: string, number: number, rest = ''): string => at(id, `/revisions/${number}${rest}`);

export const fetchTexts = (filter: Partial<TextFilter>, signal?: AbortSignal): Promise<Texts> => get('texts', { ...filter }, signal);
export const fetchText = (id: string): Promise<TextView> => get(at(id));
export const fetchRevision = (id: string, number: number): Promise<RevisionView> => get(revisionAt(id, number));
export const fetchDiff = (id: string, from: number | null, to: number): Promise<Diff> => get(at(id, '/diff'), { from, to });

export const createText = (written: Written, note: string): Promise<RevisionView> => post('texts', { ...written, note });
export const createRevision = (
  id: string,
  written: Written,
  made: { readonly note: string; readonly base: number | null; readonly version: number },
) => post<RevisionView>(at(id, '/revisions'), { ...written, ...made });
export const changeRevision = (id: string, number: number, written: Written, seen: Seen) =>
  put<RevisionView>(revisionAt(id, number), { ...written, ...seen });

export interface Seen {
  readonly version: number;
  readonly note: string;
}
/** The steps a revision takes. */
export type Step = 'submit' | 'send-back' | 'reject' | 'discard';
export const takeStep = (id: string, number: number, step: Step, seen: Seen) =>
  post<RevisionView>(revisionAt(id, number, `/${step}`), seen);
/** Published at once when `publishAtMs` is null. */
export const approve = (id: string, number: number, seen: Seen & { readonly publishAtMs: number | null }) =>
  post<unknown>(revisionAt(id, number, '/approve'), seen);
export const rollBack = (id: string, seen: Seen & { readonly revision: number }) => post<unknown>(at(id, '/roll-back'), seen);
export const withdraw = (id: string, seen: Seen) => post<unknown>(at(id, '/withdraw'), seen);
export const startImpact = (id: string, number: number): Promise<Job> => post(revisionAt(id, number, '/impact'));

export const fetchPreview = (
  written: Written,
  kind: TextKind,
  question: string,
  section: number | null,
  signal: AbortSignal,
): Promise<Preview> => post('preview', { ...written, kind, question, section }, signal);

/** After a change of a text: everything that may show it is asked for again. */
export const refreshTexts = (client: QueryClient): Promise<unknown> =>
  Promise.all([['texts'], ['text'], ['overview']].map((queryKey) => client.invalidateQueries({ queryKey })));
