import { tableTemplate } from '../../knowledge/import/index.ts';
import { route } from './route.ts';

const template = (kind: 'faq' | 'procedure', summary: string) =>
  route('viewer', 'get', `/templates/${kind}.csv`, { summary, answer: 'text/csv' }, async () => ({
    name: `wence-${kind}.csv`,
    bytes: tableTemplate(kind),
  }));

export const templateRoutes = [
  template('faq', 'The table of questions and answers to fill in.'),
  template('procedure', 'The table of service guides to fill in.'),
];
