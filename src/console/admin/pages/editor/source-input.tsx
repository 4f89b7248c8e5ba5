import { Input } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { useEffect, useRef } from 'react';

interface Props {
  readonly label: string;
  readonly value: string;
  /** Line to be shown and selected, from 1. */
  readonly line: number | null;
  readonly isMono?: boolean;
  readonly onChange: (value: string) => void;
}

/** A long text to be typed. */
export function SourceInput({ label, value, line, isMono, onChange }: Props) {
  const area = useRef<TextAreaRef>(null);
  useEffect(() => {
    const element = area.current?.resizableTextArea?.textArea;
    if (line === null || !element) return;
    const lines = element.value.split('\n');
    const start = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
    element.focus();
    element.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
    element.scrollTop = ((line - 4) / lines.length) * element.scrollHeight;
  }, [line]);
  return (
    <Input.TextArea
      ref={area}
      aria-label={label}
      className={isMono ? 'source-input mono' : 'source-input'}
      spellCheck={false}
      rows={24}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}
