/**
 * How soon a published document is answered from, and how long answers wait meanwhile: `node bench/publish.ts [documents] [publications]`. Generates
 * a library, publishes one changed document after another while questions are asked without a break. Writes to the system's temporary folder.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { answerQuestion } from '../src/answering/answerer.ts';
import type { Log } from '../src/domain/log.ts';
import { createEditorial } from '../src/knowledge/editorial/create-editorial.ts';
import type { Editor } from '../src/knowledge/editorial/editorial.ts';
import { readLibrary } from '../src/knowledge/library.ts';
import { openLibrary } from '../src/library/service.ts';
import { openStore } from '../src/storage/open-store.ts';
import { generatedPolicies } from './publish/generate.ts';

const DOCUMENTS = Number(process.argv[2] ?? 5_000);
const PUBLICATIONS = Number(process.argv[3] ?? 8);
const QUESTIONS = [
  '融资白名单怎么申请',
  '欠薪了找谁',
  '人才公寓',
  '老板拖着工钱不发',
  '参展补贴多少钱',
  '厂房租赁平台',
  '跨域通办是什么',
  '高薪技术企页怎么陪育',
];
const EDITOR: Editor = { kind: 'person', userId: 'u_1', name: 'u_1', from: null, role: 'admin' };

const log: Log = {
  debug() {},
  info: (fields, message) => console.log(message, JSON.stringify(fields)),
  warn: console.warn,
  error: console.error,
};
const newId = (): string => randomBytes(12).toString('base64url');

const shipped = await readLibrary('knowledge');
const policies = generatedPolicies(shipped.records, shipped.lexicon, DOCUMENTS);
const folder = mkdtempSync(join(tmpdir(), 'wence-publish-'));
mkdirSync(join(folder, 'policies'));
for (const { id, source } of policies) writeFileSync(join(folder, 'policies', `${id}.md`), source);
writeFileSync(join(folder, 'lexicon.txt'), shipped.lexicon.join('\n'));

const store = await openStore({ kind: 'sqlite', file: join(folder, 'wence.db') }, { log, now: Date.now, newId });
const editorial = createEditorial({ store: store.editorial, isSingleAdmin: async () => true, now: Date.now });
const library = await openLibrary({ folder, store: store.editorial, log, now: Date.now, timeZone: 'Asia/Shanghai' });
const stopping = new AbortController();
library.run(editorial, stopping.signal);

/** Longest time from one answer to the next, in milliseconds, since it was last asked for. */
let longestMs = 0;
let answers = 0;
const asking = (async () => {
  for (let lastMs = performance.now(); !stopping.signal.aborted; ) {
    answerQuestion(QUESTIONS[answers++ % QUESTIONS.length]!, null, library.current());
    await nextTurn();
    longestMs = Math.max(longestMs, performance.now() - lastMs);
    lastMs = performance.now();
  }
})();
const longest = (): string => {
  const shown = `${longestMs.toFixed(0)} ms`.padStart(8);
  longestMs = 0;
  return shown;
};

const rest = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));
await rest(3_000);
longest();
await rest(2_000);
console.log(`${answers} answers so far; without publications the longest from one to the next: ${longest()}`);

for (let at = 0; at < PUBLICATIONS; at++) {
  const { id, source } = policies[(at * 617) % DOCUMENTS]!;
  const mark = `第${'甲乙丙丁戊己庚辛'[at % 8]}${at}号补充规定`;
  const text = (await store.editorial.text(id))!;
  const drafted = await editorial.draft(EDITOR, id, {
    version: text.version,
    note: '',
    source: `${source}${mark}自公布之日起施行。\n`,
    base: text.published,
    origin: 'console',
  });
  const { number, digest } = drafted.revision;
  const sent = await editorial.submit(EDITOR, id, number, { version: drafted.text.version, note: '' });
  await editorial.keepImpact(id, number, { digest, asked: 0, rightBefore: null, rightAfter: null, changed: [], atMs: Date.now() });
  longest();
  const startMs = performance.now();
  await editorial.approve(EDITOR, id, number, { version: sent.text.version, note: '', publishAtMs: null });
  const isVisible = (): boolean =>
    library
      .current()
      .corpus.record(id)
      ?.sections.some((section) => section.text.includes(mark)) ?? false;
  while (!isVisible()) await nextTurn();
  const visibleMs = performance.now() - startMs;
  await rest(700);
  console.log(`visible after ${visibleMs.toFixed(0).padStart(4)} ms, longest from one answer to the next ${longest()}`);
}

stopping.abort();
await asking;
await store.close();
rmSync(folder, { recursive: true });
