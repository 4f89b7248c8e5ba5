import { accountRoutes } from './account.ts';
import { auditRoutes } from './audit.ts';
import { chatRoutes } from './chats.ts';
import { deskRoutes } from './desks.ts';
import { diffRoutes } from './diff.ts';
import { doctorRoutes } from './doctor.ts';
import { evaluationRoutes } from './evaluations.ts';
import { explainRoutes } from './explain.ts';
import { exportRoutes } from './export.ts';
import { impactRoutes } from './impact.ts';
import { importRoutes } from './imports.ts';
import { insightRoutes } from './insight.ts';
import { jobRoutes } from './jobs.ts';
import { overviewRoutes } from './overview.ts';
import { previewRoutes } from './preview.ts';
import { revisionRoutes } from './revisions.ts';
import type { Route } from './route.ts';
import { sessionRoutes } from './session.ts';
import { setUpRoutes } from './set-up.ts';
import { settingsRoutes } from './settings.ts';
import { subscriptionRoutes } from './subscriptions.ts';
import { templateRoutes } from './templates.ts';
import { textRoutes } from './texts.ts';
import { ticketRoutes } from './tickets.ts';
import { tokenRoutes } from './tokens.ts';
import { uploadRoutes } from './uploads.ts';
import { userRoutes } from './users.ts';

/** All of the console's API: who may call what. */
export const ROUTES: readonly Route[] = [
  ...setUpRoutes,
  ...sessionRoutes,
  ...accountRoutes,
  ...chatRoutes,
  ...userRoutes,
  ...tokenRoutes,
  ...auditRoutes,
  ...textRoutes,
  ...revisionRoutes,
  ...impactRoutes,
  ...diffRoutes,
  ...previewRoutes,
  ...uploadRoutes,
  ...importRoutes,
  ...templateRoutes,
  ...jobRoutes,
  ...explainRoutes,
  ...evaluationRoutes,
  ...overviewRoutes,
  ...settingsRoutes,
  ...doctorRoutes,
  ...exportRoutes,
  ...ticketRoutes,
  ...deskRoutes,
  ...insightRoutes,
  ...subscriptionRoutes,
];
