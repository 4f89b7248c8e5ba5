import { useId } from 'react';
import type { BlockView, ButtonView } from '../../channels/web/schemas.ts';
import { ChevronIcon } from '../shared/icons.tsx';
import type { Saying } from './conversation.ts';

interface Props {
  readonly list: Extract<BlockView, { kind: 'list' }>;
  readonly choices: readonly ButtonView[];
  readonly isBusy: boolean;
  readonly onSay: (saying: Saying) => void;
}

/** A list to read or, when each item has its button, to choose from. */
export function ListBlock({ list, choices, isBusy, onSay }: Props) {
  const titleId = useId();
  const List = list.numbered ? 'ol' : 'ul';
  const canChoose = choices.length > 0;
  return (
    <div className="block-list">
      {list.title !== null && (
        <p id={titleId} className="block-list-title">
          {list.title}
        </p>
      )}
      <List
        className={canChoose ? 'options' : list.numbered ? 'numbered' : 'bullets'}
        {...(list.title === null ? {} : { 'aria-labelledby': titleId })}
      >
        {list.items.map((item, index) => {
          const choice = choices[index];
          return (
            // Items of a list never change their order.
            <li key={index}>
              {choice === undefined ? (
                item
              ) : (
                <button
                  type="button"
                  className="option"
                  disabled={isBusy}
                  onClick={() => onSay({ shown: item, sends: { action: choice.action } })}
                >
                  {list.numbered && <span className="option-number">{index + 1}</span>}
                  <span className="option-words">{item}</span>
                  <ChevronIcon />
                </button>
              )}
            </li>
          );
        })}
      </List>
    </div>
  );
}
