import { jobView } from './job-view.ts';
import { route } from './route.ts';
import { job } from './schemas.ts';

export const jobRoutes = [
  route(
    'viewer',
    'get',
    '/jobs/:id',
    { summary: 'How far a piece of long work of yours is, and its result.', answer: job },
    async ({ who, param }, { jobs }) => jobView(jobs.get(who.user.id, param('id'))),
  ),
  route('viewer', 'delete', '/jobs/:id', { summary: 'Cancel it.', answer: job }, async ({ who, param }, { jobs }) =>
    jobView(jobs.cancel(who.user.id, param('id'))),
  ),
];
