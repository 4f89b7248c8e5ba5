import type { FetchQueryOptions, QueryClient } from '@tanstack/react-query';
import { createHashRouter, type LoaderFunctionArgs, type RouteObject } from 'react-router';
import { summaryQuery, weakSpotsQuery } from './api/insight.ts';
import { rangeIn } from './pages/insight/range.ts';
import { RequireSession } from './shell/require-session.tsx';
import { RouteFault } from './shell/route-fault.tsx';
import { Waiting } from './shell/waiting.tsx';

/** Asks for what a page shows while its code is still on the way. */
const ahead =
  (queries: QueryClient, queryFor: (parameters: URLSearchParams) => FetchQueryOptions) =>
  ({ request }: LoaderFunctionArgs): null => {
    void queries.prefetchQuery(queryFor(new URL(request.url).searchParams));
    return null;
  };

/** The pages, each loaded when it is first opened. */
const pagesWith = (queries: QueryClient): RouteObject[] => [
  { index: true, lazy: async () => ({ Component: (await import('./pages/overview/overview-page.tsx')).OverviewPage }) },
  { path: 'texts', lazy: async () => ({ Component: (await import('./pages/texts/texts-page.tsx')).TextsPage }) },
  { path: 'texts/new/:kind', lazy: async () => ({ Component: (await import('./pages/editor/new-text-page.tsx')).NewTextPage }) },
  { path: 'texts/:id', lazy: async () => ({ Component: (await import('./pages/texts/text-page.tsx')).TextPage }) },
  { path: 'texts/:id/edit/:number', lazy: async () => ({ Component: (await import('./pages/editor/edit-text-page.tsx')).EditTextPage }) },
  { path: 'review', lazy: async () => ({ Component: (await import('./pages/review/review-page.tsx')).ReviewPage }) },
  {
    path: 'review/:id/:number',
    lazy: async () => ({ Component: (await import('./pages/review/revision-review-page.tsx')).RevisionReviewPage }),
  },
  { path: 'import', lazy: async () => ({ Component: (await import('./pages/import/import-page.tsx')).ImportPage }) },
  { path: 'language', lazy: async () => ({ Component: (await import('./pages/lexicon/language-page.tsx')).LanguagePage }) },
  { path: 'tickets', lazy: async () => ({ Component: (await import('./pages/tickets/tickets-page.tsx')).TicketsPage }) },
  { path: 'tickets/:id', lazy: async () => ({ Component: (await import('./pages/tickets/ticket-page.tsx')).TicketPage }) },
  { path: 'desks', lazy: async () => ({ Component: (await import('./pages/tickets/desks-page.tsx')).DesksPage }) },
  {
    path: 'insight',
    loader: ahead(queries, (parameters) => summaryQuery(rangeIn(parameters))),
    lazy: async () => ({ Component: (await import('./pages/insight/insight-page.tsx')).InsightPage }),
  },
  {
    path: 'improve',
    loader: ahead(queries, (parameters) => weakSpotsQuery(rangeIn(parameters), 'open')),
    lazy: async () => ({ Component: (await import('./pages/insight/improve-page.tsx')).ImprovePage }),
  },
  {
    path: 'subscriptions',
    lazy: async () => ({ Component: (await import('./pages/subscriptions/subscriptions-page.tsx')).SubscriptionsPage }),
  },
  { path: 'try', lazy: async () => ({ Component: (await import('./pages/try/try-page.tsx')).TryPage }) },
  { path: 'evaluation', lazy: async () => ({ Component: (await import('./pages/evaluation/evaluation-page.tsx')).EvaluationPage }) },
  {
    path: 'evaluation/questions',
    lazy: async () => ({ Component: (await import('./pages/evaluation/questions-page.tsx')).QuestionsPage }),
  },
  { path: 'evaluation/:id', lazy: async () => ({ Component: (await import('./pages/evaluation/run-page.tsx')).RunPage }) },
  { path: 'users', lazy: async () => ({ Component: (await import('./pages/people/users-page.tsx')).UsersPage }) },
  { path: 'tokens', lazy: async () => ({ Component: (await import('./pages/people/tokens-page.tsx')).TokensPage }) },
  { path: 'audit', lazy: async () => ({ Component: (await import('./pages/people/audit-page.tsx')).AuditPage }) },
  { path: 'settings', lazy: async () => ({ Component: (await import('./pages/house/settings-page.tsx')).SettingsPage }) },
  { path: 'doctor', lazy: async () => ({ Component: (await import('./pages/house/doctor-page.tsx')).DoctorPage }) },
  { path: 'account', lazy: async () => ({ Component: (await import('./pages/account/account-page.tsx')).AccountPage }) },
  { path: '*', lazy: async () => ({ Component: (await import('./shell/not-found.tsx')).NotFound }) },
];

/** Addresses follow the # (`/admin/#/texts`): the server serves one page for all of them. */
export function createConsoleRouter(queries: QueryClient): ReturnType<typeof createHashRouter> {
  return createHashRouter([
    {
      HydrateFallback: Waiting,
      ErrorBoundary: RouteFault,
      children: [
        { path: '/sign-in', lazy: async () => ({ Component: (await import('./pages/sign-in/sign-in-page.tsx')).SignInPage }) },
        { path: '/set-up', lazy: async () => ({ Component: (await import('./pages/sign-in/set-up-page.tsx')).SetUpPage }) },
        { path: '/', Component: RequireSession, children: [{ ErrorBoundary: RouteFault, children: pagesWith(queries) }] },
      ],
    },
  ]);
}
