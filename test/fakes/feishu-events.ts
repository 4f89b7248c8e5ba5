import { createCipheriv, createHash, randomBytes } from 'node:crypto';

export interface App {
  readonly appId: string;
  readonly encryptKey: string;
  readonly verificationToken: string;
  readonly botOpenId: string;
}

export interface MessageFields {
  readonly text?: string;
  readonly chatType?: 'p2p' | 'group';
  readonly messageType?: string;
  /** Instead of `text`, for other types. */
  readonly content?: unknown;
  readonly mentions?: readonly { readonly key: string; readonly openId: string; readonly name: string }[];
  readonly messageId?: string;
  readonly chatId?: string;
  readonly threadId?: string;
  /** The message it replies to. */
  readonly parentId?: string;
  readonly senderId?: string;
  readonly senderType?: string;
  readonly eventId?: string;
  readonly token?: string;
  readonly appId?: string;
}

export interface CardFields {
  readonly value: unknown;
  readonly operatorId?: string;
  readonly messageId?: string;
  readonly chatId?: string;
  readonly eventId?: string;
}

export interface Envelope {
  readonly schema: '2.0';
  readonly header: { readonly event_id: string; readonly event_type: string } & Readonly<Record<string, string>>;
  readonly event: object;
}

let counter = 0;
const nextId = () => (counter += 1).toString(16).padStart(32, '0');

export const PRIVATE_CHAT = 'oc_privatechat';
export const GROUP_CHAT = 'oc_groupchat';
export const PERSON = 'ou_person';

/** `im.message.receive_v1`, as the platform documents it. */
export function messageEvent(app: App, fields: MessageFields = {}): Envelope {
  const chatType = fields.chatType ?? 'p2p';
  return {
    schema: '2.0',
    header: headerOf(app, 'im.message.receive_v1', String(Date.now()), fields),
    event: {
      sender: {
        sender_id: { union_id: 'on_person', user_id: 'e33ggbyz', open_id: fields.senderId ?? PERSON },
        sender_type: fields.senderType ?? 'user',
        tenant_key: 'tenant',
      },
      message: {
        message_id: fields.messageId ?? `om_${nextId()}`,
        create_time: String(Date.now()),
        update_time: String(Date.now()),
        chat_id: fields.chatId ?? (chatType === 'p2p' ? PRIVATE_CHAT : GROUP_CHAT),
        ...(fields.threadId === undefined ? {} : { thread_id: fields.threadId }),
        ...(fields.parentId === undefined ? {} : { parent_id: fields.parentId, root_id: fields.parentId }),
        chat_type: chatType,
        message_type: fields.messageType ?? 'text',
        content: JSON.stringify(fields.content ?? { text: fields.text ?? '你好' }),
        ...(fields.mentions === undefined
          ? {}
          : {
              mentions: fields.mentions.map(({ key, openId, name }) => ({
                key,
                id: { union_id: 'on_x', user_id: null, open_id: openId },
                name,
                tenant_key: 'tenant',
              })),
            }),
      },
    },
  };
}

/** `card.action.trigger`, with its time in microseconds. */
export function cardEvent(app: App, fields: CardFields): Envelope {
  return {
    schema: '2.0',
    header: headerOf(app, 'card.action.trigger', `${Date.now()}000`, fields),
    event: {
      operator: { tenant_key: 'tenant', user_id: '867', open_id: fields.operatorId ?? PERSON, union_id: 'on_person' },
      token: 'c-295ee57216a5dc9de90fefd0aadb4b1d7d',
      action: { value: fields.value, tag: 'button', timezone: 'Asia/Shanghai' },
      host: 'im_message',
      context: { open_message_id: fields.messageId ?? `om_${nextId()}`, open_chat_id: fields.chatId ?? PRIVATE_CHAT },
    },
  };
}

function headerOf(app: App, type: string, time: string, fields: { eventId?: string; token?: string; appId?: string }): Envelope['header'] {
  return {
    event_id: fields.eventId ?? nextId(),
    event_type: type,
    create_time: time,
    token: fields.token ?? app.verificationToken,
    app_id: fields.appId ?? app.appId,
    tenant_key: 'tenant',
  };
}

/** The platform's envelope: AES-256-CBC with a random vector in front, base64. */
export function encrypt(encryptKey: string, plain: string): string {
  const vector = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', createHash('sha256').update(encryptKey).digest(), vector);
  return Buffer.concat([vector, cipher.update(plain, 'utf8'), cipher.final()]).toString('base64');
}

export function sign(encryptKey: string, timestamp: string, nonce: string, body: Buffer): string {
  return createHash('sha256')
    .update(Buffer.concat([Buffer.from(timestamp + nonce + encryptKey), body]))
    .digest('hex');
}
