import pg from 'pg';
import { afterAll, describe, it } from 'vitest';
import { startPostgres } from '../support/postgres.ts';
import { diagnose, expectCheck } from './patient.ts';

const postgres = await startPostgres();
afterAll(() => postgres?.stop());

describe.skipIf(!postgres)('doctor: PostgreSQL', () => {
  it('finds a database that can be used, one that is not there, and one where no table may be made', async () => {
    const url = (await postgres?.createDatabase()) ?? '';
    expectCheck((await diagnose({ DATABASE_URL: url })).of('machine.data'), 'ok', /PostgreSQL \d+/);

    const absent = new URL(url);
    absent.pathname = '/nowhere';
    expectCheck((await diagnose({ DATABASE_URL: absent.href })).of('machine.data'), 'fail', /没有这个数据库/, /createdb/);

    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query('revoke create on schema public from public');
    await client.query("create role doctor_reader login password 'reader-pa55'");
    const reader = new URL(url);
    reader.username = 'doctor_reader';
    reader.password = 'reader-pa55';
    const found = await diagnose({ DATABASE_URL: reader.href });
    await client.query('drop role doctor_reader');
    await client.end();
    expectCheck(found.of('machine.data'), 'fail', /不许建表/, /GRANT CREATE ON SCHEMA public/);
  });
});
