import { bold, FormattedString, fmt, italic } from '@grammyjs/parse-mode';
import type { InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, MessageEntity, ReplyParameters } from 'grammy/types';
import { encodeAction } from '../../domain/action.ts';
import { type Chart, chartWords } from '../../domain/chart.ts';
import type { Block, Button, ButtonRow, OutgoingReply, ReplyMessage } from '../../domain/message.ts';
import { formatSource, renderText } from '../../domain/render.ts';

/** The body of `sendMessage`. Formatting travels as entities beside the text, so nothing in the text can become markup. */
export interface TelegramPayload {
  readonly chat_id: number;
  readonly text: string;
  readonly entities?: MessageEntity[];
  readonly reply_markup?: InlineKeyboardMarkup;
  readonly link_preview_options: LinkPreviewOptions;
  readonly reply_parameters?: ReplyParameters;
  readonly message_thread_id?: number;
}

/** A caption may be shorter than a message, in UTF-16 units. */
const MAX_CAPTION = 1024;

/** The chart of a message that can go out as a picture with the rest as its caption; null when there is none, or the rest is too long. */
export function pictureOf(reply: OutgoingReply): { readonly chart: Chart; readonly caption: TelegramPayload } | null {
  const [block, ...others] = reply.message.blocks.filter(({ kind }) => kind === 'chart');
  if (reply.form !== 'rich' || reply.edits !== undefined || block?.kind !== 'chart' || others.length > 0) return null;
  const blocks = reply.message.blocks.filter((each) => each !== block);
  const caption = encodeReply({ ...reply, message: { ...reply.message, blocks } });
  return caption.text.length > MAX_CAPTION ? null : { chart: block.chart, caption };
}

/** A quote longer than this, in UTF-16 units, is folded: a chat shows its first lines and opens it on a tap. */
const FOLD_QUOTE_FROM = 300;

/** Telegram allows eight buttons in a row; a longer row is continued in the next. */
const BUTTONS_PER_ROW = 8;

/** Tabs are more than fit into one row of a phone; their labels have up to five characters. */
const TABS_PER_ROW = 3;

/**
 * A reply as Telegram takes it, in the form the reply asks for:
 * `rich` has blockquotes and buttons, `simple` bold and italic only, with choices as a numbered list, and `text` no formatting at all.
 */
export function encodeReply({ message, form, address }: OutgoingReply): TelegramPayload {
  const { text, entities } = form === 'text' ? new FormattedString(renderText(message)) : format(message, form);
  const keyboard = form === 'rich' ? encodeKeyboard(message.buttons) : [];
  return {
    chat_id: Number(address.chatId),
    text,
    ...(entities.length > 0 && { entities }),
    ...(keyboard.length > 0 && { reply_markup: { inline_keyboard: keyboard } }),
    link_preview_options: { is_disabled: true },
    ...(address.replyTo !== null && { reply_parameters: { message_id: Number(address.replyTo), allow_sending_without_reply: true } }),
    ...(address.threadId !== null && { message_thread_id: Number(address.threadId) }),
  };
}

type Form = 'rich' | 'simple';

function format(message: ReplyMessage, form: Form): FormattedString {
  const blocks = form === 'simple' ? withChoices(message) : message.blocks;
  const pieces: (FormattedString | string)[] = isTitleShown(message) ? [fmt`${bold}${message.title}${bold}`] : [];
  for (const block of blocks) {
    if (pieces.length > 0) pieces.push(block.kind === 'source' ? '\n' : '\n\n');
    pieces.push(formatBlock(block, form));
  }
  return FormattedString.join(pieces);
}

/** One formatter a kind of block. */
function formatBlock(block: Block, form: Form): FormattedString | string {
  switch (block.kind) {
    case 'paragraph':
      return block.text;
    case 'quote':
      return form === 'rich' ? formatQuote(block.text) : block.text;
    case 'source':
      return fmt`${bold}出处：${bold}${formatSource(block.citation)}`;
    case 'list':
      return formatList(block);
    case 'facts':
      return FormattedString.join(
        block.items.map(({ label, value }) => fmt`${bold}${label}：${bold}${value}`),
        '\n',
      );
    case 'chart':
      return chartWords(block.chart);
    case 'note':
      return fmt`${italic}${block.text}${italic}`;
  }
}

function formatQuote(text: string): FormattedString {
  return text.length > FOLD_QUOTE_FROM ? FormattedString.expandableBlockquote(text) : FormattedString.blockquote(text);
}

function formatList({ title, items, numbered }: Extract<Block, { kind: 'list' }>): FormattedString {
  const lines = items.map((item, index) => (numbered ? `${index + 1}. ${item}` : `· ${item}`));
  const heading = title === null ? [] : [fmt`${bold}${title}：${bold}`];
  return FormattedString.join([...heading, ...lines], '\n');
}

/** A plain reply, such as the greeting, often opens with its own title. */
function isTitleShown({ title, tone, blocks }: ReplyMessage): boolean {
  if (title.trim() === '') return false;
  const [first] = blocks;
  const repeats = first !== undefined && 'text' in first && first.text.startsWith(title);
  return !(tone === 'plain' && repeats);
}

/** Without buttons a question must still say what can be answered. */
function withChoices({ tone, blocks, buttons }: ReplyMessage): readonly Block[] {
  if (tone !== 'question' || blocks.some((block) => block.kind === 'list' && block.numbered)) return blocks;
  const items = buttons.flat().flatMap(({ action, label }) => (action.kind === 'choose' ? [label] : []));
  return items.length === 0 ? blocks : [...blocks, { kind: 'list', title: null, items, numbered: true }];
}

function encodeKeyboard(rows: readonly ButtonRow[]): InlineKeyboardButton[][] {
  return rows.flatMap((row) => {
    const buttons = row.map((button) => ({ text: labelOf(button), callback_data: encodeAction(button.action) }));
    const perRow = row.some(({ isCurrent }) => isCurrent) ? TABS_PER_ROW : BUTTONS_PER_ROW;
    const chunks: InlineKeyboardButton[][] = [];
    for (let start = 0; start < buttons.length; start += perRow) chunks.push(buttons.slice(start, start + perRow));
    return chunks;
  });
}

/** Telegram has no look for a button that is on, so the tab that is open carries a dot. */
function labelOf({ label, isCurrent }: Button): string {
  return isCurrent ? `● ${label}` : label;
}
