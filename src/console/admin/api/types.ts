import type * as schemas from '../../../admin/http/schemas.ts';
import type { ViewOf } from './shape.ts';

type View<Name extends keyof typeof schemas> = ViewOf<typeof schemas, Name>;
type Body<Name extends keyof typeof schemas> = (typeof schemas)[Name] extends { readonly _zod: { readonly input: infer Input } }
  ? Input
  : never;

export type Role = View<'role'>;
export type TextKind = View<'textKind'>;
export type RecordKind = Extract<TextKind, 'policy' | 'procedure' | 'faq'>;
export type RevisionState = View<'revisionState'>;
export type RevisionOrigin = View<'revisionOrigin'>;
export type ValidityStatus = View<'validityStatus'>;
export type Category = View<'category'>;
export type Problem = View<'problem'>;

export type Me = View<'me'>;
export type Session = View<'sessionView'>;
export type Gate = View<'gate'>;
export type SignInRequest = Body<'signInRequest'>;
export type SetUpRequest = Body<'setUpRequest'>;
export type PasswordRequest = Body<'passwordRequest'>;
export type TotpStarted = View<'totpStarted'>;
export type ChatCode = View<'chatCode'>;
export type ChatBinding = View<'chatBinding'>;
export type ChatBindings = View<'chatBindings'>;

export type User = View<'userView'>;
export type Users = View<'users'>;
export type NewUser = Body<'newUser'>;
export type UserChange = Body<'userChange'>;
export type Token = View<'tokenView'>;
export type Tokens = View<'tokens'>;
export type NewToken = Body<'newToken'>;
export type TokenMade = View<'tokenMade'>;
export type AuditEntry = View<'auditEntry'>;
export type Audit = View<'audit'>;

export type Content = View<'content'>;
export type RecordContent = Extract<Content, { readonly meta: unknown }>;
export type LexiconContent = Extract<Content, { readonly kind: 'lexicon' }>;
export type ThesaurusContent = Extract<Content, { readonly kind: 'thesaurus' }>;
export type EnglishContent = Extract<Content, { readonly kind: 'english' }>;
export type QuestionsContent = Extract<Content, { readonly kind: 'questions' }>;
/** A text as it is sent: whole, or taken apart. */
export type Written = { readonly source: string } | { readonly content: Content };
export type TextItem = View<'textItem'>;
export type Texts = View<'texts'>;
export type TextView = View<'textView'>;
export type RevisionSummary = View<'revisionSummary'>;
export type RevisionView = View<'revisionView'>;
export type Impact = View<'impact'>;
export type Diff = View<'diff'>;
export type DiffRow = Diff['rows'][number];
export type Conflict = View<'conflict'>;
export type Preview = View<'preview'>;

export type Upload = View<'upload'>;
export type ImportRequest = Body<'importRequest'>;
export type ImportPlan = View<'importPlan'>;
export type ImportApplied = View<'importApplied'>;

export type Job = View<'job'>;
export type Explained = View<'explained'>;
export type EvaluationItem = View<'evaluationItem'>;
export type EvaluationRun = View<'evaluationRun'>;
export type EvaluationSummary = View<'evaluationSummary'>;
export type Evaluations = View<'evaluations'>;
export type Overview = View<'overview'>;
export type Settings = View<'settings'>;
export type DoctorReport = View<'doctorReport'>;
export type ErrorResponse = View<'errorResponse'>;
