import type { Content, RecordContent } from '../../api/types.ts';
import { FactList } from '../../shared/facts.tsx';
import type { Field } from '../editor/field.ts';
import { fieldsOf } from '../editor/fields.ts';
import { readPath } from '../editor/meta-path.ts';
import { CATEGORY_NAMES } from '../../words/names.ts';

/** A text taken apart, to read. */
export function ContentView({ content }: { readonly content: Content }) {
  if (!('meta' in content)) return <PlainContent content={content} />;
  return (
    <>
      <FactList items={fieldsOf(content.kind).flatMap((field) => lineOf(field, content))} />
      {content.body.trim() !== '' && (
        <>
          <h3>{content.kind === 'faq' ? '答案' : '正文'}</h3>
          <div className="body-text">{content.body.trim()}</div>
        </>
      )}
    </>
  );
}

function lineOf(field: Field, { meta }: RecordContent): (readonly [string, React.ReactNode])[] {
  const value = readPath(meta, field.path);
  if (value === null || value === undefined || value === '') return [];
  if (Array.isArray(value) && field.type === 'words') return value.length === 0 ? [] : [[field.label, value.map(wordsOf).join('、')]];
  if (Array.isArray(value)) return value.length === 0 ? [] : [[field.label, <List key={field.label} items={value.map(wordsOf)} />]];
  return [
    [field.label, field.path[0] === 'category' ? (CATEGORY_NAMES[value as keyof typeof CATEGORY_NAMES] ?? wordsOf(value)) : wordsOf(value)],
  ];
}

const List = ({ items }: { readonly items: readonly string[] }) => (
  <ul className="bullets">
    {items.map((item, index) => (
      // The same words may stand twice; the list does not change while it is read.
      <li key={`${index}:${item}`}>{item}</li>
    ))}
  </ul>
);

/** A value of the front matter in a line: lists with commas, groups as their values. */
function wordsOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(wordsOf).join('、');
  if (typeof value === 'object') return Object.values(value).map(wordsOf).filter(Boolean).join(' · ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function PlainContent({ content }: { readonly content: Exclude<Content, RecordContent> }) {
  switch (content.kind) {
    case 'lexicon':
      return (
        <p className="word-cloud">
          {content.words.map((word) => (
            <span key={word}>{word}</span>
          ))}
        </p>
      );
    case 'thesaurus':
      return (
        <ul className="bullets">
          {content.groups.map(({ official, colloquial, ambiguous }) => (
            <li key={official.join()}>
              <strong>{official.join('、')}</strong>：{[...colloquial, ...ambiguous.map((word) => `${word}（多义）`)].join('、')}
            </li>
          ))}
        </ul>
      );
    case 'english':
      return <FactList items={Object.entries(content.terms).map(([term, words]) => [term, words.join('、')] as const)} />;
    case 'questions':
      return (
        <ul className="bullets">
          {content.questions.map(({ id, q, sections }) => (
            <li key={id}>
              {q} <span className="quiet">{sections.join('、') || '库外'}</span>
            </li>
          ))}
        </ul>
      );
  }
}
