import { Alert } from 'antd';
import type { Problem } from '../api/types.ts';

interface Props {
  readonly problems: readonly Problem[];
  readonly onGoTo?: (line: number) => void;
}

/** Mistakes in a text with their places; nothing when there are none. */
export function ProblemList({ problems, onGoTo }: Props) {
  if (problems.length === 0) return null;
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return (
    <Alert
      className="gap-below"
      type={errors > 0 ? 'error' : 'warning'}
      showIcon
      role="status"
      title={errors > 0 ? `有 ${errors} 处错误要改正` : `有 ${problems.length} 处提示`}
      description={
        <ul className="problems">
          {problems.map(({ severity, line, message }) => (
            <li key={`${line ?? ''}:${message}`}>
              {line !== null &&
                (onGoTo === undefined ? (
                  <strong>第 {line} 行：</strong>
                ) : (
                  <button type="button" className="link" onClick={() => onGoTo(line)}>
                    第 {line} 行
                  </button>
                ))}{' '}
              {severity === 'warning' && errors > 0 && <span className="quiet">（提示）</span>}
              {message}
            </li>
          ))}
        </ul>
      }
    />
  );
}
