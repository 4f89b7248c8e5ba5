import { describe, expect, it } from 'vitest';
import { newChatCode } from '../../src/admin/accounts/chat-codes.ts';
import { createLibrarian } from '../../src/admin/chat.ts';
import { AppError } from '../../src/domain/errors.ts';
import type { Role } from '../../src/domain/role.ts';
import { actionsIn, type Admin, startAdmin } from './harness.ts';
import { faqTable } from './sources.ts';

const CHAT = { channel: 'telegram', senderId: '42' } as const;
const file = (name: string, bytes: number | null = null) => ({ fileId: 'f1', name, bytes });

async function startLibrarian(admin: Admin, role: Role, given: Uint8Array | AppError) {
  const user = await admin.makeUser('ann', role);
  const asked: unknown[] = [];
  const librarian = createLibrarian({
    ...admin,
    fetchFile: async (...args) => {
      asked.push(args);
      if (given instanceof AppError) throw given;
      return given;
    },
  });
  const member = await librarian.bind(CHAT, (await newChatCode(admin.store, user.id, admin.now())).code);
  return { librarian, member: member!, asked };
}

describe('a file sent to the bot', () => {
  it('becomes drafts, and is never published', async () => {
    const admin = await startAdmin();
    const { librarian, member, asked } = await startLibrarian(admin, 'admin', faqTable(['贷款？', '可以。'], ['收费吗？', '不收费。']));
    const outcome = await librarian.take(CHAT, member, file('../问答.csv'));
    expect(outcome).toMatchObject({
      status: 'drafted',
      drafts: [
        { title: '贷款？', isNew: true },
        { title: '收费吗？', isNew: true },
      ],
      skipped: 0,
    });
    expect(asked).toEqual([['telegram', 'f1', 20 * 1024 * 1024]]);
    const [text] = await admin.texts.texts();
    expect(text).toMatchObject({ published: null });
    expect(await admin.texts.revision(text!.id, 1)).toMatchObject({
      state: 'draft',
      origin: 'chat',
      authorId: 'u_ann',
      note: '从聊天收到的文件：问答.csv',
    });
    const [entry] = await admin.store.audit({ limit: 1 });
    expect(entry).toMatchObject({ action: 'import.applied', actor: { kind: 'chat', userId: 'u_ann', from: 'telegram:42' } });
    expect(await librarian.take(CHAT, member, file('问答.csv'))).toMatchObject({ status: 'drafted', drafts: [], skipped: 2 });
  });

  it('is refused with its mistakes, and nothing is written', async () => {
    const admin = await startAdmin();
    const { librarian, member } = await startLibrarian(admin, 'editor', faqTable(['贷款？', '可以。'], ['没有答案？', '']));
    expect(await librarian.take(CHAT, member, file('问答.csv'))).toEqual({
      status: 'refused',
      problems: [expect.stringContaining('第 3 行')],
    });
    expect(await admin.texts.texts()).toEqual([]);
  });

  it('is not fetched when it is too large or its sender may not write', async () => {
    const admin = await startAdmin();
    const { librarian, member, asked } = await startLibrarian(admin, 'editor', new Uint8Array());
    expect(await librarian.take(CHAT, member, file('a.pdf', 20 * 1024 * 1024 + 1))).toMatchObject({ status: 'refused' });
    await admin.store.saveUser({ ...(await admin.store.user('u_ann'))!, role: 'viewer' }, null);
    expect(await librarian.take(CHAT, member, file('a.pdf'))).toEqual({ status: 'refused', problems: ['您没有编辑知识库的权限。'] });
    await librarian.unbind(CHAT);
    expect(await librarian.take(CHAT, member, file('a.pdf'))).toMatchObject({ status: 'refused' });
    expect(asked).toEqual([]);
    expect(await actionsIn(admin)).toEqual(['chat.bound chat:telegram:42', 'chat.unbound chat:telegram:42']);
  });

  it('that cannot be fetched is asked for again', async () => {
    const admin = await startAdmin();
    const { librarian, member } = await startLibrarian(admin, 'editor', new AppError('CHANNEL_REJECTED', 'expired'));
    expect(await librarian.take(CHAT, member, file('a.pdf'))).toEqual({
      status: 'refused',
      problems: ['文件没有从聊天平台取到，请重新发送。'],
    });
  });
});
