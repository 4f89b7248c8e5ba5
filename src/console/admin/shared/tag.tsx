import type { ReactNode } from 'react';
import { STATES, VALIDITIES, outcomeOf, type Tone } from '../words/names.ts';
import type { RevisionState, ValidityStatus } from '../api/types.ts';

/** A word about the state of something. The word says it; the colour only helps. */
export function StateWord({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return <span className={`state state-${tone}`}>{children}</span>;
}
export const RevisionTag = ({ state }: { readonly state: RevisionState }) => (
  <StateWord tone={STATES[state].tone}>{STATES[state].name}</StateWord>
);
export const ValidityTag = ({ status }: { readonly status: ValidityStatus }) => (
  <StateWord tone={VALIDITIES[status].tone}>{VALIDITIES[status].name}</StateWord>
);
export const OutcomeTag = ({ outcome }: { readonly outcome: string }) => (
  <StateWord tone={outcomeOf(outcome).tone}>{outcomeOf(outcome).name}</StateWord>
);
