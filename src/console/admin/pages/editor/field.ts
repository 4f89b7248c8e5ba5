import type { MetaPath } from './meta-path.ts';

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** A column of a list whose items have several parts. */
export interface Column {
  readonly key: string;
  readonly label: string;
  readonly type: 'text' | 'number' | 'choice' | 'choices';
  readonly options?: readonly Choice[];
  readonly isWide?: boolean;
}

/** One value of the front matter, and how it is asked for. */
export interface Field {
  readonly path: MetaPath;
  readonly label: string;
  readonly hint?: string;
  readonly isRequired?: boolean;
  /** `words`: short words, `lines`: sentences one a line, `rows`: items with several parts. */
  readonly type: 'text' | 'long' | 'date' | 'number' | 'choice' | 'words' | 'lines' | 'rows';
  readonly options?: readonly Choice[];
  readonly columns?: readonly Column[];
  readonly isWide?: boolean;
}

export const choices = (values: readonly string[]): Choice[] => values.map((value) => ({ value, label: value }));

/** Fields under a heading. */
export interface FieldGroup {
  readonly title: string;
  readonly fields: readonly Field[];
}
