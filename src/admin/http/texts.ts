import { z } from 'zod';
import type { CatalogueEntry } from '../catalogue.ts';
import { publishedAmong, validityAmong } from '../catalogue.ts';
import { notFound } from './errors.ts';
import { namesOf } from './names.ts';
import { route } from './route.ts';
import * as schemas from './schemas.ts';
import { itemView, revisionViewOf, summaryView } from './text-views.ts';
import { textOf } from './text-of.ts';
import { editorOf } from './who.ts';
import { writtenSource } from './written.ts';

const filter = z.object({
  kind: schemas.textKind.optional(),
  category: schemas.category.optional(),
  state: schemas.revisionState.optional(),
  validity: schemas.validityStatus.optional(),
  q: z.string().trim().max(100).default(''),
  page: z.coerce.number().int().min(1).default(1),
  size: z.coerce.number().int().min(1).max(200).default(20),
});

/** Whether every word stands in what a document is known by. */
function matches({ text, record }: CatalogueEntry, q: string): boolean {
  const known = [text.id, text.title, record?.documentNumber, record?.issuingBody].join('\n').normalize('NFKC').toLowerCase();
  const words = q.normalize('NFKC').toLowerCase().split(/\s+/);
  return words.every((word) => known.includes(word));
}

export const textRoutes = [
  route(
    'viewer',
    'get',
    '/texts',
    { summary: 'The documents, filtered, page by page.', query: filter, answer: schemas.texts },
    async ({ query }, house) => {
      const { kind, category, state, validity, q, page, size } = query;
      const all = await house.catalogue.entries();
      const validityOf = validityAmong(publishedAmong(all), house.library.today());
      const inState = state === undefined ? null : new Set((await house.texts.texts({ state })).map(({ id }) => id));
      const found = all.filter(
        (entry) =>
          (kind === undefined || entry.text.kind === kind) &&
          (inState === null || inState.has(entry.text.id)) &&
          (category === undefined || entry.record?.category === category) &&
          (validity === undefined || (entry.record !== null && validityOf(entry.record).status === validity)) &&
          matches(entry, q),
      );
      const items = found.slice((page - 1) * size, page * size).map((entry) => itemView(entry, validityOf));
      return { items, total: found.length };
    },
  ),
  route(
    'viewer',
    'get',
    '/texts/:id',
    { summary: 'A document with its revisions, the latest first.', answer: schemas.textView },
    async ({ param }, house) => {
      const entry = await house.catalogue.entry(param('id'));
      if (entry === null) throw notFound('没有这份文件。');
      const [revisions, nameOf, all] = await Promise.all([
        house.texts.revisions(entry.text.id),
        namesOf(house.store),
        house.catalogue.entries(),
      ]);
      const item = itemView(entry, validityAmong(publishedAmong(all), house.library.today()));
      return { item, revisions: revisions.map((revision) => summaryView(revision, nameOf)) };
    },
  ),
  route(
    'editor',
    'post',
    '/texts',
    { summary: 'A new document as a draft.', body: schemas.newText, answer: schemas.revisionView },
    async ({ who, body }, house) => {
      const editor = editorOf(who);
      const origin = who.token === null ? 'console' : 'api';
      const { text, revision } = await house.editorial.create(editor, { source: writtenSource(body), note: body.note, origin });
      return revisionViewOf(house, editor, text, revision);
    },
  ),
  route(
    'viewer',
    'get',
    '/texts/:id/revisions/:number',
    { summary: 'A revision: its text, what is wrong with it, and what you may do with it.', answer: schemas.revisionView },
    async ({ who, param }, house) => {
      const { text, revision } = await textOf(house, param);
      return revisionViewOf(house, editorOf(who), text, revision);
    },
  ),
];
