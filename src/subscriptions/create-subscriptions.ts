import type { Action, Incoming, ReplyMessage } from '../domain/message.ts';
import type { LibraryRecord } from '../domain/record.ts';
import type { Topic } from '../domain/subscription.ts';
import { subscriptionSays } from './cards.ts';
import type { SubscriptionStore } from './store.ts';
import { readTopic } from './topics.ts';

export interface SubscriptionsOptions {
  readonly store: SubscriptionStore;
  /** Of the library: industries and regions are known by them. */
  readonly records: () => readonly LibraryRecord[];
  readonly now: () => number;
  readonly newId: () => string;
}

const SUBSCRIBE = /^\s*(?:我?(?:想|要)?(?:订阅|关注))\s*(.{0,30}?)[。！!]?\s*$/u;
const UNSUBSCRIBE = /^\s*(?:退订|取消订阅|取消关注)\s*(.{0,30}?)[。！!]?\s*$/u;
const MINE = /^\s*(?:我|本群)(?:的?订阅|订阅了什么|订阅了哪些)[？?]?\s*$/u;
/** Industries and regions named when somebody asks what there is. */
const MOST_OTHERS = 12;

type Wish = { readonly kind: 'subscribe' | 'unsubscribe'; readonly words: string; readonly isCommand: boolean } | { readonly kind: 'mine' };

/** What a message wants of subscriptions; null: nothing. */
function wishOf({ content }: Incoming): Wish | null {
  if (content.kind === 'command') {
    if (content.name === 'subscribe') return { kind: 'subscribe', words: content.args.trim(), isCommand: true };
    if (content.name === 'unsubscribe') return { kind: 'unsubscribe', words: content.args.trim(), isCommand: true };
    return content.name === 'subscriptions' ? { kind: 'mine' } : null;
  }
  if (content.kind !== 'text') return null;
  if (MINE.test(content.text)) return { kind: 'mine' };
  const subscribe = SUBSCRIBE.exec(content.text)?.[1];
  if (subscribe !== undefined) return { kind: 'subscribe', words: subscribe, isCommand: false };
  const unsubscribe = UNSUBSCRIBE.exec(content.text)?.[1];
  return unsubscribe === undefined ? null : { kind: 'unsubscribe', words: unsubscribe, isCommand: false };
}

/** Industries and regions that policies state. */
function othersIn(records: readonly LibraryRecord[]): Topic[] {
  const words = new Map<string, Topic>();
  for (const record of records) {
    if (record.kind !== 'policy') continue;
    for (const value of record.facts.industries) words.set(value, { scope: 'industry', value });
    if (record.facts.region !== null) words.set(record.facts.region, { scope: 'region', value: record.facts.region });
  }
  return [...words.values()].filter(({ value }) => readTopic(value, records)?.value === value).slice(0, MOST_OTHERS);
}

/** Takes and ends subscriptions, by words, commands and buttons. */
export function createSubscriptions({ store, records, now, newId }: SubscriptionsOptions) {
  const subscribe = async ({ channel, address }: Incoming, asker: string, topic: Topic): Promise<ReplyMessage> =>
    subscriptionSays.subscribed(
      await store.subscribe({
        id: newId(),
        channel,
        address: { ...address, replyTo: null },
        asker,
        topic,
        pace: 'at-once',
        createdAtMs: now(),
      }),
    );

  const own = async (message: Incoming, id: string) => {
    const subscription = await store.subscription(id);
    if (!subscription) return { refusal: subscriptionSays.gone() } as const;
    const isHere = subscription.channel === message.channel && subscription.address.chatId === message.address.chatId;
    return isHere ? ({ subscription } as const) : ({ refusal: subscriptionSays.notHere() } as const);
  };

  const act = async (message: Incoming, asker: string, action: Action): Promise<ReplyMessage | null> => {
    switch (action.kind) {
      case 'subscribe':
        return subscribe(message, asker, action.topic);
      case 'unsubscribe': {
        const { subscription, refusal } = await own(message, action.subscriptionId);
        if (!subscription) return refusal;
        return (await store.unsubscribe(subscription.id)) ? subscriptionSays.unsubscribed(subscription.topic) : subscriptionSays.gone();
      }
      case 'news-pace': {
        const { subscription, refusal } = await own(message, action.subscriptionId);
        if (!subscription) return refusal;
        await store.changePace(subscription.id, action.pace);
        return subscriptionSays.paceChanged({ ...subscription, pace: action.pace });
      }
      default:
        return null;
    }
  };

  const unsubscribe = async (message: Incoming, words: string): Promise<ReplyMessage> => {
    const all = await store.subscriptionsOf(message.channel, message.address);
    const topic = words === '' && all.length === 1 ? all[0]!.topic : readTopic(words, records());
    const found = all.find((each) => each.topic.scope === topic?.scope && each.topic.value === topic.value);
    if (!found) return subscriptionSays.mine(all);
    await store.unsubscribe(found.id);
    return subscriptionSays.unsubscribed(found.topic);
  };

  return {
    /** The reply to a message about subscriptions; null: it is about something else. */
    async handle(message: Incoming, asker: string): Promise<ReplyMessage | null> {
      const canReach = message.channel === 'telegram' || message.channel === 'feishu';
      if (message.content.kind === 'action') {
        const { action } = message.content;
        if (action.kind !== 'subscribe' && action.kind !== 'unsubscribe' && action.kind !== 'news-pace') return null;
        return canReach ? act(message, asker, action) : subscriptionSays.onlyInChats();
      }
      const wish = wishOf(message);
      if (wish === null) return null;
      if (wish.kind === 'mine') {
        return canReach
          ? subscriptionSays.mine(await store.subscriptionsOf(message.channel, message.address))
          : subscriptionSays.onlyInChats();
      }
      const topic = readTopic(wish.words, records());
      // 「关注企业诉求」 is no wish to subscribe, but words of a question.
      if (topic === null && wish.words !== '' && !wish.isCommand) return null;
      if (!canReach) return subscriptionSays.onlyInChats();
      if (wish.kind === 'unsubscribe') return unsubscribe(message, wish.words);
      return topic === null ? subscriptionSays.topics(wish.words, othersIn(records())) : subscribe(message, asker, topic);
    },
  };
}
