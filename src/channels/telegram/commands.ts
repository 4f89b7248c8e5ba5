import type { BotCommand } from 'grammy/types';

/** The commands of the menu, in its order. */
const LISTED = ['start', 'help', 'ask', 'topics', 'staff', 'subscribe', 'subscriptions', 'forget'] as const;

/** For members of the house, in private only: in a group everybody would read the one-time code. In no menu, which anybody sees. */
const FOR_MEMBERS = ['bind', 'unbind', 'whoami'] as const;

/** In no menu either: for admins, makes a chat a staff chat; the other way round of a command that is in the menu. */
const UNLISTED = ['desk', 'unsubscribe'] as const;

const isListed = new Set<string>(LISTED);
const isUnlisted = new Set<string>(UNLISTED);
const isForMembers = new Set<string>(FOR_MEMBERS);

/** Whether `name` (without slash or bot name, lower case) is a command of ours in that kind of chat. */
export function isCommandName(name: string, chatKind: 'private' | 'group'): boolean {
  return isListed.has(name) || isUnlisted.has(name) || (chatKind === 'private' && isForMembers.has(name));
}

type Descriptions = Record<(typeof LISTED)[number], string>;

const CHINESE: Descriptions = {
  start: '开始使用',
  help: '怎么提问，能答什么',
  ask: '提问：/ask 您的问题',
  topics: '按主题浏览政策',
  staff: '转人工，由工作人员答复',
  subscribe: '订阅政策消息：/subscribe 人才政策',
  subscriptions: '我的订阅',
  forget: '删除我的记录',
};

const ENGLISH: Descriptions = {
  start: 'Get started',
  help: 'How to ask, and what can be answered',
  ask: 'Ask: /ask your question',
  topics: 'Browse the policies by topic',
  staff: 'Ask a person',
  subscribe: 'Get news: /subscribe and a topic',
  subscriptions: 'What this chat is subscribed to',
  forget: 'Erase what is kept of me',
};

/** The menus to register. Telegram shows the one of the reader's app language, else the one without a language. */
export const COMMAND_MENUS: readonly { readonly language: 'zh' | null; readonly commands: readonly BotCommand[] }[] = [
  { language: null, commands: menu(ENGLISH) },
  { language: 'zh', commands: menu(CHINESE) },
];

function menu(descriptions: Descriptions): BotCommand[] {
  return LISTED.map((command) => ({ command, description: descriptions[command] }));
}
