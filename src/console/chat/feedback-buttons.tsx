import { useState } from 'react';
import type { Vote } from '../api/action.ts';
import { ThumbDownIcon, ThumbUpIcon } from '../shared/icons.tsx';
import type { Feedback } from './reply-layout.ts';

interface Props {
  readonly feedback: Feedback;
  readonly vote: Vote | undefined;
  readonly onVote: (turnId: string, vote: Vote) => Promise<boolean>;
}

/** Was it helpful? The vote shows at once and is taken back when it does not arrive. */
export function FeedbackButtons({ feedback, vote, onVote }: Props) {
  const [hasFailed, setHasFailed] = useState(false);
  const press = async (next: Vote): Promise<void> => {
    setHasFailed(false);
    setHasFailed(!(await onVote(feedback.turnId, next)));
  };
  return (
    <div className="feedback" role="group" aria-label="这个回答有帮助吗">
      {feedback.buttons.map((button) => (
        <button
          key={button.vote}
          type="button"
          className="quiet-button"
          aria-pressed={vote === button.vote}
          onClick={() => void press(button.vote)}
        >
          {button.vote === 'up' ? <ThumbUpIcon /> : <ThumbDownIcon />}
          {button.label}
        </button>
      ))}
      <span className="feedback-thanks" role="status">
        {hasFailed ? '没有送出，请再点一次' : vote !== undefined && '感谢您的反馈'}
      </span>
    </div>
  );
}
