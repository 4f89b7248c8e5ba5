import type { Editor, Seen, Written } from '../../knowledge/editorial/editorial.ts';
import { withConflict } from './conflict.ts';
import { type House } from './house.ts';
import { route, type SignedCall } from './route.ts';
import * as schemas from './schemas.ts';
import { revisionViewOf } from './text-views.ts';
import { numberIn } from './text-of.ts';
import { editorOf } from './who.ts';
import { writtenSource } from './written.ts';

type RevisionView = schemas.View<typeof schemas.revisionView>;
type Step = (house: House, editor: Editor, id: string, number: number, seen: Seen) => Promise<Written>;

/** Takes a step and shows the revision it was about; who was too late is shown both texts. */
async function take(
  { who, param }: Pick<SignedCall, 'who' | 'param'>,
  house: House,
  mine: string | null,
  step: (editor: Editor, id: string, number: number) => Promise<Written>,
): Promise<RevisionView> {
  const editor = editorOf(who);
  const [id, number] = [param('id'), param('number') === '' ? null : numberIn(param('number'))];
  const { text, revision } = await withConflict(house, { id, number, mine }, () => step(editor, id, number ?? 0));
  return revisionViewOf(house, editor, text, revision);
}

const stepRoute = (needs: 'editor' | 'reviewer', name: string, summary: string, step: Step) =>
  route(
    needs,
    'post',
    `/texts/:id/revisions/:number/${name}`,
    { summary, body: schemas.step, answer: schemas.revisionView },
    (call, house) => take(call, house, null, (editor, id, number) => step(house, editor, id, number, call.body)),
  );

export const revisionRoutes = [
  route(
    'editor',
    'post',
    '/texts/:id/revisions',
    { summary: 'A new draft on top of a revision.', body: schemas.newRevision, answer: schemas.revisionView },
    (call, house) => {
      const { base, version, note } = call.body;
      const source = writtenSource(call.body);
      const origin = call.who.token === null ? 'console' : 'api';
      return take(call, house, source, (editor, id) => house.editorial.draft(editor, id, { source, base, version, note, origin }));
    },
  ),
  route(
    'editor',
    'put',
    '/texts/:id/revisions/:number',
    { summary: 'Edit a draft in place.', body: schemas.revisionChange, answer: schemas.revisionView },
    (call, house) => {
      const { version, note } = call.body;
      const source = writtenSource(call.body);
      return take(call, house, source, (editor, id, number) => house.editorial.edit(editor, id, number, { source, version, note }));
    },
  ),
  stepRoute('editor', 'submit', 'Send a draft to review.', ({ editorial }, ...step) => editorial.submit(...step)),
  stepRoute('editor', 'send-back', 'Back to draft (reviewer, or its author).', ({ editorial }, ...step) => editorial.sendBack(...step)),
  stepRoute('editor', 'discard', 'Give a draft up.', ({ editorial }, ...step) => editorial.discard(...step)),
  stepRoute('reviewer', 'reject', 'Turn a revision down.', ({ editorial }, ...step) => editorial.reject(...step)),
  route(
    'reviewer',
    'post',
    '/texts/:id/revisions/:number/approve',
    {
      summary: 'Publish a revision, now or at a time. Asks for an impact worked out for this very text.',
      body: schemas.approval,
      answer: schemas.revisionView,
    },
    (call, house) => take(call, house, null, (editor, id, number) => house.editorial.approve(editor, id, number, call.body)),
  ),
  route(
    'reviewer',
    'post',
    '/texts/:id/roll-back',
    { summary: 'Publish the text of an earlier revision anew.', body: schemas.rollBack, answer: schemas.revisionView },
    (call, house) => take(call, house, null, (editor, id) => house.editorial.rollBack(editor, id, call.body)),
  ),
  route(
    'reviewer',
    'post',
    '/texts/:id/withdraw',
    { summary: 'Answer nothing from a document any more; its revisions stay.', body: schemas.step, answer: schemas.revisionView },
    (call, house) => take(call, house, null, (editor, id) => house.editorial.withdraw(editor, id, call.body)),
  ),
];
