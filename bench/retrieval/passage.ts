/** A stretch of text that can be found. */
export interface Passage {
  /** Unique in its corpus. What stands before a `#` names the document: passages that share it are sections of one document. */
  readonly id: string;
  /** May be empty. */
  readonly title: string;
  readonly text: string;
}

/** A question with the passages that answer it; it has at least one. */
export interface Question {
  readonly id: string;
  readonly text: string;
  readonly relevant: ReadonlySet<string>;
}

/** The document a passage belongs to; null when it stands alone. */
export const documentOf = (passageId: string): string | null => {
  const at = passageId.lastIndexOf('#');
  return at > 0 ? passageId.slice(0, at) : null;
};
