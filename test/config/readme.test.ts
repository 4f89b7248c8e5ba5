import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SETTINGS } from '../../src/config/schema.ts';

const tableOf = (file: string): string[] => {
  const table = /<!-- settings -->\n([\s\S]*?)<!-- \/settings -->/.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
  return table
    .trim()
    .split('\n')
    .slice(2)
    .map((row) =>
      row
        .split('|')
        .slice(1, 3)
        .map((cell) => cell.trim().replaceAll('`', ''))
        .join('='),
    );
};

describe('the settings tables of the READMEs', () => {
  const expected = SETTINGS.map(({ name, fallback }) => `${name}=${fallback ?? ''}`);
  it.each(['README.md', 'README.zh-CN.md'])('%s lists every setting with its default', (file) => {
    expect(tableOf(file)).toEqual(expected);
  });
});
