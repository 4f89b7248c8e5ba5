import { CHANNEL_NAMES, type ChannelName } from '../../domain/message.ts';
import { newChatCode } from '../accounts/chat-codes.ts';
import { chatTarget } from '../accounts/people.ts';
import { auditOf } from '../audit.ts';
import { notFound } from './errors.ts';
import { route } from './route.ts';
import { chatBindings, chatCode } from './schemas.ts';

const isForPeople = true;
const isChannel = (name: string): name is ChannelName => CHANNEL_NAMES.includes(name as ChannelName);

export const chatRoutes = [
  route(
    'viewer',
    'get',
    '/account/chats',
    { summary: 'The chat accounts bound to you.', answer: chatBindings, isForPeople },
    async ({ who }, { store }) => ({
      items: [...(await store.bindings(who.user.id))],
    }),
  ),
  route(
    'viewer',
    'post',
    '/account/chats',
    { summary: 'A code that binds a chat account to you: good once, for ten minutes.', answer: chatCode, isForPeople },
    async ({ who }, { store, now }) => {
      const made = await newChatCode(store, who.user.id, now());
      return { ...made, command: `/bind ${made.code}` };
    },
  ),
  route(
    'viewer',
    'delete',
    '/account/chats/:channel/:senderId',
    { summary: 'Unbind a chat account of yours.', isForPeople },
    async ({ who, param }, { store, now }) => {
      const [channel, senderId] = [param('channel'), param('senderId')];
      const binding = isChannel(channel) ? await store.binding(channel, senderId) : null;
      if (binding?.userId !== who.user.id) throw notFound('没有绑定这个聊天账号。');
      await store.unbind(binding.channel, senderId, auditOf(who.actor, now(), 'chat.unbound', chatTarget(binding)));
    },
  ),
];
