import type { ExplainResponse } from '../../../../channels/web/schemas.ts';
import { FactList } from '../../shared/facts.tsx';
import { Panel } from '../../shared/panel.tsx';
import { StateWord } from '../../shared/tag.tsx';

const INTENTS: Readonly<Record<string, string>> = {
  question: '提问',
  browse: '想看清单',
  greeting: '问候',
  thanks: '道谢',
  help: '求助',
  'hand-off': '转人工',
  empty: '空',
};
const ASKS: Readonly<Record<string, string>> = { number: '数额', time: '时间', name: '名称', how: '怎么办' };

/** What was made of the words of the question. */
export function Understanding({ explanation }: { readonly explanation: ExplainResponse }) {
  const { understanding, intent, tokens, expansions, keyTerms } = explanation;
  return (
    <Panel title="怎样理解问题">
      <FactList
        items={[
          ['当作', INTENTS[intent] ?? intent],
          ['检索的话', understanding.text],
          ['读作', understanding.readAs],
          ['纠正', understanding.corrections.map(({ from, to }) => `${from} → ${to}`).join('，')],
          ['想知道', understanding.asksFor.map((kind) => ASKS[kind] ?? kind).join('、')],
          ['接着上一句', understanding.isFollowUp ? '是' : null],
        ]}
      />
      <h3>关键词</h3>
      <p className="tags">
        {keyTerms.map(({ term, weight, isKnown }) => (
          <StateWord key={term} tone={isKnown ? 'good' : 'bad'}>
            {term} {weight.toFixed(2)}
            {!isKnown && '（资料里没有）'}
          </StateWord>
        ))}
        {keyTerms.length === 0 && <span className="quiet">没有</span>}
      </p>
      {expansions.length > 0 && (
        <>
          <h3>同义说法</h3>
          <ul className="bullets">
            {expansions.map(({ phrase, official, isAmbiguous }) => (
              <li key={phrase}>
                {phrase} → {official.join('、')}
                {isAmbiguous && <span className="quiet">（多义，分量较轻）</span>}
              </li>
            ))}
          </ul>
        </>
      )}
      <h3>分词</h3>
      <p className="tags">
        {tokens.words.map((word, index) => (
          // A word may come twice.
          <StateWord key={`${index}:${word}`} tone="plain">
            {word}
          </StateWord>
        ))}
      </p>
      {tokens.bigrams.length > 0 && (
        <details>
          <summary>二字组合（{tokens.bigrams.length}）</summary>
          <p className="quiet">{tokens.bigrams.join(' ')}</p>
        </details>
      )}
    </Panel>
  );
}
