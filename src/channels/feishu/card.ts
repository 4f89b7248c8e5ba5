import { encodeAction } from '../../domain/action.ts';
import type { Fact } from '../../domain/answer.ts';
import { type Chart, chartWords } from '../../domain/chart.ts';
import type { Address, Block, Button, ButtonRow, ReplyMessage } from '../../domain/message.ts';
import { formatSource, renderBlock, renderText } from '../../domain/render.ts';
import { cleanText } from './clean-text.ts';
import { escapeMarkdown } from './escape.ts';

/** Keys of uploaded pictures, by the chart they show. */
export type Pictures = ReadonlyMap<Chart, string>;
const NO_PICTURES: Pictures = new Map();

/** An element of card JSON 2.0. The platform refuses a card with a property it does not know. */
export type CardElement = { readonly tag: string } & Readonly<Record<string, unknown>>;

const HEADER_COLOURS = { answer: 'blue', question: 'wathet', refusal: 'grey', plain: 'indigo' } as const satisfies Record<
  ReplyMessage['tone'],
  string
>;

/** More facts than this stand as lines of text: each row of a card takes seven of its 200 elements. */
const MOST_FACT_ROWS = 10;

/** Characters of the line shown in the list of chats and in notifications. */
const SUMMARY_LENGTH = 80;

/**
 * A reply as an interactive card: coloured title, quotes on grey, sources in small print below a rule, rows of buttons.
 * Library text and user text stand in `plain_text`, which has no markup and no mentions.
 * @param pictures of its charts; one without a picture is told in words
 */
export function buildCard(message: ReplyMessage, address: Address, pictures: Pictures = NO_PICTURES): object {
  return {
    schema: '2.0',
    config: { update_multi: true, summary: { content: summarise(message) } },
    header: { title: plainText(oneLine(message.title)), template: HEADER_COLOURS[message.tone] },
    body: {
      direction: 'vertical',
      vertical_spacing: '10px',
      padding: '12px 12px 16px 12px',
      elements: [
        ...buildBlocks(message.blocks, pictures),
        ...message.buttons.filter((row) => row.length > 0).map((row) => buildRow(row, address)),
      ],
    },
  };
}

function buildBlocks(blocks: readonly Block[], pictures: Pictures): CardElement[] {
  // One run of sources closes the answer and gets a rule; several runs belong to the quotes they follow.
  const isRunStart = (index: number) => blocks[index]?.kind === 'source' && blocks[index - 1]?.kind !== 'source';
  const hasOneRun = blocks.filter((_, index) => isRunStart(index)).length === 1;
  return blocks.flatMap((block, index) =>
    hasOneRun && index > 0 && isRunStart(index) ? [{ tag: 'hr' }, ...buildBlock(block, pictures)] : buildBlock(block, pictures),
  );
}

function buildBlock(block: Block, pictures: Pictures): CardElement[] {
  switch (block.kind) {
    case 'paragraph':
      return [paragraph(block.text)];
    case 'quote':
      return [panel([paragraph(block.text)])];
    case 'source':
      return [smallPrint(`出处：${formatSource(block.citation)}`)];
    case 'list':
      return [
        ...(block.title === null ? [] : [{ tag: 'markdown', content: `**${escapeMarkdown(oneLine(block.title))}**` }]),
        paragraph(block.items.map((item, index) => `${block.numbered ? `${index + 1}.` : '·'} ${item}`).join('\n')),
      ];
    case 'facts':
      return block.items.length > MOST_FACT_ROWS ? [paragraph(renderBlock(block))] : block.items.map(buildFact);
    case 'chart':
      return [buildChart(block.chart, pictures)];
    case 'note':
      return [smallPrint(block.text)];
  }
}

function buildChart(chart: Chart, pictures: Pictures): CardElement {
  const key = pictures.get(chart);
  return key === undefined
    ? paragraph(chartWords(chart))
    : { tag: 'img', img_key: key, alt: plainText(chartWords(chart)), scale_type: 'fit_horizontal' };
}

/** Label and value side by side; a grid of its own for each, so that a long value pushes only what is below it. */
function buildFact({ label, value }: Fact): CardElement {
  const cell = (text: CardElement, weight: number) => ({ tag: 'column', width: 'weighted', weight, elements: [{ tag: 'div', text }] });
  return columnSet([cell({ ...plainText(label), text_color: 'grey' }, 1), cell(plainText(value), 3)]);
}

function buildRow(row: ButtonRow, address: Address): CardElement {
  if (row.some(({ isCurrent }) => isCurrent)) return buildTabs(row, address);
  return columnSet(row.map((button) => ({ tag: 'column', width: 'weighted', weight: 1, elements: [buildButton(button, address)] })));
}

/** More than fit side by side on a phone: they go on in the next line. */
function buildTabs(row: ButtonRow, address: Address): CardElement {
  const columns = row.map((button) => ({
    tag: 'column',
    width: 'auto',
    elements: [{ ...buildButton(button, address), type: button.isCurrent ? 'primary' : 'default', size: 'small', width: 'default' }],
  }));
  return { ...columnSet(columns), flex_mode: 'flow' };
}

function buildButton({ label, action }: Button, address: Address): CardElement {
  return {
    tag: 'button',
    type: action.kind === 'full-text' || action.kind === 'choose' ? 'primary' : 'default',
    size: action.kind === 'feedback' ? 'small' : 'medium',
    width: 'fill',
    text: plainText(oneLine(label)),
    behaviors: [{ type: 'callback', value: buttonValue(encodeAction(action), address) }],
  };
}

/** The event of a press names neither the kind of chat nor the thread, so the button brings them along. */
function buttonValue(action: string, address: Address): object {
  const kind = address.chatKind === 'private' ? 'p' : 'g';
  return address.threadId === null ? { a: action, k: kind } : { a: action, k: kind, t: address.threadId };
}

function panel(elements: readonly CardElement[]): CardElement {
  const column = { tag: 'column', width: 'weighted', weight: 1, background_style: 'grey', padding: '8px 12px 8px 12px', elements };
  return columnSet([column]);
}

function columnSet(columns: readonly CardElement[]): CardElement {
  return { tag: 'column_set', flex_mode: 'none', horizontal_spacing: '8px', columns };
}

function paragraph(text: string): CardElement {
  return { tag: 'div', text: plainText(text) };
}

function smallPrint(text: string): CardElement {
  return { tag: 'div', text: { ...plainText(text), text_size: 'notation', text_color: 'grey' } };
}

function plainText(content: string): CardElement {
  return { tag: 'plain_text', content: cleanText(content) };
}

function summarise(message: ReplyMessage): string {
  const line = oneLine(renderText(message)) || oneLine(message.title);
  return cleanText(line.slice(0, SUMMARY_LENGTH)).replace(/\ufffd$/, '');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** How many elements the platform will count in an encoded card. */
export function countElements(content: string): number {
  return content.match(/"tag":/g)?.length ?? 0;
}
