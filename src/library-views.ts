import type { Answerer } from './answering/answerer.ts';
import { issuedLine } from './answering/cite.ts';
import type { Corpus } from './answering/corpus.ts';
import { explainQuestion } from './answering/explain.ts';
import type { SectionView, Topic } from './channels/web/schemas.ts';
import type { Explanation } from './domain/explanation.ts';
import { CATEGORIES, CATEGORY_IDS } from './domain/categories.ts';

/** The library as the web page shows it: a section in full, and the topics there are. */
export function libraryViews(answerer: Answerer, corpus: () => Corpus) {
  return {
    explain: (question: string): Explanation => explainQuestion(question, null, corpus()),
    section(documentId: string, number: number): SectionView | null {
      const found = answerer.section(documentId, number);
      const record = answerer.record(documentId);
      if (!found || !record) return null;
      return {
        documentId,
        documentTitle: record.title,
        section: found.number,
        title: found.title,
        part: found.part,
        text: found.text,
        sentences: [...found.sentences],
        issued: issuedLine(record),
        categories: found.categories.map((category) => CATEGORIES[category]),
      };
    },
    topics(): Topic[] {
      return CATEGORY_IDS.map((category): Topic => {
        const sections = corpus().sections.filter((section) => section.categories.includes(category) && section.number > 0);
        return {
          category,
          label: CATEGORIES[category],
          sections: sections.map(({ documentId, number, title }) => ({ documentId, section: number, title })),
        };
      }).filter((topic) => topic.sections.length > 0);
    },
  };
}
