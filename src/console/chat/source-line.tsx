import type { SourceView } from '../../channels/web/schemas.ts';
import { Beside } from '../shared/beside.tsx';
import type { FullTextRequest } from '../full-text/full-text-drawer.tsx';

interface Props {
  readonly source: SourceView;
  readonly onFullText: (request: FullTextRequest) => void;
}

/** 出处: which section of which document, opening its full text. */
export function SourceLine({ source: { citation, name, details }, onFullText }: Props) {
  const { documentId, section, revision, quote } = citation;
  return (
    <div className="source">
      <span className="source-tag">出处</span>
      <div className="source-words">
        <button type="button" className="source-link" onClick={() => onFullText({ documentId, section, revision, quotes: [quote] })}>
          {name}
        </button>
        <Beside words={details} />
      </div>
    </div>
  );
}
