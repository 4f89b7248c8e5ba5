import type { ReactNode } from 'react';
import type { Preview } from '../../api/types.ts';
import { readTelegramHtml, type TelegramNode } from './telegram-html.ts';

/** A message as Telegram would show it. */
export function TelegramMessage({ message }: { readonly message: NonNullable<Preview['cards']>['telegram'] }) {
  return (
    <div className="telegram">
      <div className="telegram-message">{readTelegramHtml(message.html).map(shown)}</div>
      {message.buttons.map((row, index) => (
        // Rows of buttons are only shown.
        <div key={index} className="telegram-buttons">
          {row.map((label, column) => (
            <span key={`${column}:${label}`}>{label}</span>
          ))}
        </div>
      ))}
    </div>
  );
}

function shown(node: TelegramNode, index: number): ReactNode {
  if (typeof node === 'string') return node;
  const { tag: Tag, href, children } = node;
  if (Tag !== 'a') return <Tag key={index}>{children.map(shown)}</Tag>;
  if (href === null) return <span key={index}>{children.map(shown)}</span>;
  return (
    <a key={index} href={href} target="_blank" rel="noreferrer">
      {children.map(shown)}
    </a>
  );
}
