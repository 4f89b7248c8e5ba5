import { Input, Select } from 'antd';
import { useState } from 'react';
import type { Preview, TextKind, Written } from '../../api/types.ts';
import { usePreview } from '../../shared/use-preview.ts';
import { Cards } from './cards.tsx';
import { Fault } from '../../shared/fault.tsx';

/** The card of a text: to a question, or of one of its sections. */
export function CardPreview({ kind, written }: { readonly kind: TextKind; readonly written: Written }) {
  const [question, setQuestion] = useState('');
  const [section, setSection] = useState<number | null>(null);
  const { data, error, isFetching } = usePreview(written, kind, question, section);
  return (
    <>
      <Fault error={error} />
      <PreviewControls
        sections={data?.sections ?? []}
        question={question}
        section={section}
        onQuestion={setQuestion}
        onSection={setSection}
      />
      <Cards cards={data?.cards ?? null} isFetching={isFetching} />
    </>
  );
}

/** Stands for the first section, whichever it is. */
const FIRST = -1;

interface ControlsProps {
  readonly sections: Preview['sections'];
  readonly question: string;
  readonly section: number | null;
  readonly onQuestion: (question: string) => void;
  readonly onSection: (section: number | null) => void;
}

export function PreviewControls({ sections, question, section, onQuestion, onSection }: ControlsProps) {
  return (
    <div className="preview-controls">
      <Input
        aria-label="试着问一句"
        placeholder="试着问一句（选填）"
        allowClear
        maxLength={500}
        value={question}
        onChange={({ target }) => onQuestion(target.value)}
      />
      {sections.length > 1 && (
        <Select
          aria-label="预览哪一条"
          value={section ?? FIRST}
          disabled={question.trim() !== ''}
          popupMatchSelectWidth={false}
          options={[
            { value: FIRST, label: '第一条' },
            ...sections.map(({ number, title }) => ({ value: number, label: `${number} ${title}` })),
          ]}
          onChange={(chosen) => onSection(chosen === FIRST ? null : chosen)}
        />
      )}
    </div>
  );
}
