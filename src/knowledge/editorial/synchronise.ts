import { THE_HOUSE } from '../../domain/audit.ts';
import { AppError } from '../../domain/errors.ts';
import type { KnowledgeFile } from '../knowledge-files.ts';
import { kindOfSource, readText } from '../text-source.ts';
import { changeOf } from './change.ts';
import { type Fate, fateOf } from './file-fate.ts';
import { isLanguageId, type LibraryText } from './revision.ts';
import * as steps from './steps.ts';
import type { EditorialChange, EditorialStore } from './store.ts';

export interface Synchronisation {
  readonly published: number;
  /** Changed files of texts that were changed by hand too: for a reviewer. */
  readonly drafted: number;
  readonly withdrawn: number;
  /** What could not be taken over, with file, line and reason. */
  readonly problems: readonly string[];
}

export interface SynchroniseOptions {
  readonly files: readonly KnowledgeFile[];
  readonly store: EditorialStore;
  readonly now: () => number;
}

/** Another process may have been first, and then another: each time what it wrote is taken in. */
const TRIES = 6;

/**
 * Brings the library's texts up to the knowledge files: new and changed files are published, unless somebody changed the text by hand since;
 * then they become drafts. A text goes with its file on the same condition. All of it is written at once; safe in several processes together.
 * A file that cannot be read changes nothing, and is told of.
 * @throws {AppError} `KNOWLEDGE_UNREADABLE` when the library is still empty and a file cannot be read, or there is none; `STALE` when others
 * were faster again and again
 */
export async function synchronise({ files, store, now }: SynchroniseOptions): Promise<Synchronisation> {
  for (let tries = 0; tries < TRIES; tries++) {
    const { changes, ...result } = await changesOf(files, store, now());
    if (changes.length === 0 || (await store.commit(changes)) === 'saved') return result;
  }
  throw new AppError('STALE', `Expected to write the changes of the knowledge files within ${TRIES} tries, others wrote each time.`);
}

async function changesOf(
  files: readonly KnowledgeFile[],
  store: EditorialStore,
  atMs: number,
): Promise<Synchronisation & { readonly changes: EditorialChange[] }> {
  const texts = new Map((await store.texts()).map((text) => [text.id, text]));
  const publishedDigests = new Map((await store.published()).texts.map(({ id, digest }) => [id, digest]));
  const changes: EditorialChange[] = [];
  const problems: string[] = [];
  const counts: Record<Fate, number> = { publish: 0, draft: 0, withdraw: 0, mark: 0 };
  const take = async (text: LibraryText | null, file: KnowledgeFile | null, fate: Fate): Promise<void> => {
    changes.push(await changeFor(fate, text, file, store, atMs));
    counts[fate]++;
  };
  const isFirst = texts.size === 0;
  if (!files.some(({ textId }) => !isLanguageId(textId))) {
    // A folder that is not there, or not yet: no reason to withdraw a whole library.
    const problem = 'Expected Markdown files in policies/, procedures/ or faq/, found none.';
    if (isFirst) throw new AppError('KNOWLEDGE_UNREADABLE', problem);
    return { changes, problems: [problem], published: 0, drafted: 0, withdrawn: 0 };
  }

  const seen = new Map<string, string>();
  for (const file of files) {
    const twin = seen.get(file.textId);
    seen.set(file.textId, twin ?? file.path);
    try {
      if (twin !== undefined)
        throw new AppError('KNOWLEDGE_UNREADABLE', `${file.path}: expected a new id, but "${file.textId}" is taken by ${twin}.`);
      const text = texts.get(file.textId) ?? null;
      const publishedDigest = publishedDigests.get(file.textId) ?? null;
      const fate = fateOf(
        text,
        file.digest,
        publishedDigest,
        text !== null && publishedDigest === null && (await wentWithFile(text, store)),
      );
      if (fate) await take(text, file, fate);
    } catch (error) {
      if (isFirst || !(error instanceof AppError)) throw error;
      problems.push(error.message);
    }
  }
  for (const text of texts.values()) {
    if (seen.has(text.id)) continue;
    const fate = fateOf(text, null, publishedDigests.get(text.id) ?? null, false);
    if (fate) await take(text, null, fate);
  }
  return { changes, problems, published: counts.publish, drafted: counts.draft, withdrawn: counts.withdraw };
}

/** Whether a text nobody is answered from was last answered from its file, and went with it. */
async function wentWithFile({ id, fileDigest }: LibraryText, store: EditorialStore): Promise<boolean> {
  if (fileDigest !== null) return false;
  const last = (await store.revisions(id))
    .filter(({ state }) => state === 'superseded')
    .sort((a, b) => (b.supersededAtMs ?? 0) - (a.supersededAtMs ?? 0) || b.number - a.number)[0];
  return last?.origin === 'file';
}

const FILE_NOTE = '资料文件有改动';

/** @throws {AppError} `KNOWLEDGE_UNREADABLE` when the file cannot be read, or holds another text than it says */
async function changeFor(
  fate: Fate,
  text: LibraryText | null,
  file: KnowledgeFile | null,
  store: EditorialStore,
  atMs: number,
): Promise<EditorialChange> {
  const step = await stepOf(fate, text, file, store, atMs);
  const version = text?.version ?? null;
  const base = step ? changeOf(step, version, THE_HOUSE, atMs) : null;
  return {
    text: { ...(base?.text ?? text!), fileDigest: file?.digest ?? null, version: (version ?? 0) + 1 },
    expectedVersion: version,
    revisions: base?.revisions ?? [],
    isPublication: base?.isPublication ?? false,
    audit: {
      atMs,
      actor: THE_HOUSE,
      action: 'text.synchronised',
      target: `text:${text?.id ?? file!.textId}`,
      detail: { ...step?.detail, file: file?.path ?? null, outcome: fate },
    },
  };
}

/** Null: nothing changes but what is known of the file. */
async function stepOf(
  fate: Fate,
  text: LibraryText | null,
  file: KnowledgeFile | null,
  store: EditorialStore,
  atMs: number,
): Promise<steps.Step | null> {
  if (fate === 'mark') return null;
  const before = text === null || text.published === null ? null : await store.revision(text.id, text.published);
  if (fate === 'withdraw') return steps.withdrawn(text!, before!, '', atMs);
  const read = readFile(file!);
  if (fate === 'draft' && text && read.kind !== text.kind)
    throw new AppError(
      'KNOWLEDGE_UNREADABLE',
      `${file!.path}: expected the kind "${text.kind}" of the text it is a new state of, got "${read.kind}".`,
    );
  const by = { authorId: null, origin: 'file', base: text?.published ?? null, note: text === null ? '' : FILE_NOTE } as const;
  const draft = steps.drafted(text ?? steps.newText(read.id, read, atMs), read, by, atMs);
  return fate === 'publish' ? steps.published(draft.text, draft.revision, read, before, atMs) : draft;
}

function readFile({ textId, path, source }: KnowledgeFile): steps.Readable & { readonly id: string } {
  const kind = kindOfSource(source, path);
  const { id, title } = readText(source, kind, path);
  if (id !== textId) throw new AppError('KNOWLEDGE_UNREADABLE', `${path}: expected the id "${textId}", got "${id}".`);
  return { id, kind, title, source };
}
