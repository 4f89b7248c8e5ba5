import './composer.css';
import { type KeyboardEvent, type RefObject, type SubmitEvent, useState } from 'react';
import { ArrowUpIcon } from '../shared/icons.tsx';

/** The assistant asks for a shorter question beyond this. */
const LONGEST_QUESTION = 2_000;
const COUNTED_FROM = 1_800;

interface Props {
  readonly input: RefObject<HTMLTextAreaElement | null>;
  readonly isBusy: boolean;
  readonly onAsk: (question: string) => void;
}

/** Where questions are written. Enter sends, Shift+Enter breaks the line, and Enter that ends an input method's composition does neither. */
export function Composer({ input, isBusy, onAsk }: Props) {
  const [text, setText] = useState('');
  const left = LONGEST_QUESTION - text.trim().length;
  const canSend = !isBusy && text.trim() !== '' && left >= 0;

  const send = (): void => {
    if (!canSend) return;
    onAsk(text.trim());
    setText('');
    if (input.current !== null) fit(input.current, '');
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.key !== 'Enter' || event.shiftKey || isComposing(event)) return;
    event.preventDefault();
    send();
  };
  const onSubmit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    send();
    input.current?.focus();
  };

  return (
    <form className="composer" aria-label="提问" onSubmit={onSubmit}>
      <div className="column">
        <div className="composer-box">
          <textarea
            ref={input}
            id="question"
            rows={1}
            value={text}
            placeholder="输入您的问题"
            aria-label="您的问题"
            aria-describedby="composer-hint"
            enterKeyHint="send"
            autoComplete="off"
            onChange={(event) => {
              setText(event.target.value);
              fit(event.target, event.target.value);
            }}
            onKeyDown={onKeyDown}
          />
          <button type="submit" className="send-button" aria-label="发送" disabled={!canSend}>
            <ArrowUpIcon />
          </button>
        </div>
        <div className="composer-foot">
          <p id="composer-hint">
            回答引自政策原文，具体办理以主管部门答复为准
            <span className="keys-hint">。Enter 发送，Shift+Enter 换行</span>
          </p>
          <p className={left < 0 ? 'counter counter-over' : 'counter'} role="status">
            {text.length >= COUNTED_FROM && (left >= 0 ? `还可输入 ${left} 字` : `超出 ${-left} 字，请缩短一些`)}
          </p>
        </div>
      </div>
    </form>
  );
}

/** Makes the field as tall as its text; the stylesheet sets the limit. */
function fit(field: HTMLTextAreaElement, text: string): void {
  field.style.height = 'auto';
  if (text !== '') field.style.height = `${field.scrollHeight}px`;
}

/** Some browsers end the composition before the key event that ended it; those mark the event with code 229. */
function isComposing(event: KeyboardEvent): boolean {
  return event.nativeEvent.isComposing || event.keyCode === 229;
}
