import type { CitationView } from '../../channels/web/schemas.ts';
import { Beside } from '../shared/beside.tsx';
import type { FullTextRequest } from '../full-text/full-text-drawer.tsx';

interface Props {
  readonly citation: CitationView;
  readonly onFullText: (request: FullTextRequest) => void;
}

/** 出处: which section of which document, opening its full text. */
export function SourceLine({ citation, onFullText }: Props) {
  const { documentId, documentTitle, section, sectionTitle, part, quote, issued } = citation;
  return (
    <div className="source">
      <span className="source-tag">出处</span>
      <div className="source-words">
        <button type="button" className="source-link" onClick={() => onFullText({ documentId, section, quotes: [quote] })}>
          《{documentTitle}》{section > 0 && `第${section}节`}「{sectionTitle}」
        </button>
        <Beside words={[part, issued]} />
      </div>
    </div>
  );
}
