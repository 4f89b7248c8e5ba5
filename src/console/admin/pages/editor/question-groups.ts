/** Alternate questions that one sentence answers, named by a piece of it; `about` is empty for those the whole section answers. */
export interface QuestionGroup {
  readonly about: string;
  readonly ask: readonly string[];
}

/** Reads the `questions` of the front matter, where plain ones and groups may stand mixed: the plain ones make the first group. */
export function readGroups(questions: unknown): QuestionGroup[] {
  const items: readonly unknown[] = Array.isArray(questions) ? questions : [];
  const plain = items.filter((item) => typeof item !== 'object').map(String);
  const groups = items.flatMap((item) => {
    if (typeof item !== 'object' || item === null) return [];
    const { about, ask } = item as { readonly about?: unknown; readonly ask?: unknown };
    return [{ about: typeof about === 'string' ? about : '', ask: Array.isArray(ask) ? ask.map(String) : [] }];
  });
  return [{ about: '', ask: plain }, ...groups];
}

/** As the front matter holds them. Groups without a question, or not yet named, are kept only as far as they say something. */
export const writeGroups = (groups: readonly QuestionGroup[]): unknown[] =>
  groups.flatMap(({ about, ask }): unknown[] => (about === '' ? [...ask] : ask.length === 0 ? [] : [{ about, ask: [...ask] }]));
