import type { TelegramEntity } from './update.ts';

/** Who we are, as `getMe` says. */
export interface BotIdentity {
  readonly id: number;
  /** Without the @. */
  readonly username: string;
}

/** The stretch of text an entity covers. */
export function textOf(text: string, entity: TelegramEntity): string {
  return text.slice(entity.offset, entity.offset + entity.length);
}

/** Whether the entity mentions us: by name, in any case, or by id. */
export function isOwnMention(text: string, entity: TelegramEntity, me: BotIdentity): boolean {
  if (entity.type === 'text_mention') return entity.user?.id === me.id;
  return entity.type === 'mention' && textOf(text, entity).toLowerCase() === `@${me.username.toLowerCase()}`;
}

/**
 * The text without the mentions of us, nor the comma or colon that follows one at the beginning.
 * @example stripMentions('@policy_bot，怎么申请？', entities, me) // → '怎么申请？'
 */
export function stripMentions(text: string, entities: readonly TelegramEntity[], me: BotIdentity): string {
  const own = entities.filter((entity) => isOwnMention(text, entity, me)).toSorted((a, b) => a.offset - b.offset);
  if (own.length === 0) return text.trim();
  const pieces: string[] = [];
  let end = 0;
  for (const entity of own) {
    pieces.push(text.slice(end, entity.offset).trim());
    end = Math.max(end, entity.offset + entity.length);
  }
  pieces.push(text.slice(end).trim());
  const [first, ...rest] = pieces.filter((piece) => piece !== '');
  if (first === undefined) return '';
  const opening = pieces[0] === '' ? first.replace(/^[,，:：、]\s*/, '') : first;
  return [opening, ...rest].join(' ').trim();
}
