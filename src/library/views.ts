import type { Answerer } from '../answering/answerer.ts';
import { issuedLine } from '../answering/cite.ts';
import type { AnsweringState } from '../answering/state.ts';
import type { SectionView, Topic } from '../channels/web/schemas.ts';
import type { Archive } from '../conversations/archive.ts';
import { CATEGORIES, CATEGORY_IDS } from '../domain/categories.ts';
import type { Explanation } from '../domain/explanation.ts';
import type { LibraryRecord, Section } from '../domain/record.ts';
import type { Stacks } from '../stacks/stacks.ts';
import { explainWidely } from './explain-widely.ts';

/**
 * The library as the web page shows it: a section in full, and the topics there are.
 * @param stacks null: the library at hand is all there is
 */
export function libraryViews(
  answerer: Answerer,
  state: () => AnsweringState,
  archive: Archive,
  stacks: Pick<Stacks, 'stateOn' | 'holding'> | null = null,
) {
  return {
    explain: (question: string): Promise<Explanation> => explainWidely(question, state(), stacks),
    /** @param revision as it was quoted; null: as it is now */
    async section(documentId: string, number: number, revision: number | null): Promise<SectionView | null> {
      const record = answerer.record(documentId);
      if (revision !== null && record?.revision !== revision) {
        const quoted = await archive.section(documentId, number, revision);
        if (quoted) return viewOf(quoted.section, quoted.record);
      }
      const holder = record ? answerer : await stacks?.holding(documentId, number);
      const section = holder?.section(documentId, number) ?? null;
      return section && viewOf(section, holder!.record(documentId)!);
    },
    topics(): Topic[] {
      return CATEGORY_IDS.map((category): Topic => {
        const answer = answerer.browse(category);
        const cited = answer.outcome === 'browse' ? answer.sections : [];
        const sections = cited.map(({ kind, documentId, section, sectionTitle: title }) => ({ kind, documentId, section, title }));
        return { category, label: CATEGORIES[category], sections };
      }).filter((topic) => topic.sections.length > 0);
    },
  };
}

const viewOf = ({ documentId, number, title, part, text, sentences, categories }: Section, record: LibraryRecord): SectionView => ({
  ...(record.kind === 'policy' ? {} : { kind: record.kind }),
  documentId,
  documentTitle: record.title,
  section: number,
  title,
  part,
  text,
  sentences: [...sentences],
  issued: issuedLine(record),
  categories: categories.map((category) => CATEGORIES[category]),
});
