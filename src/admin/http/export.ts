import { zipOf } from '../../knowledge/editorial/archive.ts';
import { auditOf } from '../audit.ts';
import { route } from './route.ts';

export const exportRoutes = [
  route(
    'admin',
    'get',
    '/export.zip',
    { summary: 'All that is answered from, as the files of a knowledge folder.', answer: 'application/zip' },
    async ({ who }, { texts, store, now }) => {
      const { version, texts: published } = await texts.published();
      const bytes = zipOf(published);
      await store.addAudit(auditOf(who.actor, now(), 'export.made', 'export.zip', { texts: published.length, libraryVersion: version }));
      return { name: `wence-library-${version}.zip`, bytes };
    },
  ),
];
