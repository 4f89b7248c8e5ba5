import { jobView } from './job-view.ts';
import { route } from './route.ts';
import { job } from './schemas.ts';
import { textOf } from './text-of.ts';
import { impactView } from './text-views.ts';

export const impactRoutes = [
  route(
    'editor',
    'post',
    '/texts/:id/revisions/:number/impact',
    { summary: 'Work out which answers of the question set publishing a revision would change.', answer: job },
    async ({ who, param }, { texts, library, editorial, jobs }) => {
      const { revision } = await textOf({ texts }, param);
      const { textId, number, source, digest } = revision;
      const work = library.impact({ textId, source, digest });
      return jobView(
        jobs.start(who.user.id, 'impact', async (signal, onProgress) => {
          const impact = await work(signal, onProgress);
          await editorial.keepImpact(textId, number, impact);
          return impactView(impact);
        }),
      );
    },
  ),
];
