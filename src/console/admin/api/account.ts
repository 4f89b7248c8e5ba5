import { get, post, remove } from './client.ts';
import type { ChatBinding, ChatBindings, ChatCode, TotpStarted } from './types.ts';

export const CHATS_KEY = ['chats'] as const;

export const startTotp = (): Promise<TotpStarted> => post('account/totp');
export const confirmTotp = (code: string): Promise<unknown> => post('account/totp/confirm', { code });
export const endTotp = (password: string): Promise<unknown> => post('account/totp/off', { password });
export const fetchChats = (): Promise<ChatBindings> => get('account/chats');
export const makeChatCode = (): Promise<ChatCode> => post('account/chats');
export const unbindChat = ({ channel, senderId }: ChatBinding): Promise<unknown> =>
  remove(`account/chats/${encodeURIComponent(channel)}/${encodeURIComponent(senderId)}`);
