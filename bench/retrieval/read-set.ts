import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { z } from 'zod';
import type { Passage, Question } from './passage.ts';
import { badFile, type OnLine, readJsonLines, readLines } from './read-lines.ts';

/** Where the parts of one set of test data are. */
export interface SetFiles {
  readonly name: string;
  readonly corpus: string;
  readonly queries: string;
  readonly qrels: string;
}

export interface RetrievalSet {
  readonly passages: readonly Passage[];
  readonly questions: readonly Question[];
  /** What was left out of the count, in words; empty when nothing was. */
  readonly notes: readonly string[];
}

const passage = z.object({ id: z.string().min(1), title: z.string().default(''), text: z.string() });
const PASSAGE_SHAPE = '{"id":"p1","title":"…","text":"…"}';
const query = z.object({ id: z.string().min(1), text: z.string().min(1) });
const QUERY_SHAPE = '{"id":"q1","text":"…"}';
const QRELS_HINT = 'A line is: query id, tab, passage id, tab, 1 (0: judged wrong). Files must belong to the same set.';

/** The sets in a folder: the folder itself when it holds a `corpus.jsonl`, else each of its folders that does. @throws {AppError} `INPUT_INVALID` */
export function findSets(folder: string): SetFiles[] {
  const hint = 'A set is a folder with corpus.jsonl, queries.jsonl and qrels.tsv; give one, or a folder of them.';
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw badFile(folder, null, 'expected a folder', hint);
  const isSet = (path: string): boolean => existsSync(join(path, 'corpus.jsonl'));
  const folders = isSet(folder)
    ? [resolve(folder)]
    : readdirSync(folder)
        .sort()
        .map((name) => resolve(folder, name))
        .filter(isSet);
  if (folders.length === 0) throw badFile(folder, null, 'expected corpus.jsonl in it or in its folders, found none', hint);
  return folders.map((path) => ({
    name: basename(path),
    corpus: join(path, 'corpus.jsonl'),
    queries: join(path, 'queries.jsonl'),
    qrels: join(path, 'qrels.tsv'),
  }));
}

/** Reads a set, further passages (distractors) last. @throws {AppError} `INPUT_INVALID` with file and line. */
export function readSet({ corpus, queries, qrels }: SetFiles, distractors: string | null): RetrievalSet {
  const ids = new Set<string>();
  const passages = [corpus, ...(distractors === null ? [] : [distractors])].flatMap((file) =>
    distinct(file, readJsonLines(file, passage, PASSAGE_SHAPE), ids),
  );
  if (passages.length === 0) throw badFile(corpus, null, 'expected passages, found none', `A line is: ${PASSAGE_SHAPE}.`);

  const texts = new Map(distinct(queries, readJsonLines(queries, query, QUERY_SHAPE), new Set()).map(({ id, text }) => [id, text]));
  const relevant = new Map<string, Set<string>>();
  let strangers = 0;
  for (const { line, text } of readLines(qrels, QRELS_HINT)) {
    const [queryId, passageId, grade, ...rest] = text.split('\t');
    if (!queryId || !passageId || !/^\d+$/.test(grade ?? '') || rest.length > 0) {
      throw badFile(qrels, line, `expected query id, tab, passage id, tab, 1; got ${JSON.stringify(text.slice(0, 80))}`, QRELS_HINT);
    }
    if (!ids.has(passageId)) throw badFile(qrels, line, `expected the id of a passage in ${corpus}, got "${passageId}"`, QRELS_HINT);
    if (!texts.has(queryId)) strangers++;
    else if (Number(grade) > 0) relevant.set(queryId, (relevant.get(queryId) ?? new Set()).add(passageId));
  }
  const questions = [...relevant].map(([id, passageIds]): Question => ({ id, text: texts.get(id)!, relevant: passageIds }));
  if (questions.length === 0) throw badFile(qrels, null, `expected a right passage for a question of ${queries}, found none`, QRELS_HINT);

  const unjudged = texts.size - questions.length;
  const notes = [
    ...(unjudged > 0 ? [`${unjudged} questions have no right passage in qrels and were left out`] : []),
    ...(strangers > 0 ? [`${strangers} lines of qrels are about other questions and were left out`] : []),
  ];
  return { passages, questions, notes };
}

/** The values, none of whose ids was seen before. */
function distinct<T extends { readonly id: string }>(file: string, lines: readonly OnLine<T>[], seen: Set<string>): T[] {
  return lines.map(({ value, line }) => {
    if (seen.has(value.id)) throw badFile(file, line, `expected a new id, but "${value.id}" is taken`, 'Ids are unique within a corpus.');
    seen.add(value.id);
    return value;
  });
}
