import type * as schemas from '../../../admin/http/schemas-subscriptions.ts';
import { get, put } from './client.ts';
import type { ViewOf } from './shape.ts';

type View<Name extends keyof typeof schemas> = ViewOf<typeof schemas, Name>;

export type SubscriptionReport = View<'subscriptionReport'>;
export type SubscribedTopic = SubscriptionReport['topics'][number];
export type NewsReport = SubscriptionReport['news'][number];
export type NewsHours = View<'newsHours'>;

export const SUBSCRIPTIONS_KEY = ['subscriptions'] as const;
export const NEWS_HOURS_KEY = ['news-hours'] as const;

export const fetchSubscriptions = (): Promise<SubscriptionReport> => get('subscriptions');
export const fetchNewsHours = (): Promise<NewsHours> => get('news-hours');
export const saveNewsHours = (hours: NewsHours): Promise<NewsHours> => put('news-hours', hours);
