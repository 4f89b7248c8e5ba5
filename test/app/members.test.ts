import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { newChatCode } from '../../src/admin/accounts/chat-codes.ts';
import type { Role } from '../../src/domain/role.ts';
import { messageEvent } from '../fakes/feishu-events.ts';
import { messageUpdate } from '../fakes/telegram-server.ts';
import { feishuSettings, telegramSettings, testConfig } from '../support/config.ts';
import { fakeFeishu, fakeTelegram, lookInto, nowS, startSmall } from '../support/running.ts';

const WORD = readFileSync('test/fixtures/import/notice-docx/source.docx');

/** Makes an account, as the console would, and gives a code for its chat user. */
const codeFor = (dataDir: string, role: Role): Promise<string> =>
  lookInto(dataDir, async ({ admin }) => {
    const nobody = { totpSecret: null, pendingTotp: null, totpUsed: null, mustChangePassword: false, disabledAtMs: null };
    const user = { id: `u_${role}`, name: role, displayName: '周编辑', role, passwordHash: 'scrypt$none', createdAtMs: 1, ...nobody };
    await admin.saveUser(user, null);
    return (await newChatCode(admin, user.id, Date.now())).code;
  });

describe('a member of the house, in a private chat', () => {
  it('binds on Telegram, sends a file, and finds it as a draft that nothing is answered from', async () => {
    const telegram = await fakeTelegram();
    const { dataDir, ...settings } = placed(telegramSettings(telegram));
    await startSmall(settings);
    const send = async (id: number, text: string, fields: object = {}): Promise<string> => {
      telegram.push(messageUpdate(id, text, { date: nowS(), ...fields }));
      return (await telegram.waitForSent(id)).at(-1)!.text ?? '';
    };
    const file = {
      text: undefined,
      document: {
        file_id: telegram.files.add('惠企通知.docx', WORD),
        file_unique_id: 'u',
        file_name: '惠企通知.docx',
        file_size: WORD.length,
      },
    };
    expect(await send(1, '', file)).toContain('暂不能接收文件');
    expect(await send(2, '/bind AAAA2222')).toContain('绑定未成功');
    expect(await send(3, `/bind ${await codeFor(dataDir, 'editor')}`)).toContain('周编辑');
    expect(await send(4, '/whoami')).toContain('编辑');
    expect(await send(5, '', file)).toContain('已整理成草稿');

    const drafts = await lookInto(dataDir, ({ editorial }) => editorial.revisionsIn(['draft']));
    expect(drafts).toHaveLength(1);
    expect(drafts[0]).toMatchObject({ origin: 'chat', authorId: 'u_editor' });
    expect(await lookInto(dataDir, ({ editorial }) => editorial.text(drafts[0]!.textId))).toMatchObject({ published: null });
    const log = await lookInto(dataDir, ({ admin }) => admin.audit({ limit: 20 }));
    expect(log.map(({ action }) => action)).toEqual(expect.arrayContaining(['chat.bound', 'text.created', 'import.applied']));

    expect(await send(6, '/unbind')).toContain('已解除绑定');
    expect(await send(7, '', file)).toContain('暂不能接收文件');
  });

  it('binds on Feishu and sends a file; a viewer is told that it takes an editor', async () => {
    const feishu = await fakeFeishu();
    const { dataDir, ...settings } = placed(feishuSettings(feishu));
    await startSmall(settings);
    await feishu.connected();
    let sent = 0;
    const send = async (fields: Parameters<typeof messageEvent>[1]): Promise<string> => {
      void feishu.push(messageEvent(feishu, fields));
      sent += 1;
      await feishu.until(() => feishu.messages.length === sent);
      return feishu.messages.at(-1)!.reading.text;
    };
    const file = (messageId: string) => ({
      messageId,
      messageType: 'file',
      content: { file_key: feishu.files.add(messageId, '惠企通知.docx', WORD), file_name: '惠企通知.docx' },
    });
    expect(await send({ text: `绑定 ${await codeFor(dataDir, 'viewer')}` })).toContain('周编辑');
    expect(await send(file('om_first'))).toContain('不能修改资料库');
    await lookInto(dataDir, async ({ admin }) => admin.saveUser({ ...(await admin.user('u_viewer'))!, role: 'editor' }, null));
    expect(await send(file('om_second'))).toContain('已整理成草稿');
    expect(await lookInto(dataDir, ({ editorial }) => editorial.revisionsIn(['draft']))).toHaveLength(1);
  });
});

/** Settings with the data folder named, so that a test can look into it. */
function placed(settings: Readonly<Record<string, string>>): Record<string, string> & { readonly dataDir: string } {
  const { dataDir } = testConfig();
  return { ...settings, DATA_DIR: dataDir, dataDir };
}
