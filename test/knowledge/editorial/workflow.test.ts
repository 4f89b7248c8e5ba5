import { describe, expect, it } from 'vitest';
import { faultOf, impactOf, OTHER_WRITER, openHouse, person, policy, REVIEWER, SEEN, VIEWER, WRITER } from './house.ts';

const made = (source: string) => ({ source, note: '新办法', origin: 'console' as const });

/** A house with a text in review, weighed. */
async function inReview() {
  const house = await openHouse();
  const drafted = await house.editorial.create(WRITER, made(policy('campus')));
  const sent = await house.editorial.submit(WRITER, 'campus', 1, SEEN(drafted.text.version));
  await house.editorial.keepImpact('campus', 1, impactOf(sent.revision));
  return { ...house, version: sent.text.version };
}

const published = async ({ store }: Pick<Awaited<ReturnType<typeof openHouse>>, 'store'>) =>
  (await store.published()).texts.map(({ id, revision, source }) => [id, revision, source]);

describe('a text on its way from draft to answer', () => {
  it('is drafted, edited, submitted, approved and then answered from', async () => {
    const house = await openHouse();
    const { editorial, store, clock } = house;
    const drafted = await editorial.create(WRITER, made(policy('campus')));
    expect(drafted).toMatchObject({
      text: { id: 'campus', title: '办法campus', published: null, latest: 1 },
      revision: { state: 'draft', authorId: 'u_writer' },
    });
    const changed = policy('campus', { title: '园区办法' });
    clock.nowMs += 5;
    const edited = await editorial.edit(WRITER, 'campus', 1, { ...SEEN(drafted.text.version, '改标题'), source: changed });
    expect(edited).toMatchObject({
      text: { title: '园区办法' },
      revision: { note: '改标题', editedAtMs: clock.nowMs, createdAtMs: clock.nowMs - 5 },
    });
    const sent = await editorial.submit(WRITER, 'campus', 1, SEEN(edited.text.version));
    expect(await published(house)).toEqual([]);
    await editorial.keepImpact('campus', 1, impactOf(sent.revision));
    const done = await editorial.approve(REVIEWER, 'campus', 1, { ...SEEN(sent.text.version, '同意'), publishAtMs: null });
    expect(done.revision).toMatchObject({ state: 'published', reviewerId: 'u_reviewer', reviewNote: '同意', publishedAtMs: clock.nowMs });
    expect(await published(house)).toEqual([['campus', 1, changed]]);
    expect(await store.libraryVersion()).toBe(1);
    expect((await house.audited()).map(({ action, by }) => `${action} ${by}`)).toEqual([
      'text.created u_writer',
      'text.edited u_writer',
      'text.submitted u_writer',
      'evaluation.run 系统',
      'text.published u_reviewer',
    ]);
    await house.publish('campus', policy('campus', { text: '每家补贴8万元。' }));
    expect((await published(house))[0]![1]).toBe(2);
    expect(await store.revision('campus', 1)).toMatchObject({ state: 'superseded', supersededAtMs: clock.nowMs });
  });

  it('goes back to its draft, is rejected or discarded', async () => {
    const { editorial, store, version } = await inReview();
    const back = await editorial.sendBack(REVIEWER, 'campus', 1, SEEN(version, '金额请核对'));
    expect(back.revision).toMatchObject({ state: 'draft', reviewNote: '金额请核对', submittedAtMs: null });
    const again = await editorial.submit(WRITER, 'campus', 1, SEEN(back.text.version));
    const mine = await editorial.sendBack(WRITER, 'campus', 1, SEEN(again.text.version));
    const last = await editorial.submit(WRITER, 'campus', 1, SEEN(mine.text.version));
    expect(await faultOf(editorial.sendBack(OTHER_WRITER, 'campus', 1, SEEN(last.text.version)))).toBe('FORBIDDEN');
    const no = await editorial.reject(REVIEWER, 'campus', 1, SEEN(last.text.version, '重复'));
    expect(no.revision).toMatchObject({ state: 'rejected', reviewNote: '重复' });
    const next = await editorial.draft(WRITER, 'campus', {
      ...SEEN(no.text.version),
      source: policy('campus'),
      base: 1,
      origin: 'console',
    });
    expect(next.revision).toMatchObject({ number: 2, base: 1 });
    await editorial.discard(WRITER, 'campus', 2, SEEN(next.text.version));
    expect((await store.revisions('campus')).map(({ state }) => state)).toEqual(['discarded', 'rejected']);
    expect((await store.published()).texts).toEqual([]);
  });

  it('is withdrawn, and rolled back to an earlier text as a revision of its own', async () => {
    const house = await openHouse();
    const { editorial, store } = house;
    await house.publish('campus');
    const version = await house.publish('campus', policy('campus', { title: '新办法' }));
    const back = await editorial.rollBack(REVIEWER, 'campus', { ...SEEN(version, '新版有误'), revision: 1 });
    expect(back.revision).toMatchObject({
      number: 3,
      state: 'published',
      origin: 'roll-back',
      base: 1,
      source: policy('campus'),
      note: '新版有误',
    });
    expect(back.text).toMatchObject({ title: '办法campus', published: 3, latest: 3, version: version + 1 });
    expect((await store.revision('campus', 2))?.state).toBe('superseded');
    const gone = await editorial.withdraw(REVIEWER, 'campus', SEEN(back.text.version));
    expect(gone.text.published).toBeNull();
    expect(await published(house)).toEqual([]);
    expect((await store.published(2)).withdrawn).toEqual(['campus']);
    expect(await faultOf(editorial.withdraw(REVIEWER, 'campus', SEEN(gone.text.version)))).toBe('NOT_POSSIBLE');
    await editorial.rollBack(REVIEWER, 'campus', { ...SEEN(gone.text.version), revision: 3 });
    expect((await published(house))[0]!.slice(0, 2)).toEqual(['campus', 4]);
    expect((await house.audited()).slice(-3).map(({ action }) => action)).toEqual([
      'text.rolled-back',
      'text.withdrawn',
      'text.rolled-back',
    ]);
  });

  it('is published on a date, once, whoever looks', async () => {
    const house = await inReview();
    const { editorial, store, clock, version } = house;
    const later = clock.nowMs + 60_000;
    const planned = await editorial.approve(REVIEWER, 'campus', 1, { ...SEEN(version), publishAtMs: later });
    expect(planned.revision).toMatchObject({ state: 'scheduled', publishAtMs: later, publishedAtMs: null });
    expect(await editorial.publishDue(later - 1)).toBe(0);
    expect(await published(house)).toEqual([]);
    clock.nowMs = later;
    const counts = await Promise.all([editorial.publishDue(later), editorial.publishDue(later)]);
    expect(counts.sort()).toEqual([0, 1]);
    expect(await store.revision('campus', 1)).toMatchObject({ state: 'published', publishedAtMs: later, reviewerId: 'u_reviewer' });
    expect((await house.audited()).at(-1)).toEqual({ action: 'text.published', target: 'text:campus', by: '系统' });
  });

  it('is published at once when the date has passed, and comes back from the schedule', async () => {
    const { editorial, clock, version } = await inReview();
    const planned = await editorial.approve(REVIEWER, 'campus', 1, { ...SEEN(version), publishAtMs: clock.nowMs + 9 });
    const back = await editorial.sendBack(REVIEWER, 'campus', 1, SEEN(planned.text.version));
    expect(back.revision).toMatchObject({ state: 'draft', publishAtMs: null });
    expect(await editorial.publishDue(clock.nowMs + 10)).toBe(0);
    const sent = await editorial.submit(WRITER, 'campus', 1, SEEN(back.text.version));
    const done = await editorial.approve(REVIEWER, 'campus', 1, { ...SEEN(sent.text.version), publishAtMs: clock.nowMs - 1 });
    expect(done.revision.state).toBe('published');
  });
});

describe('the rules of a step', () => {
  it('asks for a role', async () => {
    const { editorial, version } = await inReview();
    const seen = SEEN(version);
    expect(await faultOf(editorial.create(VIEWER, made(policy('x'))))).toBe('FORBIDDEN');
    for (const step of [
      editorial.reject(WRITER, 'campus', 1, seen),
      editorial.approve(WRITER, 'campus', 1, { ...seen, publishAtMs: null }),
      editorial.withdraw(WRITER, 'campus', seen),
      editorial.rollBack(WRITER, 'campus', { ...seen, revision: 1 }),
      editorial.edit(VIEWER, 'campus', 1, { ...seen, source: policy('campus') }),
    ]) {
      expect(await faultOf(step)).toBe('FORBIDDEN');
    }
  });

  it('asks for four eyes, unless the house has one admin', async () => {
    const house = await openHouse();
    const { editorial, store, rules } = house;
    const writer = person('u_both', 'reviewer');
    const drafted = await editorial.create(writer, made(policy('campus')));
    const sent = await editorial.submit(writer, 'campus', 1, SEEN(drafted.text.version));
    await editorial.keepImpact('campus', 1, impactOf(sent.revision));
    const approve = () => editorial.approve(writer, 'campus', 1, { ...SEEN(sent.text.version), publishAtMs: null });
    const revision = async () => (await store.revision('campus', 1))!;
    expect(await faultOf(approve())).toBe('FORBIDDEN');
    expect((await editorial.may(writer, sent.text, await revision())).approveBlocked).toMatch('另一位同事');
    rules.isSingleAdmin = true;
    expect(await editorial.may(writer, sent.text, await revision())).toMatchObject({ approve: true, approveBlocked: null, reject: true });
    expect(await faultOf(approve())).toBeNull();
  });

  it('counts who wrote last as the author', async () => {
    const { editorial } = await openHouse();
    const [first, second] = [person('u_1', 'reviewer'), person('u_2', 'reviewer')];
    const drafted = await editorial.create(first, made(policy('campus')));
    const edited = await editorial.edit(second, 'campus', 1, {
      ...SEEN(drafted.text.version),
      source: policy('campus', { text: '改写。' }),
    });
    const sent = await editorial.submit(first, 'campus', 1, SEEN(edited.text.version));
    await editorial.keepImpact('campus', 1, impactOf(sent.revision));
    const approve = (who: typeof first) => editorial.approve(who, 'campus', 1, { ...SEEN(sent.text.version), publishAtMs: null });
    expect(await faultOf(approve(second))).toBe('FORBIDDEN');
    expect(await faultOf(approve(first))).toBeNull();
  });

  it('asks for an impact of this very text', async () => {
    const { editorial, store, version } = await inReview();
    const back = await editorial.sendBack(REVIEWER, 'campus', 1, SEEN(version));
    const edited = await editorial.edit(WRITER, 'campus', 1, {
      ...SEEN(back.text.version),
      source: policy('campus', { text: '另一句。' }),
    });
    const sent = await editorial.submit(WRITER, 'campus', 1, SEEN(edited.text.version));
    const approve = () => editorial.approve(REVIEWER, 'campus', 1, { ...SEEN(sent.text.version), publishAtMs: null });
    expect(await faultOf(approve())).toBe('NOT_POSSIBLE');
    await editorial.keepImpact('campus', 1, { ...impactOf(sent.revision), digest: 'of another text' });
    expect((await store.revision('campus', 1))?.impact).toBeNull();
    expect(await faultOf(approve())).toBe('NOT_POSSIBLE');
    await editorial.keepImpact('campus', 1, impactOf(sent.revision));
    expect(await faultOf(approve())).toBeNull();
  });

  it('asks for no impact of the question set, and drafts a language text that is not there yet', async () => {
    const { editorial, store } = await openHouse();
    const source = '{"id":"q1","kind":"direct","q":"补贴多少","sections":["campus#1"],"evidence":["5万元"]}\n';
    const draft = (version: number) =>
      editorial.draft(WRITER, 'questions.jsonl', { ...SEEN(version), source, base: null, origin: 'console' });
    const drafted = await draft(0);
    expect(await faultOf(draft(0))).toBe('STALE');
    const sent = await editorial.submit(WRITER, 'questions.jsonl', 1, SEEN(drafted.text.version));
    await editorial.approve(REVIEWER, 'questions.jsonl', 1, { ...SEEN(sent.text.version), publishAtMs: null });
    expect((await store.published()).texts).toMatchObject([{ id: 'questions.jsonl', kind: 'questions' }]);
  });

  it('asks for the state it is for', async () => {
    const house = await openHouse();
    const { editorial } = house;
    const version = await house.publish('campus');
    const seen = SEEN(version);
    for (const step of [
      editorial.edit(WRITER, 'campus', 1, { ...seen, source: policy('campus') }),
      editorial.submit(WRITER, 'campus', 1, seen),
      editorial.discard(WRITER, 'campus', 1, seen),
      editorial.reject(REVIEWER, 'campus', 1, seen),
      editorial.sendBack(REVIEWER, 'campus', 1, seen),
      editorial.approve(REVIEWER, 'campus', 1, { ...seen, publishAtMs: null }),
      editorial.rollBack(REVIEWER, 'campus', { ...seen, revision: 1 }),
    ]) {
      expect(await faultOf(step)).toBe('NOT_POSSIBLE');
    }
  });

  it('tells who was slower, and leaves what the faster one wrote', async () => {
    const { editorial, store } = await openHouse();
    const { text } = await editorial.create(WRITER, made(policy('campus')));
    const edit = (who: typeof WRITER, words: string) =>
      editorial.edit(who, 'campus', 1, { ...SEEN(text.version), source: policy('campus', { text: words }) });
    const faults = await Promise.all([faultOf(edit(WRITER, '甲写的。')), faultOf(edit(OTHER_WRITER, '乙写的。'))]);
    expect(faults.filter((fault) => fault === 'STALE')).toHaveLength(1);
    expect((await store.revision('campus', 1))?.source).toContain(faults[0] === null ? '甲写的。' : '乙写的。');
    expect(await faultOf(edit(WRITER, '又来。'))).toBe('STALE');
  });

  it('refuses what cannot be read, another id, an id that is taken, another kind, and what is not there', async () => {
    const { editorial } = await openHouse();
    const { text } = await editorial.create(WRITER, made(policy('campus')));
    const draft = (source: string, id = 'campus') =>
      editorial.draft(WRITER, id, { ...SEEN(text.version), source, base: null, origin: 'console' });
    expect(await faultOf(editorial.create(WRITER, made('no front matter')))).toBe('INPUT_INVALID');
    expect(await faultOf(editorial.create(WRITER, made(policy('campus'))))).toBe('NOT_POSSIBLE');
    expect(await faultOf(draft(policy('another')))).toBe('INPUT_INVALID');
    expect(await faultOf(draft(policy('campus').replace('kind: policy', 'kind: faq')))).toBe('INPUT_INVALID');
    expect(await faultOf(draft(policy('nowhere'), 'nowhere'))).toBe('NOT_FOUND');
    expect(await faultOf(editorial.submit(WRITER, 'campus', 7, SEEN(text.version)))).toBe('NOT_FOUND');
    expect(
      await faultOf(editorial.draft(WRITER, 'campus', { ...SEEN(text.version), source: policy('campus'), base: 7, origin: 'console' })),
    ).toBe('NOT_FOUND');
  });

  it('takes several texts together or none of them', async () => {
    const house = await openHouse();
    const { editorial, store } = house;
    await house.publish('campus');
    const of = (textId: string, source = policy(textId)) => ({ textId, source, note: '导入', origin: 'import' as const });
    expect(await faultOf(editorial.createAll(WRITER, [of('one'), of('two', 'broken')], { submit: true }))).toBe('INPUT_INVALID');
    expect(await faultOf(editorial.createAll(WRITER, [of('one'), of('one')], { submit: true }))).toBe('INPUT_INVALID');
    expect((await store.texts()).map(({ id }) => id)).toEqual(['campus']);
    const written = await editorial.createAll(WRITER, [of('one'), of('campus')], { submit: true });
    expect(written.map(({ revision }) => [revision.textId, revision.number, revision.state, revision.base])).toEqual([
      ['one', 1, 'in-review', null],
      ['campus', 2, 'in-review', 1],
    ]);
    expect((await store.revisionsIn(['in-review'])).map(({ textId }) => textId).sort()).toEqual(['campus', 'one']);
  });

  it('says what somebody may do', async () => {
    const house = await inReview();
    const { editorial, store } = house;
    const look = async (who: typeof WRITER) => editorial.may(who, (await store.text('campus'))!, (await store.revision('campus', 1))!);
    expect(await look(REVIEWER)).toEqual({
      edit: false,
      submit: false,
      approve: true,
      reject: true,
      discard: false,
      rollBack: false,
      withdraw: false,
      approveBlocked: null,
    });
    expect(await look(WRITER)).toMatchObject({ approve: false, reject: false, approveBlocked: expect.stringContaining('审核') });
    const back = await editorial.sendBack(REVIEWER, 'campus', 1, SEEN(house.version));
    expect(await editorial.may(WRITER, back.text, back.revision)).toMatchObject({
      edit: true,
      submit: true,
      discard: true,
      approveBlocked: expect.any(String),
    });
    expect(await editorial.may(VIEWER, back.text, back.revision)).toMatchObject({ edit: false, submit: false, discard: false });
  });
});
