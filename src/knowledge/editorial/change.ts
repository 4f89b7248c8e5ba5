import type { Actor } from '../../domain/audit.ts';
import type { Step } from './steps.ts';
import type { EditorialChange } from './store.ts';

/** A step as it is written down. @param expectedVersion of the text as it was read; null: it is new. */
export const changeOf = (
  step: Step,
  expectedVersion: number | null,
  { kind, userId, name, from }: Actor,
  atMs: number,
): EditorialChange => ({
  text: step.text,
  expectedVersion,
  revisions: [...step.others, step.revision],
  isPublication: step.isPublication,
  audit: { atMs, actor: { kind, userId, name, from }, action: step.action, target: `text:${step.text.id}`, detail: step.detail },
});
