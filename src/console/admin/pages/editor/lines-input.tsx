import { Input } from 'antd';
import { useState } from 'react';

interface Props {
  readonly id?: string;
  readonly label?: string;
  readonly placeholder?: string;
  readonly lines: readonly string[];
  readonly onChange: (lines: string[]) => void;
}

/** Sentences, one a line. What is being typed stays as it is typed; blank lines are not passed on. */
export function LinesInput({ id, label, placeholder, lines, onChange }: Props) {
  const [typed, setTyped] = useState(lines.join('\n'));
  const isElsewhere = linesOf(typed).join('\n') !== lines.join('\n');
  return (
    <Input.TextArea
      {...(id === undefined ? {} : { id })}
      {...(label === undefined ? {} : { 'aria-label': label })}
      {...(placeholder === undefined ? {} : { placeholder })}
      value={isElsewhere ? lines.join('\n') : typed}
      rows={2}
      onChange={({ target }) => {
        setTyped(target.value);
        onChange(linesOf(target.value));
      }}
    />
  );
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
