import { type LibraryRecord, sentenceText } from '../../src/domain/record.ts';

/** A source of numbers that is the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const SECTIONS = 6;
const SENTENCES = 4;
const QUESTIONS = 2;
/** One sentence in so many names something that stands in few other documents. */
const SPECIAL = 3;

/**
 * Sources of `count` policies, made of the sentences, questions and words of a real library in ever other company: as large as real ones, and with
 * names of their own.
 */
export function generatedPolicies(
  records: readonly LibraryRecord[],
  lexicon: readonly string[],
  count: number,
): { readonly id: string; readonly source: string }[] {
  const sections = records.flatMap((record) => record.sections);
  const sentences = sections.flatMap((section) => section.sentences.map((_, at) => sentenceText(section, at).trim()));
  const questions = sections.flatMap((section) => section.questions.map(({ text }) => text));
  const random = seeded(7);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  const name = (): string => `${pick(lexicon)}${pick(lexicon)}`;
  const sentence = (): string => (random() * SPECIAL < 1 ? `支持${name()}与${name()}。` : pick(sentences));
  return Array.from({ length: count }, (_, number) => {
    const id = `doc-${String(number).padStart(5, '0')}`;
    const meta: string[] = [];
    const body: string[] = [];
    for (let section = 1; section <= SECTIONS; section++) {
      const asked = Array.from({ length: QUESTIONS }, () => `      - ${JSON.stringify(pick(questions))}`).join('\n');
      meta.push(`  - number: ${section}\n    questions:\n${asked}`);
      body.push(`## ${section}. ${name()}\n\n${Array.from({ length: SENTENCES }, sentence).join('')}`);
    }
    const head = `id: ${id}\nkind: policy\ntitle: ${JSON.stringify(`${name()}管理办法`)}\ncategory: industry`;
    return { id, source: `---\n${head}\nsections:\n${meta.join('\n')}\n---\n${body.join('\n\n')}\n` };
  });
}
