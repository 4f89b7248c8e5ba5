import { afterAll, describe, expect, it } from 'vitest';
import { PreparingClient } from '../../src/storage/preparing-client.ts';
import { startPostgres } from '../support/postgres.ts';

const postgres = await startPostgres();
afterAll(() => postgres?.stop());

describe.skipIf(!postgres)('a connection that prepares', () => {
  it('has the server plan each statement once, up to a number of them', async () => {
    const client = new PreparingClient({ connectionString: await postgres!.createDatabase() });
    await client.connect();
    const prepared = async (): Promise<number> => Number((await client.query('select count(*) from pg_prepared_statements')).rows[0].count);
    for (let at = 0; at < 3; at++) {
      expect((await client.query('select $1::int + 1 as next', [at])).rows).toEqual([{ next: at + 1 }]);
      await client.query('select 1');
    }
    expect(await prepared()).toBe(1);
    for (let at = 0; at < 400; at++) await client.query(`select $1::int + ${at}`, [at]);
    expect(await prepared()).toBe(300);
    await client.end();
  });

  it('goes on when a newer version adds a column to what is read', async () => {
    const client = new PreparingClient({ connectionString: await postgres!.createDatabase() });
    await client.connect();
    await client.query('create table notes (id int)');
    await client.query('insert into notes (id) values ($1)', [1]);
    const all = () => client.query('select * from notes where id = $1', [1]);
    expect((await all()).rows).toEqual([{ id: 1 }]);
    await client.query("alter table notes add column text varchar default 'new'");
    expect((await all()).rows).toEqual([{ id: 1, text: 'new' }]);
    await client.end();
  });
});
