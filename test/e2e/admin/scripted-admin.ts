import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import type { z } from 'zod';
import * as schemas from '../../../src/admin/http/schemas.ts';
import type { View } from '../../../src/admin/http/schemas.ts';
import { CARDS, DOCTOR, EXPLANATION, IMPACT, PLAN_RESULT, REPLY, RUN_RESULTS, RUNS } from './canned-answers.ts';
import { type CannedText, cannedTexts, DAY_MS, NOW_MS, revision } from './canned-texts.ts';

export const PASSWORD = 'correct-horse-battery';
export const CODE = '123456';
const CSRF = 'csrf-token-of-the-test';

type Me = View<typeof schemas.me>;
type Job = View<typeof schemas.job>;

/** What a test may look at and change while pages are open. */
export interface ScriptedAdmin {
  readonly router: Router;
  user: Me;
  needsSetUp: boolean;
  isSignedIn: boolean;
  hasTotp: boolean;
  /** The next change of a text finds that somebody was faster. */
  isStaleNext: boolean;
  /** Jobs stay at half until this is taken away. */
  areJobsHeld: boolean;
  readonly texts: Map<string, CannedText>;
  /** Bodies of the requests that change something, by `METHOD path`. */
  readonly heard: { readonly call: string; readonly body: unknown }[];
}

/** The console's API learnt by heart: every answer is held against its schema, and every request that changes something must show the CSRF token. */
export function scriptedAdmin(): ScriptedAdmin {
  const router = express.Router();
  const jobs = new Map<string, { kind: Job['kind']; polls: number; isCancelled: boolean; result: unknown; onDone: () => void }>();
  let isSingleAdmin = false;
  let jobCount = 0;
  let uploadCount = 0;
  const admin: ScriptedAdmin = {
    router,
    user: { id: 'u_admin', name: 'lin', displayName: '林审核', role: 'admin', hasTotp: false, mustChangePassword: false },
    needsSetUp: false,
    isSignedIn: true,
    hasTotp: false,
    isStaleNext: false,
    areJobsHeld: false,
    texts: cannedTexts(),
    heard: [],
  };

  const refuse = (response: Response, status: number, code: string, message: string): void =>
    void response.status(status).json({ error: { code, message, hint: '' } });
  const answer = <Schema extends z.ZodType>(response: Response, schema: Schema, value: z.input<Schema>): void =>
    void response.json(schema.parse(value));
  const session = (): View<typeof schemas.sessionView> => ({ user: admin.user, csrfToken: CSRF, isSingleAdmin, idleMinutes: 60 });
  const isOpen = (path: string): boolean => ['/gate', '/session', '/set-up'].includes(path);

  router.use(express.json(), express.raw({ type: 'application/octet-stream', limit: '20mb' }));
  router.use((request, response, next) => {
    if (request.method !== 'GET')
      admin.heard.push({
        call: `${request.method} ${request.path}`,
        body: Buffer.isBuffer(request.body) ? request.body.length : request.body,
      });
    if (!admin.isSignedIn && !isOpen(request.path)) return refuse(response, 401, 'UNAUTHENTICATED', '请先登录。');
    if (request.method !== 'GET' && !isOpen(request.path) && request.get('x-csrf-token') !== CSRF)
      return refuse(response, 403, 'FORBIDDEN', '请求缺少令牌。');
    next();
  });

  const startJob = (kind: Job['kind'], result: unknown, onDone: () => void = () => undefined): Job => {
    const id = `job-${++jobCount}`;
    jobs.set(id, { kind, polls: 0, isCancelled: false, result, onDone });
    return jobView(id);
  };
  const jobView = (id: string): Job => {
    const job = jobs.get(id)!;
    const total = 4;
    if (!job.isCancelled && (!admin.areJobsHeld || job.polls < 2)) job.polls++;
    const isDone = !job.isCancelled && job.polls > total;
    if (isDone) job.onDone();
    return {
      id,
      kind: job.kind,
      state: job.isCancelled ? 'cancelled' : isDone ? 'done' : 'running',
      done: Math.min(job.polls, total),
      total,
      note: '正在逐题作答',
      result: isDone ? job.result : null,
      error: null,
    };
  };

  // -- people --
  router.get('/gate', (_q, r) => answer(r, schemas.gate, { needsSetUp: admin.needsSetUp, minPassword: schemas.MIN_PASSWORD }));
  router.get('/session', (_q, r) =>
    admin.isSignedIn ? answer(r, schemas.sessionView, session()) : refuse(r, 401, 'UNAUTHENTICATED', '请先登录。'),
  );
  router.post('/session', (q, r) => {
    const { password, code } = schemas.signInRequest.parse(q.body);
    if (password !== PASSWORD) return refuse(r, 401, 'UNAUTHENTICATED', '登录名、密码或验证码不正确。');
    if (admin.hasTotp && code === undefined) return refuse(r, 401, 'TOTP_REQUIRED', '请输入验证器应用中的 6 位验证码。');
    if (admin.hasTotp && code !== CODE) return refuse(r, 401, 'UNAUTHENTICATED', '登录名、密码或验证码不正确。');
    admin.isSignedIn = true;
    answer(r, schemas.sessionView, session());
  });
  router.delete('/session', (_q, r) => {
    admin.isSignedIn = false;
    r.status(204).end();
  });
  router.post('/set-up', (q, r) => {
    const { name, displayName } = schemas.setUpRequest.parse(q.body);
    admin.user = { ...admin.user, name, displayName };
    admin.needsSetUp = false;
    admin.isSignedIn = true;
    answer(r, schemas.sessionView, session());
  });
  router.post('/account/password', (q, r) => {
    const { current } = schemas.passwordRequest.parse(q.body);
    if (current !== PASSWORD) return refuse(r, 400, 'INPUT_INVALID', '现在的密码不正确。');
    admin.user = { ...admin.user, mustChangePassword: false };
    answer(r, schemas.sessionView, session());
  });
  router.post('/account/totp', (_q, r) =>
    answer(r, schemas.totpStarted, { secret: 'JBSWY3DPEHPK3PXP', uri: 'otpauth://totp/wence:lin?secret=JBSWY3DPEHPK3PXP&issuer=wence' }),
  );
  router.post('/account/totp/confirm', (q, r) => {
    if (schemas.totpRequest.parse(q.body).code !== CODE) return refuse(r, 400, 'INPUT_INVALID', '验证码不正确。');
    admin.user = { ...admin.user, hasTotp: true };
    answer(r, schemas.me, admin.user);
  });
  router.post('/account/totp/off', (_q, r) => {
    admin.user = { ...admin.user, hasTotp: false };
    answer(r, schemas.me, admin.user);
  });
  router.get('/account/chats', (_q, r) =>
    answer(r, schemas.chatBindings, {
      items: [{ channel: 'feishu', senderId: 'ou_7d8a6e6df7621556ce0d21922b676706ccs', boundAtMs: NOW_MS }],
    }),
  );
  router.post('/account/chats', (_q, r) =>
    answer(r, schemas.chatCode, { code: 'ABCD2345', command: '/bind ABCD2345', expiresAtMs: Date.now() + 600_000 }),
  );
  router.delete('/account/chats/:channel/:sender', (_q, r) => void r.status(204).end());
  const users: View<typeof schemas.userView>[] = [
    {
      id: 'u_admin',
      name: 'lin',
      displayName: '林审核',
      role: 'admin',
      hasTotp: true,
      isDisabled: false,
      createdAtMs: NOW_MS - 90 * DAY_MS,
      chats: 1,
    },
    {
      id: 'u_editor',
      name: 'chen',
      displayName: '陈编辑',
      role: 'editor',
      hasTotp: false,
      isDisabled: false,
      createdAtMs: NOW_MS - 60 * DAY_MS,
      chats: 0,
    },
    {
      id: 'u_old',
      name: 'wang.old',
      displayName: '王旧',
      role: 'viewer',
      hasTotp: false,
      isDisabled: true,
      createdAtMs: NOW_MS - 300 * DAY_MS,
      chats: 0,
    },
  ];
  router.get('/users', (_q, r) => answer(r, schemas.users, { items: users }));
  router.post('/users', (q, r) => {
    const { name, displayName, role } = schemas.newUser.parse(q.body);
    users.push({ id: `u_${name}`, name, displayName, role, hasTotp: false, isDisabled: false, createdAtMs: NOW_MS, chats: 0 });
    answer(r, schemas.userView, users.at(-1)!);
  });
  router.patch('/users/:id', (q, r) => {
    const { displayName, role, isDisabled } = schemas.userChange.parse(q.body);
    const index = users.findIndex(({ id }) => id === q.params['id']);
    const user = users[index]!;
    users[index] = {
      ...user,
      displayName: displayName ?? user.displayName,
      role: role ?? user.role,
      isDisabled: isDisabled ?? user.isDisabled,
    };
    answer(r, schemas.userView, users[index]);
  });
  const token: View<typeof schemas.tokenView> = {
    id: 't_1',
    name: '官网同步',
    owner: '林审核',
    role: 'viewer',
    createdAtMs: NOW_MS - DAY_MS,
    expiresAtMs: NOW_MS + 400 * DAY_MS,
    usedAtMs: null,
    revokedAtMs: null,
  };
  router.get('/tokens', (_q, r) => answer(r, schemas.tokens, { items: [token] }));
  router.post('/tokens', (q, r) =>
    answer(r, schemas.tokenMade, {
      token: 'wence_0123456789abcdef',
      view: { ...token, id: 't_2', name: schemas.newToken.parse(q.body).name },
    }),
  );
  router.delete('/tokens/:id', (_q, r) => void r.status(204).end());
  const entry = (seq: number, action: string, target: string | null): View<typeof schemas.auditEntry> => ({
    seq,
    atMs: NOW_MS - (100 - seq) * 3_600_000,
    actor: { kind: 'person', userId: 'u_admin', name: '林审核', from: '10.0.0.8' },
    action,
    target,
    detail: { revision: 2, note: '按印发稿更正' },
  });
  const entries = [
    entry(99, 'text.published', 'text:2024-plan'),
    entry(98, 'session.signed-in', 'account:u_admin'),
    entry(97, 'token.created', 'token:t_1'),
  ];
  router.get('/audit', (q, r) =>
    answer(
      r,
      schemas.audit,
      q.query['before'] === undefined ? { items: entries, next: 97 } : { items: [entry(96, 'import.applied', null)], next: null },
    ),
  );

  // -- texts --
  router.get('/texts', (q, r) => {
    const { kind, state, q: words } = q.query as Record<string, string>;
    const items = [...admin.texts.values()]
      .map(({ item }) => item)
      .filter((item) => (!kind || item.kind === kind) && (!state || item.latestState === state) && (!words || item.title.includes(words)));
    answer(r, schemas.texts, { items, total: items.length });
  });
  const known =
    (handle: (text: CannedText, request: Request, response: Response) => void): RequestHandler =>
    (request, response) => {
      const text = admin.texts.get(String(request.params['id']));
      if (text === undefined) return refuse(response, 404, 'NOT_FOUND', '没有这份文档。');
      if (request.method !== 'GET' && admin.isStaleNext) {
        admin.isStaleNext = false;
        text.item = { ...text.item, version: text.item.version + 1 };
        response.status(409).json(
          schemas.conflict.parse({
            error: { code: 'STALE', message: '有人先一步改动了它。', hint: '' },
            version: text.item.version,
            mine: '第一行\n我的第二行\n',
            theirs: '第一行\n对方的第二行\n',
            theirRevision: text.revisions.at(-1)!,
          }),
        );
        return;
      }
      handle(text, request, response);
    };
  const viewOf = (text: CannedText, number: number): View<typeof schemas.revisionView> => {
    const found = text.revisions.find((candidate) => candidate.number === number)!;
    const { state } = found;
    const impact = state === 'in-review' ? text.impact : null;
    return {
      revision: { ...found, hasImpact: impact !== null },
      version: text.item.version,
      source: text.sources.get(number) ?? `---\nid: ${text.item.id}\nkind: ${text.item.kind}\ntitle: ${text.item.title}\n---\n\n正文。\n`,
      content: text.contents.get(number) ?? null,
      problems: state === 'draft' ? [{ severity: 'warning', line: 3, message: '没有写发文机关' }] : [],
      impact,
      may: {
        edit: state === 'draft',
        submit: state === 'draft',
        approve: state === 'in-review' && impact !== null,
        reject: state === 'in-review',
        discard: state === 'draft',
        rollBack: state === 'superseded',
        withdraw: state === 'published',
        approveBlocked: state === 'in-review' && impact === null ? '请先计算影响。' : null,
      },
    };
  };
  const put = (text: CannedText, number: number, state: View<typeof schemas.revisionState>): void => {
    text.revisions = text.revisions.map((found) => (found.number === number ? { ...found, state } : found));
    text.item = {
      ...text.item,
      latestState: text.revisions.at(-1)!.state,
      version: text.item.version + 1,
      ...(state === 'published' ? { published: number } : {}),
    };
  };
  const keep = (text: CannedText, number: number, body: unknown): void => {
    const written = body as { content?: View<typeof schemas.content>; source?: string };
    if (written.content) text.contents.set(number, written.content);
    if (written.source !== undefined) text.sources.set(number, written.source);
  };
  router.post('/texts', (q, r) => {
    const { content } = schemas.newText.parse(q.body) as { content: Extract<View<typeof schemas.content>, { meta: unknown }> };
    const [id, title] = [String(content.meta['id']), String(content.meta['title'])];
    const base = [...admin.texts.values()][0]!;
    admin.texts.set(id, {
      ...base,
      item: { ...base.item, id, title, kind: content.kind, published: null, latest: 1, latestState: 'draft', version: 1 },
      revisions: [revision(id, 1, 'draft')],
      contents: new Map([[1, content]]),
      sources: new Map(),
      impact: null,
    });
    answer(r, schemas.revisionView, viewOf(admin.texts.get(id)!, 1));
  });
  router.get(
    '/texts/:id',
    known(({ item, revisions }, _q, r) => answer(r, schemas.textView, { item, revisions })),
  );
  router.get(
    '/texts/:id/diff',
    known((_text, _q, r) => answer(r, schemas.diff, DIFF)),
  );
  router.get(
    '/texts/:id/revisions/:number',
    known((text, q, r) => answer(r, schemas.revisionView, viewOf(text, Number(q.params['number'])))),
  );
  router.post(
    '/texts/:id/revisions',
    known((text, q, r) => {
      schemas.newRevision.parse(q.body);
      const number = text.item.latest + 1;
      text.revisions = [...text.revisions, revision(text.item.id, number, 'draft')];
      text.item = { ...text.item, latest: number };
      keep(text, number, q.body);
      put(text, number, 'draft');
      answer(r, schemas.revisionView, viewOf(text, number));
    }),
  );
  router.put(
    '/texts/:id/revisions/:number',
    known((text, q, r) => {
      schemas.revisionChange.parse(q.body);
      const number = Number(q.params['number']);
      keep(text, number, q.body);
      put(text, number, 'draft');
      answer(r, schemas.revisionView, viewOf(text, number));
    }),
  );
  const STEPS = { submit: 'in-review', 'send-back': 'draft', reject: 'rejected', discard: 'discarded', approve: 'published' } as const;
  for (const [step, state] of Object.entries(STEPS)) {
    router.post(
      `/texts/:id/revisions/:number/${step}`,
      known((text, q, r) => {
        const number = Number(q.params['number']);
        put(text, number, step === 'approve' && schemas.approval.parse(q.body).publishAtMs !== null ? 'scheduled' : state);
        answer(r, schemas.revisionView, viewOf(text, number));
      }),
    );
  }
  router.post(
    '/texts/:id/revisions/:number/impact',
    known((text, _q, r) =>
      answer(
        r,
        schemas.job,
        startJob('impact', IMPACT, () => void (text.impact = IMPACT)),
      ),
    ),
  );
  router.post(
    ['/texts/:id/withdraw', '/texts/:id/roll-back'],
    known((text, _q, r) => answer(r, schemas.revisionView, viewOf(text, text.item.latest))),
  );
  router.post('/preview', (q, r) => {
    const request = schemas.previewRequest.parse(q.body);
    const isBroken = 'source' in request && request.source.includes('坏');
    const problems: View<typeof schemas.problem>[] = isBroken ? [{ severity: 'error', line: 2, message: '缺少标题' }] : [];
    answer(r, schemas.preview, {
      problems,
      sections: isBroken
        ? []
        : [
            { number: 0, title: '开头' },
            { number: 6, title: '优化金融服务' },
          ],
      cards: isBroken ? null : CARDS,
    });
  });

  // -- work --
  router.post('/uploads', (q, r) =>
    answer(r, schemas.upload, {
      id: `up-${++uploadCount}`,
      name: q.query['name'] as string,
      bytes: (q.body as Buffer).length,
    }),
  );
  router.post('/imports', (q, r) => {
    schemas.importRequest.parse(q.body);
    answer(r, schemas.job, startJob('import', PLAN_RESULT));
  });
  router.post('/imports/:id/apply', (_q, r) =>
    answer(r, schemas.importApplied, { drafts: [{ textId: 'ykg-2026-3', number: 1, title: '若干措施' }] }),
  );
  router.get('/jobs/:id', (q, r) =>
    jobs.has(q.params['id']) ? answer(r, schemas.job, jobView(q.params['id'])) : refuse(r, 404, 'NOT_FOUND', '没有找到，可能已经过期。'),
  );
  router.delete('/jobs/:id', (q, r) => {
    jobs.get(q.params['id'])!.isCancelled = true;
    answer(r, schemas.job, jobView(q.params['id']));
  });
  router.post('/explain', (q, r) => {
    const { draft } = schemas.explainRequest.parse(q.body);
    answer(r, schemas.explained, {
      current: EXPLANATION,
      currentReply: REPLY,
      previous: { ...EXPLANATION, outcome: 'clarify', confidence: 0.44 },
      draft: draft === null ? null : EXPLANATION,
      libraryVersion: 19,
    });
  });
  router.get('/evaluations', (_q, r) => answer(r, schemas.evaluations, { items: RUNS }));
  router.get('/evaluations/:id', (_q, r) => answer(r, schemas.evaluationRun, { item: RUNS[0]!, results: RUN_RESULTS }));
  router.post('/evaluations', (_q, r) => answer(r, schemas.job, startJob('evaluation', { item: RUNS[0]!, results: RUN_RESULTS })));
  router.get('/overview', (_q, r) =>
    answer(r, schemas.overview, {
      library: {
        version: 19,
        documents: 27,
        sections: 214,
        byKind: { policy: 18, procedure: 6, faq: 3 },
        byValidity: { 'in-force': 24, expired: 2, superseded: 1 },
      },
      review: { drafts: 1, inReview: 1, scheduled: 1 },
      expiringSoon: [{ id: '2024-plan', title: '2024年总体工作思路', expiresOn: '2026-12-05' }],
      stale: [{ id: 'factory-lease', title: '标准厂房租赁备案', verifiedOn: null }],
      channels: [
        { name: 'web', status: 'connected', detail: null },
        { name: 'feishu', status: 'reconnecting', detail: '连接中断' },
        { name: 'telegram', status: 'idle', detail: null },
      ],
      queue: { waiting: 0, unsent: 2, deadMessages: 0, deadReplies: 1 },
      lastEvaluation: RUNS[0]!,
      recent: entries,
    }),
  );
  const settings = (): View<typeof schemas.settings> => ({
    isSingleAdmin,
    environment: [
      { name: 'PORT', description: '网页和接口的端口', value: '8080', isSet: true, isSecret: false, fallback: '8080' },
      { name: 'FEISHU_APP_SECRET', description: '飞书应用密钥', value: null, isSet: true, isSecret: true, fallback: null },
      {
        name: 'DATABASE_URL',
        description: 'PostgreSQL 的地址；不设则用 SQLite',
        value: null,
        isSet: false,
        isSecret: false,
        fallback: 'file:data/wence.db',
      },
    ],
  });
  router.get('/settings', (_q, r) => answer(r, schemas.settings, settings()));
  router.patch('/settings', (q, r) => {
    ({ isSingleAdmin } = schemas.settingsChange.parse(q.body));
    answer(r, schemas.settings, settings());
  });
  router.post('/doctor', (_q, r) => answer(r, schemas.job, startJob('doctor', DOCTOR)));
  router.use((_q, r) => refuse(r, 404, 'NOT_FOUND', '没有这个地址。'));
  return admin;
}

const line = (number: number, text: string): { line: number; text: string } => ({ line: number, text });
const same = (number: number): View<typeof schemas.diff>['rows'][number] => ({
  kind: 'same',
  left: line(number, `没有变化的第 ${number} 行。`),
  right: line(number, `没有变化的第 ${number} 行。`),
  leftMarks: [],
  rightMarks: [],
});
const DIFF: View<typeof schemas.diff> = {
  words: ['第6节 改了 1 处', '失效日期 2026-06-30 → 2026-12-05'],
  rows: [
    ...Array.from({ length: 12 }, (_, index) => same(index + 1)),
    {
      kind: 'changed',
      left: line(13, '引导银行给予无还本续贷等支持。'),
      right: line(13, '引导银行给予无还本续贷、中期流贷等支持。'),
      leftMarks: [],
      rightMarks: [[11, 16]],
    },
    { kind: 'removed', left: line(14, '每半年推送一次。'), right: null, leftMarks: [], rightMarks: [] },
    { kind: 'added', left: null, right: line(14, '每季度推送一次。'), leftMarks: [], rightMarks: [] },
    ...Array.from({ length: 8 }, (_, index) => same(index + 15)),
  ],
};
