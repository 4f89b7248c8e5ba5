import type { BotCommand } from 'grammy/types';

/** The commands we answer, in the order of the menu. */
export const COMMAND_NAMES = ['start', 'help', 'ask', 'topics'] as const;

const isKnown = new Set<string>(COMMAND_NAMES);

/** Whether `name` (without slash or bot name, lower case) is one of ours. */
export function isCommandName(name: string): boolean {
  return isKnown.has(name);
}

type Descriptions = Record<(typeof COMMAND_NAMES)[number], string>;

const CHINESE: Descriptions = {
  start: '开始使用',
  help: '怎么提问，能答什么',
  ask: '提问：/ask 您的问题',
  topics: '按主题浏览政策',
};

const ENGLISH: Descriptions = {
  start: 'Get started',
  help: 'How to ask, and what can be answered',
  ask: 'Ask: /ask your question',
  topics: 'Browse the policies by topic',
};

/** The menus to register. Telegram shows the one of the reader's app language, else the one without a language. */
export const COMMAND_MENUS: readonly { readonly language: 'zh' | null; readonly commands: readonly BotCommand[] }[] = [
  { language: null, commands: menu(ENGLISH) },
  { language: 'zh', commands: menu(CHINESE) },
];

function menu(descriptions: Descriptions): BotCommand[] {
  return COMMAND_NAMES.map((command) => ({ command, description: descriptions[command] }));
}
