/** What Telegram answers to a call it does not carry out. */
export interface Refusal {
  readonly status: number;
  readonly description: string;
  readonly parameters?: { readonly retry_after?: number; readonly migrate_to_chat_id?: number };
}

type Payload = Readonly<Record<string, unknown>>;

/** Refuses a text as `sendMessage` and `editMessageText` do: empty, longer than 4096 UTF-16 units, or with entities that do not fit it. */
export function checkText({ text, entities, reply_markup: markup }: Payload): Refusal | null {
  if (typeof text !== 'string' || text.trim() === '') return badRequest('message text is empty');
  if (text.length > 4096) return badRequest('message is too long');
  for (const { offset, length } of (entities ?? []) as { offset: number; length: number }[]) {
    if (!Number.isInteger(offset) || offset < 0 || !(length > 0) || offset + length > text.length) {
      return badRequest("can't parse entities: an entity is out of the text");
    }
    if (isInsidePair(text, offset) || isInsidePair(text, offset + length)) {
      return badRequest("can't parse entities: an entity begins or ends inside a character");
    }
  }
  return checkKeyboard(markup);
}

function checkKeyboard(markup: unknown): Refusal | null {
  const rows = (markup as { inline_keyboard?: { text?: unknown; callback_data?: unknown }[][] } | undefined)?.inline_keyboard ?? [];
  for (const row of rows) {
    if (row.length > 8) return badRequest('too many buttons in a row');
    for (const { text, callback_data: data } of row) {
      if (typeof text !== 'string' || text === '') return badRequest('Text buttons are unallowed in the inline keyboard');
      const bytes = typeof data === 'string' ? Buffer.byteLength(data) : 0;
      if (bytes < 1 || bytes > 64) return badRequest('BUTTON_DATA_INVALID');
    }
  }
  return null;
}

/** Refuses menus as `setMyCommands` does. */
export function checkCommands({ commands }: Payload): Refusal | null {
  const list = commands as { command: string; description: string }[];
  if (list.length > 100) return badRequest('BOT_COMMANDS_TOO_MUCH');
  const isValid = list.every(
    ({ command, description }) => /^[a-z0-9_]{1,32}$/.test(command) && description.length >= 1 && description.length <= 256,
  );
  return isValid ? null : badRequest('BOT_COMMAND_INVALID');
}

export function badRequest(what: string): Refusal {
  return { status: 400, description: `Bad Request: ${what}` };
}

function isInsidePair(text: string, index: number): boolean {
  return /[\uD800-\uDBFF]/.test(text.charAt(index - 1)) && /[\uDC00-\uDFFF]/.test(text.charAt(index));
}
