import { AppError } from '../../domain/errors.ts';
import { DESKS_SETTING, readDesks } from '../../hand-off/desk-book.ts';
import { readRetention, RETENTION_SETTING } from '../../privacy/retention.ts';
import { auditOf } from '../audit.ts';
import type { House } from './house.ts';
import { route } from './route.ts';
import type { View } from './schemas.ts';
import { desks, retention } from './schemas-hand-off.ts';

const isForPeople = true;

async function deskList({ store }: House): Promise<View<typeof desks>> {
  const items = readDesks(await store.setting(DESKS_SETTING));
  return {
    items: items.map(({ categories, hours, ...desk }) => ({
      ...desk,
      categories: [...categories],
      hours: hours && { ...hours, days: [...hours.days], closedOn: [...hours.closedOn], openOn: [...hours.openOn] },
    })),
  };
}

/** What a schema cannot see: desks that name each other. */
function requireSense({ items }: View<typeof desks>): void {
  const ids = items.map(({ id }) => id);
  if (new Set(ids).size !== ids.length) throw new AppError('INPUT_INVALID', '工作群的编号有重复。');
  const lost = items.find(({ id, escalateTo }) => escalateTo !== null && (escalateTo === id || !ids.includes(escalateTo)));
  if (lost) throw new AppError('INPUT_INVALID', `“${lost.name}”的升级对象不存在，或就是它自己。`);
}

export const deskRoutes = [
  route('viewer', 'get', '/desks', { summary: 'The staff chats and what each takes care of.', answer: desks }, async (_call, house) =>
    deskList(house),
  ),
  route(
    'admin',
    'put',
    '/desks',
    { summary: 'The staff chats, all of them.', body: desks, answer: desks, isForPeople },
    async ({ who, body }, house) => {
      requireSense(body);
      const audit = auditOf(who.actor, house.now(), 'setting.changed', `setting:${DESKS_SETTING}`, { desks: body.items.length });
      await house.store.saveSetting(DESKS_SETTING, JSON.stringify(body.items), audit);
      return deskList(house);
    },
  ),
  route(
    'admin',
    'get',
    '/retention',
    { summary: 'How many days the words of questions and tickets are kept.', answer: retention },
    async (_call, { store }) => readRetention(await store.setting(RETENTION_SETTING)),
  ),
  route(
    'admin',
    'put',
    '/retention',
    {
      summary: 'How many days they shall be kept; what is older is erased within the hour.',
      body: retention,
      answer: retention,
      isForPeople,
    },
    async ({ who, body }, { store, now }) => {
      const audit = auditOf(who.actor, now(), 'setting.changed', `setting:${RETENTION_SETTING}`, { ...body });
      await store.saveSetting(RETENTION_SETTING, JSON.stringify(body), audit);
      return readRetention(await store.setting(RETENTION_SETTING));
    },
  ),
];
