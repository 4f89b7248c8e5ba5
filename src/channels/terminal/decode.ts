import type { Incoming } from '../../domain/message.ts';

const COMMAND = /^\/([a-z]+)\s*(.*)$/s;

/** A line typed at the terminal, as a message. */
export function terminalMessage(line: string, nowMs: number): Incoming {
  const command = COMMAND.exec(line.trim());
  return {
    channel: 'terminal',
    lane: 'terminal:1',
    messageId: String(nowMs),
    senderId: 'terminal',
    content: command ? { kind: 'command', name: command[1]!, args: command[2]! } : { kind: 'text', text: line },
    sentAtMs: nowMs,
    address: { chatId: '1', chatKind: 'private', threadId: null, replyTo: null },
  };
}
