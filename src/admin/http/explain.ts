import { AppError } from '../../domain/errors.ts';
import { route } from './route.ts';
import { explained, explainRequest } from './schemas.ts';
import { textOf } from './text-of.ts';

export const explainRoutes = [
  route(
    'editor',
    'post',
    '/explain',
    {
      summary: 'How a question is answered now, was before the last publication, and would be with a draft.',
      body: explainRequest,
      answer: explained,
    },
    async ({ body: { question, draft } }, { library, texts }) => {
      const current = library.explain(question, 'current');
      if (current === null) throw new AppError('NOT_POSSIBLE', '知识库尚未就绪。', { hint: '请稍后重试。' });
      const address = (name: string): string => String(name === 'id' ? draft?.textId : draft?.number);
      const source = draft === null ? null : (await textOf({ texts }, address)).revision.source;
      return {
        current,
        currentReply: library.cards(library.reply(question)).web,
        previous: library.explain(question, 'previous'),
        draft: draft === null || source === null ? null : await library.explainWith(question, { textId: draft.textId, source }),
        libraryVersion: library.version(),
      };
    },
  ),
];
