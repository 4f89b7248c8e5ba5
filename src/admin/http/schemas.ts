import { z } from 'zod';
import { CATEGORY_IDS } from '../../domain/categories.ts';
import { ROLES } from '../../domain/role.ts';

/**
 * The shapes of the console's API under `/api/v1/admin`, each written once: requests are checked against them, the OpenAPI document is made
 * from them, and the console imports their types. Times are epoch milliseconds, dates YYYY-MM-DD.
 */

// -- vocabulary ------------------------------------------------------------------------------------------------------------------------

export const role = z.enum(ROLES);
export const textKind = z.enum(['policy', 'procedure', 'faq', 'lexicon', 'thesaurus', 'english', 'questions']);
export const revisionState = z.enum(['draft', 'in-review', 'scheduled', 'published', 'superseded', 'rejected', 'discarded']);
export const revisionOrigin = z.enum(['file', 'import', 'console', 'chat', 'api', 'roll-back', 'model']);
export const validityStatus = z.enum(['in-force', 'upcoming', 'expired', 'superseded']);
export const category = z.enum(CATEGORY_IDS);
const ms = z.int().min(0);
const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'Expected a date as YYYY-MM-DD');
const name = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{1,31}$/, 'Expected 2 to 32 letters, digits, dots, hyphens or underscores');
const displayName = z.string().trim().min(1).max(40);
export const MIN_PASSWORD = 12;
const password = z.string().min(MIN_PASSWORD, `Expected a password of at least ${MIN_PASSWORD} characters`).max(200);
const note = z.string().max(1_000).default('');

/** A mistake in a text, with its place. */
export const problem = z.object({
  severity: z.enum(['error', 'warning']),
  /** Line of the source, from 1; null when it is about the whole. */
  line: z.int().nullable(),
  message: z.string(),
});

// -- signing in ------------------------------------------------------------------------------------------------------------------------

export const me = z.object({
  id: z.string(),
  name: z.string(),
  displayName: z.string(),
  role,
  hasTotp: z.boolean(),
  mustChangePassword: z.boolean(),
});
/** `GET|POST /session`: who is signed in. The token goes into the header `X-CSRF-Token` of every request that changes something. */
export const sessionView = z.object({
  user: me,
  csrfToken: z.string(),
  /** Writers may approve their own drafts. */
  isSingleAdmin: z.boolean(),
  idleMinutes: z.int(),
});
/** `GET /gate`, open to all: what the sign-in page has to ask for. */
export const gate = z.object({ needsSetUp: z.boolean(), minPassword: z.int() });
export const signInRequest = z.object({ name: z.string().max(64), password: z.string().max(200), code: z.string().max(12).optional() });
export const setUpRequest = z.object({ code: z.string().max(100), name, displayName, password });
export const passwordRequest = z.object({ current: z.string().max(200), next: password });
export const totpStarted = z.object({ secret: z.string(), /** otpauth:// address for a QR code. */ uri: z.string() });
export const totpRequest = z.object({ code: z.string().max(12) });
export const totpOffRequest = z.object({ password: z.string().max(200) });
export const chatCode = z.object({
  code: z.string(),
  expiresAtMs: ms,
  /** What to send to the bot in a private chat. */ command: z.string(),
});
export const chatBinding = z.object({ channel: z.string(), senderId: z.string(), boundAtMs: ms });
export const chatBindings = z.object({ items: z.array(chatBinding) });

// -- people, tokens, audit -------------------------------------------------------------------------------------------------------------

export const userView = z.object({
  id: z.string(),
  name: z.string(),
  displayName: z.string(),
  role,
  hasTotp: z.boolean(),
  isDisabled: z.boolean(),
  createdAtMs: ms,
  chats: z.int(),
});
export const users = z.object({ items: z.array(userView) });
export const newUser = z.object({ name, displayName, role, /** To be changed at the first sign-in. */ password });
export const userChange = z
  .object({
    displayName,
    role,
    isDisabled: z.boolean(),
    /** A new first password; ends all sessions. */ password,
    resetTotp: z.literal(true),
  })
  .partial();
export const tokenView = z.object({
  id: z.string(),
  name: z.string(),
  owner: z.string(),
  role,
  createdAtMs: ms,
  expiresAtMs: ms.nullable(),
  usedAtMs: ms.nullable(),
  revokedAtMs: ms.nullable(),
});
export const tokens = z.object({ items: z.array(tokenView) });
export const newToken = z.object({ name: z.string().trim().min(1).max(60), role, days: z.int().min(1).max(3650).nullable() });
/** The only time the token itself is shown. Programs send it as `Authorization: Bearer …`. */
export const tokenMade = z.object({ token: z.string(), view: tokenView });
export const auditEntry = z.object({
  seq: z.int(),
  atMs: ms,
  actor: z.object({
    kind: z.enum(['person', 'token', 'chat', 'house']),
    userId: z.string().nullable(),
    name: z.string(),
    from: z.string().nullable(),
  }),
  action: z.string(),
  target: z.string().nullable(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
/** `GET /audit?user=&action=&target=&before=&limit=`, the latest first; `GET /audit.csv` the same as a table. */
export const audit = z.object({
  items: z.array(auditEntry),
  /** Pass as `before` for older ones; null: no more. */ next: z.int().nullable(),
});

// -- texts and revisions ---------------------------------------------------------------------------------------------------------------

/** What a text holds, taken apart for forms. `meta` is its front matter. */
export const content = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['policy', 'procedure', 'faq']), meta: z.record(z.string(), z.unknown()), body: z.string() }),
  z.object({ kind: z.literal('lexicon'), words: z.array(z.string()) }),
  z.object({
    kind: z.literal('thesaurus'),
    groups: z.array(z.object({ official: z.array(z.string()), colloquial: z.array(z.string()), ambiguous: z.array(z.string()) })),
  }),
  z.object({ kind: z.literal('english'), terms: z.record(z.string(), z.array(z.string())) }),
  z.object({
    kind: z.literal('questions'),
    questions: z.array(
      z.object({
        id: z.string(),
        kind: z.string(),
        q: z.string(),
        /** `2024-plan#6`; empty: out of scope. */ sections: z.array(z.string()),
        evidence: z.array(z.string()),
      }),
    ),
  }),
]);
/** A text as written by a person or a program: whole, or taken apart. */
const written = z.union([z.object({ source: z.string().max(2_000_000) }), z.object({ content })]);

export const revisionSummary = z.object({
  textId: z.string(),
  number: z.int(),
  state: revisionState,
  origin: revisionOrigin,
  base: z.int().nullable(),
  note: z.string(),
  author: z.string(),
  authorId: z.string().nullable(),
  createdAtMs: ms,
  editedAtMs: ms,
  submittedAtMs: ms.nullable(),
  reviewer: z.string().nullable(),
  reviewedAtMs: ms.nullable(),
  reviewNote: z.string().nullable(),
  publishAtMs: ms.nullable(),
  publishedAtMs: ms.nullable(),
  supersededAtMs: ms.nullable(),
  hasImpact: z.boolean(),
});
const gist = z.object({ outcome: z.string(), source: z.string().nullable(), quote: z.string().nullable() });
export const impact = z.object({
  asked: z.int(),
  rightBefore: z.number().nullable(),
  rightAfter: z.number().nullable(),
  changed: z.array(
    z.object({
      id: z.string(),
      question: z.string(),
      before: gist,
      after: gist,
      wasRight: z.boolean().nullable(),
      isRight: z.boolean().nullable(),
    }),
  ),
  atMs: ms,
});
/** A document in the list. */
export const textItem = z.object({
  id: z.string(),
  kind: textKind,
  title: z.string(),
  /** Of the published revision, else of the latest; null for what is no record. */
  category: category.nullable(),
  documentNumber: z.string().nullable(),
  issuingBody: z.string().nullable(),
  effectiveOn: isoDate.nullable(),
  expiresOn: isoDate.nullable(),
  verifiedOn: isoDate.nullable(),
  validity: validityStatus.nullable(),
  published: z.int().nullable(),
  latest: z.int(),
  latestState: revisionState,
  publishedAtMs: ms.nullable(),
  version: z.int(),
});
/** `GET /texts?kind=&category=&state=&validity=&q=&page=&size=` */
export const texts = z.object({ items: z.array(textItem), total: z.int() });
/** `GET /texts/:id` */
export const textView = z.object({ item: textItem, revisions: z.array(revisionSummary) });
/** `GET /texts/:id/revisions/:number` */
export const revisionView = z.object({
  revision: revisionSummary,
  /** Of the text: to be sent back as `version` when it is changed. */
  version: z.int(),
  source: z.string(),
  /** Null when the source cannot be read; `problems` say why. */
  content: content.nullable(),
  problems: z.array(problem),
  impact: impact.nullable(),
  /** What the one who asks may do with it. */
  may: z.object({
    edit: z.boolean(),
    submit: z.boolean(),
    approve: z.boolean(),
    reject: z.boolean(),
    discard: z.boolean(),
    rollBack: z.boolean(),
    withdraw: z.boolean(),
    /** Why approving is not possible, in Chinese; null when it is. */
    approveBlocked: z.string().nullable(),
  }),
});
/** `POST /texts`: a new document as a draft. */
export const newText = z.intersection(written, z.object({ note }));
/** `POST /texts/:id/revisions`: a new draft on top of `base`. */
export const newRevision = z.intersection(written, z.object({ note, base: z.int().nullable(), version: z.int() }));
/** `PUT /texts/:id/revisions/:number`: a draft, edited. */
export const revisionChange = z.intersection(written, z.object({ note, version: z.int() }));
/** `POST /texts/:id/revisions/:number/(submit|send-back|reject|discard)` and `/texts/:id/withdraw`. */
export const step = z.object({ version: z.int(), note });
/** `POST /texts/:id/revisions/:number/approve`: published now, or at `publishAtMs`. */
export const approval = z.object({ version: z.int(), note, publishAtMs: ms.nullable().default(null) });
/** `POST /texts/:id/roll-back`: the text of an earlier revision, published anew. */
export const rollBack = z.object({ version: z.int(), note, revision: z.int() });
/** 409: somebody was faster. `mine` is what was sent, `theirs` what stands now. */
export const conflict = z.object({
  error: z.object({ code: z.literal('STALE'), message: z.string(), hint: z.string() }),
  version: z.int(),
  mine: z.string().nullable(),
  theirs: z.string(),
  theirRevision: revisionSummary,
});
/** `GET /texts/:id/diff?from=&to=`: side by side, line by line; unchanged stretches are whole. */
export const diff = z.object({
  rows: z.array(
    z.object({
      kind: z.enum(['same', 'changed', 'added', 'removed']),
      left: z.object({ line: z.int(), text: z.string() }).nullable(),
      right: z.object({ line: z.int(), text: z.string() }).nullable(),
      /** Changed stretches within the line, as [start, end) of the text. */
      leftMarks: z.array(z.tuple([z.int(), z.int()])),
      rightMarks: z.array(z.tuple([z.int(), z.int()])),
    }),
  ),
  /** What changes, in words. */
  words: z.array(z.string()),
});
/** `POST /preview`: how an answer from a text would look; `question` is optional. */
export const previewRequest = z.intersection(
  written,
  z.object({ kind: textKind, question: z.string().max(500).default(''), section: z.int().nullable().default(null) }),
);
export const preview = z.object({
  problems: z.array(problem),
  sections: z.array(z.object({ number: z.int(), title: z.string() })),
  /** Null when the text cannot be read. `web` is a reply as of the chat API, `feishu` the card sent, `telegram` the message sent. */
  cards: z
    .object({
      web: z.unknown(),
      feishu: z.unknown(),
      telegram: z.object({ html: z.string(), buttons: z.array(z.array(z.string())) }),
    })
    .nullable(),
});

// -- import and export -----------------------------------------------------------------------------------------------------------------

/** `POST /uploads?name=…` with the file as body (application/octet-stream). Kept for an hour. */
export const upload = z.object({ id: z.string(), name: z.string(), bytes: z.int() });
/** `POST /imports` → a job whose result is an `importPlan`. */
export const importRequest = z.object({
  uploads: z.array(z.string()).min(1).max(50),
  category: category.nullable().default(null),
  issuingBody: z.string().max(100).nullable().default(null),
  year: z.int().min(1949).max(2200).nullable().default(null),
});
const planned = z.object({
  id: z.string(),
  title: z.string(),
  kind: textKind,
  origin: z.string(),
  sections: z.int(),
  facts: z.array(z.string()),
  differences: z.array(z.string()),
});
export const importPlan = z.object({
  /** Names the plan when it is applied. */
  id: z.string(),
  created: z.array(planned),
  changed: z.array(planned),
  skipped: z.array(z.object({ id: z.string(), title: z.string(), origin: z.string() })),
  problems: z.array(z.object({ severity: z.enum(['error', 'warning']), place: z.string(), message: z.string() })),
  canApply: z.boolean(),
});
/** `POST /imports/:id/apply`: every document of the plan becomes a draft, or none; with `submit` they go to review at once. */
export const importApply = z.object({ submit: z.boolean().default(false) });
export const importApplied = z.object({ drafts: z.array(z.object({ textId: z.string(), number: z.int(), title: z.string() })) });

// -- long work -------------------------------------------------------------------------------------------------------------------------

/** `GET /jobs/:id`; `DELETE` cancels. */
export const job = z.object({
  id: z.string(),
  kind: z.enum(['import', 'impact', 'evaluation', 'doctor']),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  done: z.int(),
  total: z.int(),
  /** What is being done, in Chinese. */
  note: z.string(),
  /** As the kind says: importPlan, impact, evaluationRun, doctorReport; null until done. */
  result: z.unknown(),
  error: z.object({ code: z.string(), message: z.string(), hint: z.string() }).nullable(),
});

// -- trying out, question set, house ---------------------------------------------------------------------------------------------------

/** `POST /explain`: `Explanation`s of the state in service, of the one published before, and of a draft when one is named. */
export const explainRequest = z.object({
  question: z.string().trim().min(1).max(2_000),
  draft: z.object({ textId: z.string(), number: z.int() }).nullable().default(null),
});
export const explained = z.object({
  current: z.unknown(),
  currentReply: z.unknown(),
  previous: z.unknown().nullable(),
  draft: z.unknown().nullable(),
  libraryVersion: z.int(),
});
export const evaluationSummary = z.object({
  asked: z.int(),
  answered: z.int(),
  clarified: z.int(),
  refused: z.int(),
  firstRight: z.number().nullable(),
  amongThree: z.number().nullable(),
  evidence: z.number().nullable(),
  heldBack: z.number().nullable(),
});
export const evaluationItem = z.object({ id: z.string(), atMs: ms, by: z.string(), libraryVersion: z.int(), summary: evaluationSummary });
export const evaluations = z.object({ items: z.array(evaluationItem) });
export const evaluationRun = z.object({
  item: evaluationItem,
  results: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      question: z.string(),
      outcome: z.string(),
      source: z.string().nullable(),
      isRight: z.boolean().nullable(),
      hasEvidence: z.boolean().nullable(),
      confidence: z.number().nullable(),
    }),
  ),
});
export const overview = z.object({
  library: z.object({
    version: z.int(),
    documents: z.int(),
    sections: z.int(),
    byKind: z.record(z.string(), z.int()),
    byValidity: z.record(z.string(), z.int()),
  }),
  review: z.object({ drafts: z.int(), inReview: z.int(), scheduled: z.int() }),
  /** Documents whose last day is within 30 days, and those not verified for half a year or never. */
  expiringSoon: z.array(z.object({ id: z.string(), title: z.string(), expiresOn: isoDate })),
  stale: z.array(z.object({ id: z.string(), title: z.string(), verifiedOn: isoDate.nullable() })),
  channels: z.array(z.object({ name: z.string(), status: z.string(), detail: z.string().nullable() })),
  queue: z.object({ waiting: z.int(), unsent: z.int(), deadMessages: z.int(), deadReplies: z.int() }),
  lastEvaluation: evaluationItem.nullable(),
  recent: z.array(auditEntry),
});
export const settings = z.object({
  isSingleAdmin: z.boolean(),
  /** What the environment says; secrets only as set or not. Changed there, not here. */
  environment: z.array(
    z.object({
      name: z.string(),
      description: z.string(),
      value: z.string().nullable(),
      isSet: z.boolean(),
      isSecret: z.boolean(),
      fallback: z.string().nullable(),
    }),
  ),
});
export const settingsChange = z.object({ isSingleAdmin: z.boolean() });
/** `POST /doctor` → a job. */
export const doctorReport = z.object({
  checks: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      status: z.enum(['ok', 'warn', 'fail', 'skipped']),
      detail: z.string(),
      next: z.string().nullable(),
    }),
  ),
});
export const errorResponse = z.object({ error: z.object({ code: z.string(), message: z.string(), hint: z.string() }) });

export type View<Schema extends z.ZodType> = z.output<Schema>;
export type Body<Schema extends z.ZodType> = z.input<Schema>;
