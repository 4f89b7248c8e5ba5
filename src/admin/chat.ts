import { AppError } from '../domain/errors.ts';
import type { FileOutcome } from '../domain/file-outcome.ts';
import { inOrder } from '../domain/in-order.ts';
import type { ChannelName } from '../domain/message.ts';
import type { Editor, Editorial } from '../knowledge/editorial/editorial.ts';
import type { EditorialStore } from '../knowledge/editorial/store.ts';
import { MAX_FILE_BYTES, placeOf, planImport, type Problem, type SourceFile } from '../knowledge/import/index.ts';
import { mayActAs } from '../domain/role.ts';
import { chatActor, type ChatMember, createPeople, type People } from './accounts/people.ts';
import { auditOf } from './audit.ts';
import { shelfOf } from './shelf.ts';
import type { AdminStore } from './store.ts';
import { plainName } from './uploads.ts';

export interface LibrarianServices {
  readonly store: AdminStore;
  readonly editorial: Editorial;
  readonly texts: EditorialStore;
  /** The bytes of a file of a channel. @throws {AppError} `INPUT_TOO_LARGE`, `CHANNEL_REJECTED` */
  readonly fetchFile: (channel: ChannelName, fileId: string, maxBytes: number) => Promise<Uint8Array>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** How a file is read; in a worker thread unless told otherwise. */
  readonly read?: NonNullable<NonNullable<Parameters<typeof planImport>[2]>['read']>;
}

interface ChatUser {
  readonly channel: ChannelName;
  readonly senderId: string;
}

interface SentFile {
  readonly fileId: string;
  readonly name: string;
  readonly bytes: number | null;
}

/** What members of the house do with the library from a private chat: lay files into it as drafts, never more. */
export function createLibrarian(
  services: LibrarianServices,
): People & { take(user: ChatUser, member: ChatMember, file: SentFile): Promise<FileOutcome> } {
  const people = createPeople(services.store, services.now);
  // One file of a person after the other: the second is compared with what the first laid down.
  const inTurn = inOrder();
  return {
    ...people,
    take: (user, { userId }, file) =>
      inTurn(userId, async () => {
        // As they are now, not as they were when the message came in.
        const member = await people.memberOf(user);
        if (member?.userId !== userId || !mayActAs(member.role, 'editor')) {
          return { status: 'refused', problems: ['您没有编辑知识库的权限。'] };
        }
        try {
          return await layDown(services, user, member, file);
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
          if (error.code === 'CHANNEL_REJECTED') return { status: 'refused', problems: ['文件没有从聊天平台取到，请重新发送。'] };
          if (error.status >= 500) throw error;
          return { status: 'refused', problems: [error.message] };
        }
      }),
  };
}

async function layDown(services: LibrarianServices, user: ChatUser, member: ChatMember, file: SentFile): Promise<FileOutcome> {
  const { editorial, texts, fetchFile, store, now, read } = services;
  const name = plainName(file.name);
  if (file.bytes !== null && file.bytes > MAX_FILE_BYTES) return { status: 'refused', problems: [`${name}：文件超过 20 MB`] };
  const source: SourceFile = { name, bytes: await fetchFile(user.channel, file.fileId, MAX_FILE_BYTES) };
  const plan = await planImport([source], await shelfOf(texts), read === undefined ? {} : { read });
  const errors = plan.problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return { status: 'refused', problems: errors.map(inWords) };
  const planned = [...plan.created, ...plan.changed];
  const editor: Editor = { ...chatActor(user, member), role: member.role };
  const note = `从聊天收到的文件：${name}`;
  const made = planned.map(({ id, markdown }) => ({ textId: id, source: markdown, note, origin: 'chat' as const }));
  if (made.length > 0) {
    await editorial.createAll(editor, made, { submit: false });
    await store.addAudit(auditOf(editor, now(), 'import.applied', null, { files: name, drafts: made.length }));
  }
  const isNew = new Set(plan.created.map(({ id }) => id));
  return {
    status: 'drafted',
    drafts: planned.map(({ id, record }) => ({ title: record.title, textId: id, isNew: isNew.has(id) })),
    skipped: plan.skipped.length,
    warnings: plan.problems.map(inWords),
  };
}

const inWords = (problem: Problem): string => `${placeOf(problem)}：${problem.message}`;
