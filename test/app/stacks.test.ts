import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { callbackUpdate, messageUpdate } from '../fakes/telegram-updates.ts';
import { telegramSettings, temporaryFolder } from '../support/config.ts';
import { SMALL_LIBRARY } from '../support/child-server.ts';
import { startPostgres } from '../support/postgres.ts';
import { fakeTelegram, nowS, startSmall } from '../support/running.ts';

const postgres = await startPostgres();
afterAll(() => postgres?.stop());

const RULE = '渔船进出渔港,应当提前二十四小时向渔港监督机构报告。';
const LAWS = [
  {
    id: 'harbour#1',
    document: '云港市渔港管理办法',
    issuingBody: '云港市人民政府',
    title: '第七条 进出港报告',
    text: `${RULE}遇险的除外。`,
  },
  { id: 'harbour#2', title: '第八条 停泊', text: '渔船停泊期间应当留人值守。' },
  {
    id: 'old#1',
    document: '云港市渔港管理办法（旧）',
    title: '第六条',
    text: '渔船进出渔港,应当提前两小时报告。',
    expiresOn: '2001-12-31',
  },
];
const ASKED = '渔船进渔港要提前多久报告？';

const wence = async (environment: Record<string, string>, ...args: string[]): Promise<string> =>
  (
    await promisify(execFile)(process.execPath, ['src/main.ts', ...args], {
      env: { PATH: process.env['PATH'], KNOWLEDGE_DIR: SMALL_LIBRARY, ...environment },
    })
  ).stdout;

const post = async (url: string, body: object): Promise<{ outcome: string; [key: string]: unknown }> =>
  (await (
    await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  ).json()) as never;

describe.skipIf(!postgres)('a house with stacks', () => {
  it('answers from them what its library does not, in the chat and on the page, and no more when they are gone', {
    timeout: 60_000,
  }, async () => {
    const url = await postgres!.createDatabase();
    const file = join(temporaryFolder(), 'laws.jsonl');
    writeFileSync(file, LAWS.map((line) => JSON.stringify(line)).join('\n'));
    expect(await wence({ DATABASE_URL: url }, 'stacks', 'add', 'laws', file, '--title', '地方规章')).toBe(
      '→ laws: 2 documents, 3 sections\n',
    );
    expect(await wence({ DATABASE_URL: url }, 'stacks', 'list')).toMatch(/^laws\t地方规章\t2 documents\t3 sections\t\d{4}-\d\d-\d\d\n$/);

    const telegram = await fakeTelegram();
    const app = await startSmall({ DATABASE_URL: url, ...telegramSettings(telegram) });
    telegram.push(messageUpdate(1, ASKED, { date: nowS() }));
    const [answer] = await telegram.waitForSent(1);
    expect(answer!.text).toContain(RULE);
    expect(answer!.text).toContain('云港市渔港管理办法');
    expect(answer!.text).toContain('第七条 进出港报告');
    // Not sure enough of three sections in all: it asks back, and what is chosen opens.
    const [choice] = answer!.reply_markup!.inline_keyboard.flat();
    expect(choice!.text).toBe('云港市渔港管理办法 · 第七条 进出港报告');
    telegram.push(callbackUpdate(2, choice!.callback_data));
    const [, chosen] = await telegram.waitForSent(2);
    expect(chosen!.text).toContain(RULE);
    const full = chosen!.reply_markup!.inline_keyboard.flat().find(({ text }) => text === '全文');
    telegram.push(callbackUpdate(3, full!.callback_data));
    const [, , text] = await telegram.waitForSent(3);
    expect(text!.text).toContain('遇险的除外');
    // What the library answers, it answers by itself.
    telegram.push(messageUpdate(4, '班车几点发车', { date: nowS() }));
    expect((await telegram.waitForSent(4))[3]!.text).toContain('七点半');

    const explained = await post(`${app.url}/api/v1/explain`, { question: ASKED });
    expect(explained.outcome).toBe('clarify');
    const page = await (await fetch(`${app.url}/api/v1/sections/laws-1/2`)).json();
    expect(page).toMatchObject({ documentTitle: '云港市渔港管理办法', text: LAWS[1]!.text });
    expect((await fetch(`${app.url}/api/v1/sections/laws-1/3`)).status).toBe(404);

    await wence({ DATABASE_URL: url }, 'stacks', 'remove', 'laws');
    expect((await fetch(`${app.url}/api/v1/sections/laws-1/2`)).status).toBe(404);
    const gone = await post(`${app.url}/api/v1/explain`, { question: ASKED });
    expect(gone.outcome).toBe('refused');
  });

  it('says what stacks need when there is no PostgreSQL, and which name is unknown', async () => {
    await expect(wence({}, 'stacks', 'list')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('DATABASE_URL is not set'),
    });
    const url = await postgres!.createDatabase();
    await expect(wence({ DATABASE_URL: url }, 'stacks', 'remove', 'laws')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('There is no collection "laws"'),
    });
  });
});
