import { useEffect, useRef } from 'react';
import type { SectionView } from '../../channels/web/schemas.ts';
import { stretches } from './highlight.ts';

/** The words of a section with the quoted sentences marked, the first of them brought into view. */
export function FullText({ section, quotes }: { readonly section: SectionView; readonly quotes: readonly string[] }) {
  const text = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    text.current?.querySelector('mark')?.scrollIntoView({ block: 'center' });
  }, []);
  const parts = stretches(section, quotes);
  return (
    <>
      {parts.some(({ isQuoted }) => isQuoted) && (
        <p className="full-text-legend">
          <span className="legend-swatch" aria-hidden="true" />
          标出的是回答引用的句子
        </p>
      )}
      <p className="full-text" ref={text}>
        {parts.map(({ start, text: words, isQuoted }) => (isQuoted ? <mark key={start}>{words}</mark> : <span key={start}>{words}</span>))}
      </p>
      {section.categories.length > 0 && (
        <ul className="full-text-categories" aria-label="所属主题">
          {section.categories.map((label) => (
            <li key={label}>{label}</li>
          ))}
        </ul>
      )}
    </>
  );
}
