import type { ChannelName, Incoming, Notice, OutgoingReply } from '../domain/message.ts';
import type { Handled } from '../domain/turn.ts';
import { splitReply, type TextLimit } from './split.ts';

export interface OutgoingOptions {
  readonly limitOf: (channel: ChannelName) => TextLimit;
  readonly newId: () => string;
}

/** A message to somewhere, as rows of the outbox: several when it is long. Only the first answers or replaces another message; the others follow it. */
export function outgoingOf({ channel, address, message, about, edits }: Notice, { limitOf, newId }: OutgoingOptions): OutgoingReply[] {
  return splitReply(message, limitOf(channel)).map((part, at) => ({
    id: newId(),
    channel,
    address: at === 0 ? address : { ...address, replyTo: null },
    message: part,
    form: 'rich',
    ...(about !== undefined && { about }),
    ...(edits !== undefined && at === 0 && { edits }),
  }));
}

/** What handling a message sends: its replies, to where it came from, then what goes to other places. */
export function outgoingFrom(
  { channel, address }: Pick<Incoming, 'channel' | 'address'>,
  { replies, notices = [], about }: Pick<Handled, 'replies' | 'notices' | 'about'>,
  options: OutgoingOptions,
): OutgoingReply[] {
  return [
    ...replies.flatMap((message, at) =>
      outgoingOf(
        { channel, address: at === 0 ? address : { ...address, replyTo: null }, message, ...(about !== undefined && { about }) },
        options,
      ),
    ),
    ...notices.flatMap((notice) => outgoingOf(notice, options)),
  ];
}
