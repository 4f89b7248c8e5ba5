import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../domain/errors.ts';

const NAME = 'asker.key';
const BYTES = 32;

/**
 * The key of the pseudonyms: the one that is set, else that of the data folder, which is made on the first start. Of two processes that start at
 * once one makes it and both have it.
 * @throws {AppError} `CONFIG_INVALID` when the file is not a key; it is never overwritten
 */
export function pseudonymKey(setting: string | null, dataDir: string): Uint8Array {
  if (setting !== null) return Buffer.from(setting, 'utf8');
  const file = join(dataDir, NAME);
  return read(file) ?? make(file, dataDir);
}

function read(file: string): Uint8Array | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new AppError('CONFIG_INVALID', `Expected to read ${file}: ${(error as Error).message}`, { cause: error });
  }
  if (!/^[0-9a-f]{64}\s*$/.test(text)) {
    throw new AppError('CONFIG_INVALID', `Expected 64 hexadecimal digits in ${file}, got something else.`, {
      hint: 'Put the file back from a backup. Without it, remove it: people who asked before are then strangers, and nothing else is lost.',
    });
  }
  return Buffer.from(text.trim(), 'hex');
}

function make(file: string, dataDir: string): Uint8Array {
  mkdirSync(dataDir, { recursive: true });
  const mine = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(mine, `${randomBytes(BYTES).toString('hex')}\n`, { mode: 0o600 });
  try {
    // Under its name only when it is whole, and only if nobody else was faster.
    linkSync(mine, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(mine, { force: true });
  }
  return read(file)!;
}
