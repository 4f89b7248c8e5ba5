import type { Command } from 'commander';
import type { Contribution, Explanation } from '../domain/explanation.ts';
import { openSession } from './session.ts';

export function addExplain(program: Command): void {
  program
    .command('explain')
    .description('tell how a question is understood, what is found, and why it is answered, asked back or refused')
    .argument('<question...>', 'the question')
    .option('--json', 'print the explanation as the HTTP API gives it')
    .action(async (words: string[], { json }: { json?: boolean }) => {
      const session = await openSession();
      const explanation = await session.explain(words.join(' '));
      process.stdout.write(`${json ? JSON.stringify(explanation, null, 2) : render(explanation)}\n`);
      await session.close();
    });
}

const OUTCOMES: Readonly<Record<Explanation['outcome'], string>> = {
  lapsed: '不在有效期',
  answered: '回答',
  clarify: '请确认',
  refused: '库中没有',
  browse: '列出目录',
  notice: '客气话',
};

const round = (value: number): string => value.toFixed(2);
const sum = (parts: readonly Contribution[]): string =>
  parts.map(({ name, value, weight, adds }) => `${name} ${round(value)}×${round(weight)}=${round(adds)}`).join('  ');

/** The explanation as lines of text. */
function render(explanation: Explanation): string {
  const { understanding, tokens, expansions, keyTerms, thresholds, candidates, signals } = explanation;
  const corrections = understanding.corrections.map(({ from, to }) => `${from}→${to}`).join(' ');
  const lines = [
    `问题      ${explanation.question}`,
    `结果      ${OUTCOMES[explanation.outcome]}：${explanation.why}`,
    `理解为    ${understanding.text}${corrections === '' ? '' : `（更正 ${corrections}）`}${understanding.asksFor.length > 0 ? `（问 ${understanding.asksFor.join('、')}）` : ''}`,
    `词        ${tokens.words.join(' ')}`,
    `双字      ${tokens.bigrams.join(' ')}`,
    `对照      ${expansions.map(({ phrase, official, isAmbiguous }) => `${phrase}→${official.join('/')}${isAmbiguous ? '（多义）' : ''}`).join('  ') || '无'}`,
    `关键词    ${keyTerms.map(({ term, weight, isKnown }) => `${term}(${weight}${isKnown ? '' : '，库中没有'})`).join('  ') || '无'}`,
    `把握      ${round(explanation.confidence)}（${round(thresholds.answerFrom)} 起回答，${round(thresholds.refuseBelow)} 以下说明没有）`,
    `  依据    ${sum(signals) || '无'}`,
  ];
  candidates.forEach(({ section, score, features, matches, sentences }, at) => {
    lines.push(
      '',
      `${at + 1}. ${section.title}（${section.documentId}#${section.section}）  ${round(score)}`,
      `   得分  ${sum(features)}`,
      `   命中  ${matches.map(({ field, term, score: adds }) => `${field}:${term} ${round(adds)}`).join('  ')}`,
      ...sentences.filter((sentence) => sentence.isQuoted).map((sentence) => `   引用  ${round(sentence.score)} ${sentence.text}`),
    );
  });
  return lines.join('\n');
}
