/** What the platform answers to a message it does not take. */
export interface Refusal {
  readonly code: number;
  readonly msg: string;
}

type Json = Readonly<Record<string, unknown>>;
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

const MAX_REQUEST_BYTES = 30 * 1024;
const MAX_TEXT_BYTES = 150 * 1024;
const MAX_TABLES = 5;
const MAX_ELEMENTS = 200;

/** Properties by element; version 2.0 refuses every other, where 1.0 passed over them. */
const PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  card: ['schema', 'config', 'card_link', 'header', 'body'],
  config: ['update_multi', 'summary', 'enable_forward', 'enable_forward_interaction', 'width_mode', 'style', 'streaming_mode', 'locales'],
  header: ['title', 'subtitle', 'template', 'text_tag_list', 'icon', 'ud_icon', 'padding'],
  body: ['elements', 'direction', 'padding', 'horizontal_spacing', 'horizontal_align', 'vertical_spacing', 'vertical_align'],
  div: ['text', 'icon', 'width'],
  markdown: ['content', 'text_align', 'text_size', 'icon'],
  plain_text: ['content', 'text_size', 'text_color', 'text_align', 'lines'],
  hr: [],
  img: ['img_key', 'alt', 'title', 'scale_type', 'size', 'corner_radius', 'transparent', 'preview'],
  column_set: ['columns', 'flex_mode', 'horizontal_spacing', 'horizontal_align', 'background_style', 'action'],
  column:
    'elements width weight background_style padding direction action vertical_spacing horizontal_spacing vertical_align horizontal_align'.split(
      ' ',
    ),
  button: ['type', 'size', 'width', 'text', 'icon', 'hover_tips', 'disabled', 'disabled_tips', 'confirm', 'behaviors', 'name'],
  table: ['columns', 'rows', 'page_size', 'row_height', 'row_max_height', 'header_style', 'freeze_first_column'],
};
const COMMON = ['tag', 'element_id', 'margin'];
const TEMPLATES = [
  'blue',
  'wathet',
  'turquoise',
  'green',
  'yellow',
  'orange',
  'red',
  'carmine',
  'violet',
  'purple',
  'indigo',
  'grey',
  'default',
];

/** The rules a message of ours must keep, as far as they are documented; null when it is taken. */
export function refusalOf(type: string, content: unknown, requestBytes: number): Refusal | null {
  if (requestBytes > (type === 'text' ? MAX_TEXT_BYTES : MAX_REQUEST_BYTES))
    return { code: 230025, msg: 'The length of the message content reaches its limit.' };
  if (!isJson(content)) return { code: 230001, msg: 'invalid message content' };
  if (type === 'text') return typeof content.text === 'string' && content.text !== '' ? null : { code: 230001, msg: 'text is required' };
  if (type === 'post') return refusalOfPost(content);
  if (type === 'interactive') return refusalOfCard(content);
  return { code: 230001, msg: `unknown msg_type ${type}` };
}

function refusalOfPost(content: Json): Refusal | null {
  const post = content.zh_cn;
  if (!isJson(post) || !Array.isArray(post.content)) return { code: 230001, msg: 'invalid post: no locale' };
  for (const line of post.content) {
    if (!Array.isArray(line) || line.some((node) => !isJson(node) || typeof node.tag !== 'string'))
      return { code: 230001, msg: 'invalid post line' };
  }
  return null;
}

const wrong = (subcode: number, message: string): Refusal => ({
  code: 230099,
  msg: `Failed to create card content, ext=ErrCode: ${subcode}; ErrMsg: ${message};`,
});

function refusalOfCard(card: Json): Refusal | null {
  if (card.schema !== '2.0') return wrong(200621, 'schema is not 2.0');
  if (!isJson(card.config) || card.config.update_multi !== true) return wrong(300302, 'update_multi must be true');
  if (!isJson(card.header) || !TEMPLATES.includes(String(card.header.template))) return wrong(200621, 'unknown template');
  if (!isJson(card.body) || !Array.isArray(card.body.elements)) return wrong(200621, 'no body');
  for (const part of ['config', 'header', 'body'] as const) {
    const stranger = Object.keys(card[part] as Json).find((key) => !PROPERTIES[part]?.includes(key));
    if (stranger !== undefined) return wrong(200621, `unknown property ${part}.${stranger}`);
  }
  const stranger = Object.keys(card).find((key) => !PROPERTIES.card?.includes(key));
  if (stranger !== undefined) return wrong(200621, `unknown property ${stranger}`);

  const elements = elementsOf(card);
  if (elements.length > MAX_ELEMENTS) return wrong(11310, 'element exceeds the limit');
  const tables = elements.reduce((sum, element) => sum + countTables(element), 0);
  if (tables > MAX_TABLES) return wrong(11310, 'card table number over limit');
  const ids = elements.map((element) => element.element_id).filter((id) => id !== undefined);
  if (ids.some((id) => typeof id !== 'string' || !/^[A-Za-z]\w{0,19}$/.test(id)) || new Set(ids).size < ids.length)
    return wrong(200621, 'bad element_id');
  for (const element of elements) {
    const problem = refusalOfElement(element);
    if (problem !== null) return problem;
  }
  return null;
}

function refusalOfElement(element: Json): Refusal | null {
  const tag = String(element.tag);
  if (tag === 'action' || tag === 'note')
    return wrong(200861, `cards of schema V2 no longer support this capability; unsupported tag ${tag}`);
  const allowed = PROPERTIES[tag];
  if (allowed === undefined) return wrong(200621, `unknown tag ${tag}`);
  const stranger = Object.keys(element).find((key) => !COMMON.includes(key) && !allowed.includes(key));
  if (stranger !== undefined) return wrong(200621, `unknown property ${tag}.${stranger}`);
  if (tag === 'markdown' && /<at\s+id=/.test(String(element.content))) return wrong(100290, 'invalid at');
  if (tag === 'img' && (!/^img_v\d_\w+$/.test(String(element.img_key)) || !isJson(element.alt))) return wrong(200570, 'bad image key');
  if (tag === 'column_set' && (element.columns as unknown[]).length === 0) return wrong(200621, 'no columns');
  if (tag !== 'button') return null;
  const behaviours = Array.isArray(element.behaviors) ? element.behaviors : [];
  const isCallback = behaviours.length > 0 && behaviours.every((item) => isJson(item) && item.type === 'callback' && isJson(item.value));
  return isCallback ? null : wrong(200621, 'a button needs a behaviour with an object as its value');
}

function countTables(element: Json): number {
  if (element.tag === 'table') return 1;
  return element.tag === 'markdown' ? (String(element.content).match(/^\s*\|?[\s:|-]*-{3,}[\s:|-]*$/gm)?.length ?? 0) : 0;
}

/** Every object with a tag, in reading order. */
export function elementsOf(value: unknown): Json[] {
  if (Array.isArray(value)) return value.flatMap(elementsOf);
  if (!isJson(value)) return [];
  const inner = Object.values(value).flatMap(elementsOf);
  return typeof value.tag === 'string' ? [value, ...inner] : inner;
}
