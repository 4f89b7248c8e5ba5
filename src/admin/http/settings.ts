import { auditOf } from '../audit.ts';
import { isSingleAdmin, SINGLE_ADMIN } from '../single-admin.ts';
import type { House } from './house.ts';
import { route } from './route.ts';
import { settings, settingsChange, type View } from './schemas.ts';

const viewOf = async ({ store, environment }: House): Promise<View<typeof settings>> => ({
  isSingleAdmin: await isSingleAdmin(store),
  // Whatever it was given: a secret is said to be set, no more.
  environment: environment.map((setting) => ({ ...setting, value: setting.isSecret ? null : setting.value })),
});

export const settingsRoutes = [
  route('admin', 'get', '/settings', { summary: 'The settings; secrets only as set or not.', answer: settings }, async (_call, house) =>
    viewOf(house),
  ),
  route(
    'admin',
    'patch',
    '/settings',
    { summary: 'Whether writers may approve their own drafts.', body: settingsChange, answer: settings, isForPeople: true },
    async ({ who, body }, house) => {
      const value = body.isSingleAdmin ? 'yes' : 'no';
      const audit = auditOf(who.actor, house.now(), 'setting.changed', `setting:${SINGLE_ADMIN}`, { value });
      await house.store.saveSetting(SINGLE_ADMIN, value, audit);
      return viewOf(house);
    },
  ),
];
