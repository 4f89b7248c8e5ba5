import { AppError } from '../domain/errors.ts';
import type { Log } from '../domain/log.ts';
import type { PublishedText } from '../knowledge/editorial/store.ts';
import { type Library, libraryOf } from '../knowledge/library.ts';
import { isRecordKind } from '../knowledge/text-source.ts';

/** Lexicon, thesaurus and English list decide how every text is read; a change of one of them changes them all. */
const isLanguage = ({ kind }: Pick<PublishedText, 'kind'>): boolean => kind === 'lexicon' || kind === 'thesaurus' || kind === 'english';
const LANGUAGE_IDS = ['lexicon.txt', 'thesaurus.yaml', 'english.yaml'];

/** What was published since a state of the library. */
export interface Publication {
  readonly version: number;
  readonly texts: readonly PublishedText[];
  readonly withdrawn: readonly string[];
}

/** Whether a publication changes how texts and questions are read. */
export const changesLanguage = ({ texts, withdrawn }: Publication): boolean =>
  texts.some(isLanguage) || withdrawn.some((id) => LANGUAGE_IDS.includes(id));

/**
 * The library of some published texts. A text that cannot be read any more (by a newer program, say) is left out and told of: the others are
 * answered from all the same.
 * @param timeZone in which a record's day of publication is told
 */
export function libraryFrom(texts: readonly PublishedText[], timeZone: string, log: Log): Library {
  try {
    return libraryOf(texts, timeZone);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return libraryOf(
      texts.filter((text) => isReadable(text, log)),
      timeZone,
    );
  }
}

function isReadable(text: PublishedText, log: Log): boolean {
  try {
    libraryOf([text]);
    return true;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    log.error({ text: text.id, revision: text.revision, reason: error.message }, 'a published text cannot be read and is left out');
    return false;
  }
}

/** The library after a publication that leaves the language as it is; records that did not change stay the same objects. */
export function libraryAfter(library: Library, { texts, withdrawn }: Publication, timeZone: string, log: Log): Library {
  const read = libraryFrom(
    texts.filter(({ kind }) => isRecordKind(kind)),
    timeZone,
    log,
  );
  const touched = new Set([...withdrawn, ...texts.map(({ id }) => id)]);
  const kept = library.records.filter(({ id }) => !touched.has(id));
  const questions = texts.filter(({ kind }) => kind === 'questions');
  const digests = new Map([...library.digests].filter(([id]) => !touched.has(id)));
  for (const [id, digest] of read.digests) digests.set(id, digest);
  return {
    ...library,
    records: [...kept, ...read.records].sort((a, b) => (a.id < b.id ? -1 : 1)),
    digests,
    ...(touched.has('questions.jsonl') && { questions: libraryFrom(questions, timeZone, log).questions }),
  };
}
