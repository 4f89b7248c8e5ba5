import type { MessageEntity } from 'grammy/types';
import type { ReplyCards } from '../admin/services.ts';
import { buildCard } from '../channels/feishu/card.ts';
import { encodeReply as encodeForTelegram } from '../channels/telegram/encode.ts';
import { encodeReply as encodeForWeb } from '../channels/web/encode.ts';
import type { Address, ReplyMessage } from '../domain/message.ts';

/** A private chat nobody is in. */
const NOWHERE: Address = { chatId: '0', chatKind: 'private', threadId: null, replyTo: null };

/** A reply as each place would show it, by the very encoders that send it. */
export function cardsOf(reply: ReplyMessage): ReplyCards {
  const { text, entities, reply_markup } = encodeForTelegram({
    id: 'preview',
    channel: 'telegram',
    address: NOWHERE,
    message: reply,
    form: 'rich',
  });
  return {
    web: encodeForWeb(reply),
    feishu: buildCard(reply, NOWHERE),
    telegram: {
      html: htmlOf(text, entities ?? []),
      buttons: (reply_markup?.inline_keyboard ?? []).map((row) => row.map((button) => button.text)),
    },
  };
}

const TAGS: Partial<Record<MessageEntity['type'], readonly [open: string, close: string]>> = {
  bold: ['<b>', '</b>'],
  italic: ['<i>', '</i>'],
  blockquote: ['<blockquote>', '</blockquote>'],
  expandable_blockquote: ['<blockquote expandable>', '</blockquote>'],
};

/** A text with entities as HTML; whatever stands in the text itself is no markup. @param entities as sent: they nest, and none overlap otherwise */
export function htmlOf(text: string, entities: readonly MessageEntity[]): string {
  const known = entities.filter(({ type }) => TAGS[type]);
  const cuts = [...new Set([0, text.length, ...known.flatMap(({ offset, length }) => [offset, offset + length])])].sort((a, b) => a - b);
  let html = '';
  cuts.forEach((at, index) => {
    const ending = known.filter(({ offset, length }) => offset + length === at);
    for (const { type } of ending.sort((a, b) => b.offset - a.offset)) html += TAGS[type]![1];
    const starting = known.filter(({ offset, length }) => offset === at && length > 0);
    for (const { type } of starting.sort((a, b) => b.length - a.length)) html += TAGS[type]![0];
    html += escaped(text.slice(at, cuts[index + 1] ?? at));
  });
  return html;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
