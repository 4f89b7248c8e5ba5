import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * Who may import whom. A key is a room (a folder of src/, or a file at its top); the values are the rooms it may import.
 * `type:` allows `import type` only; `*` allows everything.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  config: ['domain'],
  observability: ['domain', 'privacy'],
  text: [],
  search: ['text'],
  http: ['domain'],
  knowledge: ['domain', 'text'],
  answering: ['domain', 'text', 'search'],
  conversations: ['domain', 'answering'],
  stacks: ['domain', 'text', 'search', 'answering'],
  models: ['domain', 'text'],
  delivery: ['domain'],
  'hand-off': ['domain', 'text', 'type:conversations'],
  insight: ['domain', 'text', 'privacy', 'type:schedule'],
  schedule: ['domain'],
  leadership: ['domain'],
  subscriptions: ['domain'],
  pictures: ['domain'],
  privacy: ['domain'],
  'channels/channel.ts': ['domain'],
  'channels/telegram': ['channels/channel.ts', 'domain'],
  'channels/feishu': ['channels/channel.ts', 'domain'],
  'channels/web': ['channels/channel.ts', 'domain', 'http'],
  'channels/terminal': ['channels/channel.ts', 'domain'],
  storage: [
    'domain',
    'type:knowledge',
    'type:conversations',
    'type:delivery',
    'type:admin',
    'type:hand-off',
    'type:insight',
    'type:schedule',
    'type:leadership',
    'type:subscriptions',
    'type:stacks',
    'type:library',
    'type:privacy',
  ],
  evaluation: ['domain', 'text', 'search', 'answering', 'conversations'],
  doctor: ['domain', 'type:config'],
  admin: ['domain', 'knowledge', 'http', 'privacy', 'hand-off', 'insight', 'subscriptions'],
  console: ['type:channels/web', 'type:admin'],
  'server.ts': ['*'],
  library: ['*'],
  compose: ['*'],
  'app.ts': ['*'],
  'main.ts': ['*'],
  cli: ['*'],
};

/** Files every chat channel has under the same name; one of `intakes` at least. */
const CHANNEL_FILES = ['index.ts', 'decode.ts', 'encode.ts', 'client.ts', 'webhook.ts'];
const CHANNEL_INTAKES = ['polling.ts', 'stream.ts'];

const SRC = resolve(import.meta.dirname, '../src');

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return filesBelow(path);
    return /\.tsx?$/.test(name) ? [path] : [];
  });
}

const files = filesBelow(SRC);

const roomOf = (file: string): string => {
  const path = relative(SRC, file).replaceAll('\\', '/');
  const rooms = Object.keys(MAY_IMPORT).filter((room) => path === room || path.startsWith(`${room}/`));
  return rooms.sort((a, b) => b.length - a.length)[0] ?? path;
};

interface Import {
  readonly from: string;
  readonly to: string;
  readonly isTypeOnly: boolean;
}

/** Imports of our own files. An import whose every name is marked `type` counts as a type import. */
function importsOf(file: string): Import[] {
  const source = readFileSync(file, 'utf8');
  const found: Import[] = [];
  for (const match of source.matchAll(
    /(?:^|\n)\s*(?:import|export)\s+(type\s+)?([^'";]*?)\s*from\s+'(\.[^']+)'|import\(\s*'(\.[^']+)'\s*\)/g,
  )) {
    const target = match[3] ?? match[4];
    if (target === undefined) continue;
    const names = match[2]
      ?.match(/^\{([^}]*)\}$/)?.[1]
      ?.split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '');
    const isTypeOnly =
      match[1] !== undefined || (names !== undefined && names.length > 0 && names.every((name) => name.startsWith('type ')));
    found.push({ from: file, to: resolve(dirname(file), target), isTypeOnly });
  }
  return found;
}

const imports = files.flatMap(importsOf);
const COUNTED_IMPORTS = 100;
const show = ({ from, to }: Import): string => `${relative(SRC, from)} → ${relative(SRC, to)}`;

describe('the house', () => {
  it('has no file outside its rooms', () => {
    const homeless = files.filter((file) => !(roomOf(file) in MAY_IMPORT)).map((file) => relative(SRC, file));
    expect(homeless).toEqual([]);
  });

  it('has no import that its plan does not allow', () => {
    expect(imports.length).toBeGreaterThan(COUNTED_IMPORTS);
    const wrong = imports.filter(({ from, to, isTypeOnly }) => {
      const [home, target] = [roomOf(from), roomOf(to)];
      const allowed = MAY_IMPORT[home] ?? [];
      return !(home === target || allowed.includes('*') || allowed.includes(target) || (isTypeOnly && allowed.includes(`type:${target}`)));
    });
    expect(wrong.map(show)).toEqual([]);
  });

  it('has no cycle of value imports', () => {
    const values = new Map<string, string[]>();
    for (const { from, to, isTypeOnly } of imports) if (!isTypeOnly) values.set(from, [...(values.get(from) ?? []), to]);
    const cycles: string[] = [];
    const done = new Set<string>();
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) {
        cycles.push([...path.slice(path.indexOf(file)), file].map((step) => relative(SRC, step)).join(' → '));
        return;
      }
      if (done.has(file)) return;
      for (const next of values.get(file) ?? []) visit(next, [...path, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
    expect(cycles).toEqual([]);
  });

  it('reads the environment in config/ only', () => {
    const readers = files.filter((file) => /process\s*\.\s*env\b/.test(readFileSync(file, 'utf8')) && roomOf(file) !== 'config');
    expect(readers.map((file) => relative(SRC, file))).toEqual([]);
  });

  it('gives every chat channel the same files', () => {
    for (const channel of ['telegram', 'feishu']) {
      const names = readdirSync(join(SRC, 'channels', channel));
      expect(names).toEqual(expect.arrayContaining(CHANNEL_FILES));
      expect(names.some((name) => CHANNEL_INTAKES.includes(name))).toBe(true);
    }
  });
});
