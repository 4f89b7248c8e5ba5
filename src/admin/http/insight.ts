import { addDays } from '../../domain/day.ts';
import { AppError } from '../../domain/errors.ts';
import type { LibraryRecord } from '../../domain/record.ts';
import { DIGEST_SETTING, readDigestPlan } from '../../insight/digest-plan.ts';
import { daysSheet, questionsSheet, sectionsSheet, type Sheet, weakSpotsSheet } from '../../insight/sheets.ts';
import type { AskedQuestion, DayRange } from '../../insight/store.ts';
import type { WeakSpot } from '../../insight/weak-spots.ts';
import { maskPersonal } from '../../privacy/mask.ts';
import { auditOf } from '../audit.ts';
import { draftOf } from '../made-drafts.ts';
import { csvOf, XLSX, xlsxOf } from '../spreadsheet.ts';
import { notFound } from './errors.ts';
import type { House } from './house.ts';
import { route, type SignedCall } from './route.ts';
import type { View } from './schemas.ts';
import * as schemas from './schemas-insight.ts';
import { editorOf } from './who.ts';

const RANGE_DAYS = 30;
const MOST_SPOTS = 200;
const MOST_CHOICES = 200;
const MOST_STALE = 200;
/** Rows of a file somebody saves. */
const MOST_ROWS = 100_000;

/** @throws {AppError} `INPUT_INVALID` when the days are the wrong way round or too many */
function rangeOf({ from, to }: schemas.GivenRange, { library }: House): DayRange {
  const last = to ?? library.today();
  const first = from ?? addDays(last, 1 - RANGE_DAYS);
  if (!schemas.isRange(first, last)) throw new AppError('INPUT_INVALID', '请选择开始不晚于结束、不超过 400 天的日期范围。');
  return { from: first, to: last };
}

/** Names of a section; null when it is no longer in the library. */
function namesIn(records: readonly LibraryRecord[]) {
  const byId = new Map(records.map((record) => [record.id, record]));
  return ({ documentId, section }: { readonly documentId: string; readonly section: number }) => {
    const record = byId.get(documentId);
    const own = record?.sections.find(({ number }) => number === section);
    return record && own ? { documentId, section, documentTitle: record.title, sectionTitle: own.title } : null;
  };
}

const spotView = (spot: WeakSpot, nameOf: ReturnType<typeof namesIn>): View<typeof schemas.weakSpot> => ({
  ...spot,
  wordings: spot.keys.length,
  samples: spot.samples.map(maskPersonal),
  nearest: spot.nearest && nameOf(spot.nearest),
});

async function sheetOf(kind: View<typeof schemas.exportQuery>['sheet'], range: DayRange, { insight, timeZone }: House): Promise<Sheet> {
  if (kind === 'weak-spots') return weakSpotsSheet((await insight.weakSpots(range)).spots);
  if (kind === 'questions') {
    const asked: AskedQuestion[] = [];
    for await (const question of insight.questions(range)) if (asked.push(question) === MOST_ROWS) break;
    return questionsSheet(asked, timeZone);
  }
  const summary = await insight.summary(range);
  return kind === 'days' ? daysSheet(summary) : sectionsSheet(summary);
}

type ExportCall = SignedCall<undefined, View<typeof schemas.exportQuery>>;

async function exported({ who, query: { sheet, ...given } }: ExportCall, house: House, ending: 'csv' | 'xlsx') {
  const range = rangeOf(given, house);
  const table = await sheetOf(sheet, range, house);
  const name = `wence-${sheet}-${range.from}-${range.to}.${ending}`;
  await house.store.addAudit(auditOf(who.actor, house.now(), 'export.made', name, { rows: table.rows.length }));
  return { table, name };
}

export const insightRoutes = [
  route(
    'viewer',
    'get',
    '/insight/summary',
    { summary: 'Questions of some days in figures.', query: schemas.dayRange, answer: schemas.insightSummary },
    async ({ query }, house) => structuredClone(await house.insight.summary(rangeOf(query, house))) as View<typeof schemas.insightSummary>,
  ),
  route(
    'editor',
    'get',
    '/insight/weak-spots',
    { summary: 'Like questions that were not answered well, the most asked first.', query: schemas.weakQuery, answer: schemas.weakSpots },
    async ({ query: { mark, ...given } }, house) => {
      const range = rangeOf(given, house);
      const { spots, questions, isComplete } = await house.insight.weakSpots(range);
      const found = spots.filter((spot) => (spot.mark ?? 'open') === mark);
      const nameOf = namesIn(house.library.records());
      return {
        ...range,
        items: found.slice(0, MOST_SPOTS).map((spot) => spotView(spot, nameOf)),
        total: found.length,
        questions,
        isComplete,
      };
    },
  ),
  route(
    'editor',
    'post',
    '/insight/weak-spots/mark',
    { summary: 'Mark questions as out of scope or done.', body: schemas.markRequest, answer: schemas.marked },
    async ({ who, body: { key, mark, ...range } }, house) => {
      const spot = (await house.insight.weakSpots(rangeOf(range, house))).spots.find((each) => each.key === key);
      if (!spot) throw notFound('没有这组问题，它可能已有变化，请刷新后再试。');
      await house.insight.mark(spot.keys, mark);
      await house.store.addAudit(auditOf(who.actor, house.now(), 'insight.marked', null, { wordings: spot.keys.length, mark }));
      return { wordings: spot.keys.length };
    },
  ),
  route(
    'editor',
    'post',
    '/insight/drafts',
    {
      summary: 'Make a draft of what was seen: alternate questions of a section, or a synonym.',
      body: schemas.draftRequest,
      answer: schemas.drafted,
    },
    async ({ who, body }, house) => {
      const { text, revision } = await draftOf(body, editorOf(who), house);
      return { textId: text.id, number: revision.number };
    },
  ),
  route(
    'editor',
    'get',
    '/insight/choices',
    {
      summary: 'Questions whose askers chose a section when they were asked back, the most frequent first.',
      query: schemas.dayRange,
      answer: schemas.choices,
    },
    async ({ query }, house) => {
      const range = rangeOf(query, house);
      const nameOf = namesIn(house.library.records());
      const items = (await house.insight.choices(range)).flatMap(({ key, question, count, lastDay, ...place }) => {
        const names = nameOf(place);
        return names === null ? [] : [{ key, question: maskPersonal(question), ...names, count, lastDay }];
      });
      return { ...range, items: items.slice(0, MOST_CHOICES) };
    },
  ),
  route(
    'editor',
    'post',
    '/insight/choices/dismiss',
    { summary: 'Put a candidate aside.', body: schemas.dismissal },
    async ({ body }, { insight }) => insight.mark([body.key], 'done'),
  ),
  route(
    'viewer',
    'get',
    '/insight/stale',
    {
      summary: 'Documents by how many answers stand on them and how long ago they were verified.',
      query: schemas.dayRange,
      answer: schemas.stale,
    },
    async ({ query }, house) => {
      const range = rangeOf(query, house);
      return { ...range, items: (await house.insight.stale(range)).slice(0, MOST_STALE) };
    },
  ),
  route(
    'reviewer',
    'get',
    '/insight/export.csv',
    { summary: 'Figures, questions or weak spots as a table. Noted in the audit log.', query: schemas.exportQuery, answer: 'text/csv' },
    async (call, house) => {
      const { table, name } = await exported(call, house, 'csv');
      return { name, bytes: csvOf(table) };
    },
  ),
  route(
    'reviewer',
    'get',
    '/insight/export.xlsx',
    { summary: 'The same as a workbook. Noted in the audit log.', query: schemas.exportQuery, answer: XLSX },
    async (call, house) => {
      const { table, name } = await exported(call, house, 'xlsx');
      return { name, bytes: await xlsxOf(table) };
    },
  ),
  route(
    'viewer',
    'get',
    '/insight/digest',
    { summary: 'When staff get the weekly digest.', answer: schemas.digestPlan },
    async (_call, { store }) => readDigestPlan(await store.setting(DIGEST_SETTING)),
  ),
  route(
    'admin',
    'put',
    '/insight/digest',
    { summary: 'When they shall get it.', body: schemas.digestPlan, answer: schemas.digestPlan, isForPeople: true },
    async ({ who, body }, { store, now }) => {
      const audit = auditOf(who.actor, now(), 'setting.changed', `setting:${DIGEST_SETTING}`, { ...body });
      await store.saveSetting(DIGEST_SETTING, JSON.stringify(body), audit);
      return body;
    },
  ),
  route(
    'admin',
    'post',
    '/insight/digest/send',
    { summary: 'Send the digest of the last seven days now.', answer: schemas.digestSent, isForPeople: true },
    async (_call, house) => ({ desks: await house.sendDigest() }),
  ),
];
