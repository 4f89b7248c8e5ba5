import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { documentsOf, readLines, type StackDocument } from '../../src/stacks/document.ts';
import { temporaryFolder } from '../support/config.ts';

const read = async (file: string): Promise<StackDocument[]> => {
  const documents: StackDocument[] = [];
  for await (const document of documentsOf(readLines(file))) documents.push(document);
  return documents;
};

function fileOf(source: string | Buffer, name = 'laws.jsonl'): string {
  const file = join(temporaryFolder(), name);
  writeFileSync(file, source);
  return file;
}

const LINES = [
  { id: 'a#1', document: '甲法', title: '第一条', text: '为了规范。', issuingBody: '全国人大', effectiveOn: '2020-01-01' },
  { id: 'a#2', title: '第二条', text: '本法所称。' },
  { id: 'b', title: '乙通知', text: '各单位：', category: 'talent' },
];
const SOURCE = `\n${LINES.map((line) => JSON.stringify(line)).join('\r\n')}\n\n`;

describe('documents of a collection', () => {
  it.each([
    ['plain', SOURCE, 'laws.jsonl'],
    ['packed', gzipSync(SOURCE), 'laws.jsonl.gz'],
  ])('are read from JSON lines, %s', async (_, source, name) => {
    const documents = await read(fileOf(source, name));
    expect(documents).toMatchObject([
      { title: '甲法', issuingBody: '全国人大', effectiveOn: '2020-01-01', expiresOn: null, category: 'approval' },
      { title: '乙通知', issuingBody: null, category: 'talent', sections: [{ title: '乙通知', text: '各单位：' }] },
    ]);
    expect(documents[0]!.sections).toEqual([
      { title: '第一条', text: '为了规范。' },
      { title: '第二条', text: '本法所称。' },
    ]);
  });

  it('go on in another document after as many sections as a button can name', async () => {
    const lines = Array.from({ length: 10_001 }, (_, at) => JSON.stringify({ id: `long#${at}`, text: '条文。' }));
    expect((await read(fileOf(lines.join('\n')))).map(({ sections }) => sections.length)).toEqual([8_999, 1_002]);
  });

  it.each([
    ['no JSON', '{"id":"a","text":"好"}\nnonsense', /laws\.jsonl:2: expected one JSON object, got "nonsense"/],
    ['no text', '{"id":"a"}', /laws\.jsonl:1: text: /],
    ['an empty text', '{"id":"a","text":" "}', /laws\.jsonl:1: text: expected a text, got none/],
    ['a day that is none', '{"id":"a","text":"好","effectiveOn":"2020-13-01"}', /laws\.jsonl:1: effectiveOn: /],
    ['an address to be clicked that is none', '{"id":"a","text":"好","url":"javascript:alert(1)"}', /laws\.jsonl:1: url: /],
  ])('with %s are refused by file and line', async (_, source, message) => {
    await expect(read(fileOf(source))).rejects.toMatchObject({ code: 'INPUT_INVALID', message: expect.stringMatching(message) });
  });

  it('that cannot be read at all are refused too', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'laws.jsonl'));
    for (const file of [
      join(folder, 'none.jsonl'),
      join(folder, 'none.jsonl.gz'),
      join(folder, 'laws.jsonl'),
      fileOf('no gzip', 'a.jsonl.gz'),
    ]) {
      await expect(read(file)).rejects.toMatchObject({
        code: 'INPUT_INVALID',
        message: expect.stringContaining('expected a file to read'),
      });
    }
  });
});
