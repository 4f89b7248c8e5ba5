import type { LibraryRecord } from '../../domain/record.ts';
import type { TextKind } from '../../knowledge/editorial/revision.ts';
import { readText, textProblems } from '../../knowledge/text-source.ts';
import { route } from './route.ts';
import { preview, previewRequest } from './schemas.ts';
import { writtenSource } from './written.ts';

export const previewRoutes = [
  route(
    'viewer',
    'post',
    '/preview',
    { summary: 'How an answer from a text would look on the web page, in Feishu and in Telegram.', body: previewRequest, answer: preview },
    async ({ body }, { library }) => {
      const source = writtenSource(body);
      const problems = [...textProblems(source, body.kind, library.today())];
      const record = readableRecord(source, body.kind);
      if (record === null) return { problems, sections: [], cards: null };
      const cards = library.cards(library.previewReply(record, body.question, body.section));
      const buttons = cards.telegram.buttons.map((row) => [...row]);
      return {
        problems,
        sections: record.sections.map(({ number, title }) => ({ number, title })),
        cards: { web: cards.web, feishu: cards.feishu, telegram: { html: cards.telegram.html, buttons } },
      };
    },
  ),
];

/** `problems` say why there is none. */
function readableRecord(source: string, kind: TextKind): LibraryRecord | null {
  try {
    return readText(source, kind).record;
  } catch {
    return null;
  }
}
