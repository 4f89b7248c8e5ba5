import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { setUpDigest } from '../../src/admin/accounts/set-up.ts';
import type { User } from '../../src/admin/store.ts';
import { addAccount } from '../../src/cli/account.ts';
import { openStore } from '../../src/storage/open-store.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wence-account-'));
  vi.stubEnv('DATA_DIR', folder);
  vi.stubEnv('DATABASE_URL', '');
  vi.stubEnv('PUBLIC_URL', 'https://wence.example');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await rm(folder, { recursive: true, force: true });
});

/** What a command prints. */
async function run(...args: readonly string[]): Promise<string> {
  let printed = '';
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((piece) => {
    printed += String(piece);
    return true;
  });
  const program = new Command('wence').exitOverride();
  addAccount(program);
  try {
    await program.parseAsync(['node', 'wence', 'account', ...args]);
  } finally {
    write.mockRestore();
  }
  return printed;
}

const ANN: User = {
  id: 'u_ann',
  name: 'ann',
  displayName: '安',
  role: 'admin',
  passwordHash: 'scrypt$32768$8$1$AAAA$AAAA',
  totpSecret: 'GEZDGNBVGY3TQOJQ',
  pendingTotp: null,
  totpUsed: null,
  mustChangePassword: false,
  createdAtMs: 1,
  disabledAtMs: 2,
};

describe('wence account', () => {
  it('prints a set-up link that makes the first admin, and none later', async () => {
    const link = /^https:\/\/wence\.example\/admin#\/set-up\?code=([\w-]{43})\n$/.exec(await run('set-up'));
    expect(link).not.toBeNull();
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    const store = await openStore({ kind: 'sqlite', file: join(folder, 'wence.db') }, { log, now: Date.now, newId: () => 'id' });
    const audit = {
      atMs: 1,
      actor: { kind: 'person', userId: 'u_ann', name: '安', from: null },
      action: 'account.set-up',
      target: null,
      detail: {},
    } as const;
    expect(await store.admin.setUp(ANN, setUpDigest(link![1]!), Date.now(), audit)).toBe(true);
    await store.close();
    await expect(run('set-up')).rejects.toMatchObject({ code: 'NOT_POSSIBLE' });
    expect(await run('list')).toBe('ann\t安\t管理\t两步验证\t已停用\n');
    expect(await run('reset', 'ann')).toMatch(/^([2-9a-z]{4}-){4}[2-9a-z]{4}\n/);
    expect(await run('list')).toBe('ann\t安\t管理\n');
    await expect(run('reset', 'nobody')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
