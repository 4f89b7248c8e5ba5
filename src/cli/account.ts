import type { Command } from 'commander';
import { resetAccount } from '../admin/accounts/recovery.ts';
import { prepareSetUp } from '../admin/accounts/set-up.ts';
import { AppError } from '../domain/errors.ts';
import { ROLE_NAMES } from '../domain/role.ts';
import { withStore } from './store.ts';

/** For who has the machine at hand: also while Wence runs. */
export function addAccount(program: Command): void {
  const account = program.command('account').description('list the accounts of the console, or give somebody theirs back');

  account
    .command('list')
    .description('everybody with an account')
    .action(() =>
      withStore(async ({ admin: store }) => {
        const users = await store.users();
        if (users.length === 0) process.stdout.write('还没有账号；npx wence account set-up 给出设置第一位管理员的链接。\n');
        for (const { name, displayName, role, totpSecret, disabledAtMs } of users) {
          const marks = [...(totpSecret === null ? [] : ['两步验证']), ...(disabledAtMs === null ? [] : ['已停用'])];
          process.stdout.write(`${[name, displayName, ROLE_NAMES[role], ...marks].join('\t')}\n`);
        }
      }),
    );

  account
    .command('reset')
    .description('print a one-time password for an account; ends its sessions, turns its second factor off and enables it')
    .argument('<name>', 'sign-in name')
    .action((name: string) =>
      withStore(async ({ admin: store }) => {
        const password = await resetAccount(store, name, Date.now);
        process.stdout.write(`${password}\n登录后需要立即修改密码；原有登录均已失效。\n`);
      }),
    );

  account
    .command('set-up')
    .description('print a one-time link with which the first admin is made')
    .action(() =>
      withStore(async ({ admin: store }, config) => {
        const code = await prepareSetUp(store, Date.now);
        if (code === null) {
          throw new AppError('NOT_POSSIBLE', 'There are accounts already.', { hint: 'Lost a password? wence account reset <name>' });
        }
        process.stdout.write(`${config.publicUrl ?? `http://${config.host}:${config.port}`}/admin#/set-up?code=${code}\n`);
      }),
    );
}
