import { type ColumnDefinitionBuilder, type CreateTableBuilder, sql } from 'kysely';
import type { EngineKind } from '../engine.ts';

/** What the two engines write differently in a table. */
export interface Columns {
  /** Times, row numbers and versions. */
  readonly bigint: 'integer' | 'bigint';
  /** Fractions. */
  readonly double: 'real' | 'double precision';
  readonly required: (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder;
  readonly textKey: (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder;
  /** Numbers that count up and are never given twice. */
  readonly sequence: (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder;
  readonly create: <Name extends string, Column extends string>(table: CreateTableBuilder<Name, Column>) => Promise<void>;
}

export const columnsOf = (kind: EngineKind): Columns => ({
  bigint: kind === 'sqlite' ? 'integer' : 'bigint',
  double: kind === 'sqlite' ? 'real' : 'double precision',
  required: (column) => column.notNull(),
  textKey: (column) => column.primaryKey().notNull(),
  sequence: (column) => (kind === 'sqlite' ? column.primaryKey().autoIncrement() : column.primaryKey().generatedAlwaysAsIdentity()),
  create: (table) => (kind === 'sqlite' ? table.modifyEnd(sql`strict`) : table).execute(),
});
