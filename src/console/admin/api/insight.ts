import type * as schemas from '../../../admin/http/schemas-insight.ts';
import { get, post, put } from './client.ts';
import type { ViewOf } from './shape.ts';

type View<Name extends keyof typeof schemas> = ViewOf<typeof schemas, Name>;

export type InsightSummary = View<'insightSummary'>;
export type WeakSpot = View<'weakSpot'>;
export type WeakSpots = View<'weakSpots'>;
export type Choices = View<'choices'>;
export type Choice = Choices['items'][number];
export type Stale = View<'stale'>;
export type Drafted = View<'drafted'>;
export type DraftRequest = View<'draftRequest'>;
export type WeakMark = NonNullable<WeakSpot['mark']>;

/** ISO dates, both included. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

export const INSIGHT_KEY = ['insight'] as const;

export const WEAK_SPOTS_KEY = [...INSIGHT_KEY, 'weak-spots'] as const;

export const summaryQuery = (range: DayRange) => ({
  queryKey: [...INSIGHT_KEY, 'summary', range],
  queryFn: (): Promise<InsightSummary> => get('insight/summary', { ...range }),
});
export const weakSpotsQuery = (range: DayRange, mark: WeakMark | 'open') => ({
  queryKey: [...WEAK_SPOTS_KEY, range, mark],
  queryFn: (): Promise<WeakSpots> => get('insight/weak-spots', { ...range, mark }),
});
export const markSpot = ({ from, to }: DayRange, key: string, mark: WeakMark | null): Promise<unknown> =>
  post('insight/weak-spots/mark', { from, to, key, mark });
export const makeDraft = (request: DraftRequest): Promise<Drafted> => post('insight/drafts', request);
export const fetchChoices = (range: DayRange): Promise<Choices> => get('insight/choices', { ...range });
export const dismissChoice = (key: string): Promise<null> => post('insight/choices/dismiss', { key });
export type DigestPlan = View<'digestPlan'>;
export const DIGEST_KEY = [...INSIGHT_KEY, 'digest'] as const;
export const fetchDigestPlan = (): Promise<DigestPlan> => get('insight/digest');
export const saveDigestPlan = (plan: DigestPlan): Promise<DigestPlan> => put('insight/digest', plan);
export const sendDigest = (): Promise<View<'digestSent'>> => post('insight/digest/send');

export const fetchStale = (range: DayRange): Promise<Stale> => get('insight/stale', { ...range });
