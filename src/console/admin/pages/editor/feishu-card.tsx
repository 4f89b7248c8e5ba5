import type { ReactNode } from 'react';
import { plainWords, type FeishuElement, readCard } from './feishu-json.ts';

/** A card as Feishu would show it, as far as the cards sent go; elements it does not know are shown by what they hold. */
export function FeishuCard({ card }: { readonly card: unknown }) {
  const { title, template, elements } = readCard(card);
  return (
    <div className="feishu">
      <div className={`feishu-head feishu-${template}`}>{title}</div>
      <div className="feishu-body">{elements.map(shown)}</div>
    </div>
  );
}

function shown(element: FeishuElement, index: number): ReactNode {
  const children = element.elements.map(shown);
  switch (element.tag) {
    case 'hr':
      return <hr key={index} />;
    case 'button':
      return (
        <span key={index} className={element.type.startsWith('primary') ? 'feishu-button feishu-button-primary' : 'feishu-button'}>
          {element.text}
        </span>
      );
    case 'column_set':
      return (
        <div key={index} className="feishu-columns">
          {children}
        </div>
      );
    case 'column':
      return (
        <div key={index} className={element.isGrey ? 'feishu-column feishu-grey' : 'feishu-column'}>
          {children}
        </div>
      );
    case 'markdown':
      return (
        <p key={index}>
          {plainWords(element.text).map(({ text, isBold }, at) =>
            isBold ? <strong key={at}>{text}</strong> : <span key={at}>{text}</span>,
          )}
        </p>
      );
    default:
      return (
        <div key={index} className={element.isSmall ? 'feishu-small' : ''}>
          {element.text !== '' && <p>{element.text}</p>}
          {children}
        </div>
      );
  }
}
