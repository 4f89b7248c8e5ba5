import { describe, expect, it } from 'vitest';
import { resetAccount } from '../../src/admin/accounts/recovery.ts';
import { actionsIn, PASSWORD, startAdmin } from './harness.ts';

describe('a lost account', () => {
  it('is given back with a one-time password', async () => {
    const admin = await startAdmin();
    const before = await admin.signedIn('admin', 'ann', { totpSecret: 'GEZDGNBVGY3TQOJQ', disabledAtMs: null });
    for (let index = 0; index < 6; index++) await admin.client().post('/session', { name: 'ann', password: 'wrong' });
    const password = await resetAccount(admin.store, 'Ann', admin.now);
    expect(password).toMatch(/^([2-9a-z]{4}-){4}[2-9a-z]{4}$/);
    expect((await before.get('/session')).status).toBe(401);
    expect((await admin.client().post('/session', { name: 'ann', password: PASSWORD })).status).toBe(401);
    const { body } = await admin.client().post('/session', { name: 'ann', password });
    expect(body.user).toMatchObject({ hasTotp: false, mustChangePassword: true });
    expect(await actionsIn(admin)).toContain('account.password-reset account:u_ann');
    expect(JSON.stringify(await admin.store.audit({ limit: 20 }))).not.toContain(password);
  });

  it('has to exist', async () => {
    const admin = await startAdmin();
    await expect(resetAccount(admin.store, 'nobody', admin.now)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
