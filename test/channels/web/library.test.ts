import { describe, expect, it } from 'vitest';
import type { SectionView, Topic } from '../../../src/channels/web/schemas.ts';
import { explanation, RELATED, startWeb } from './harness.ts';

const SECTION: SectionView = {
  documentId: '2024-plan',
  documentTitle: '2024年总体工作思路',
  section: 6,
  title: '优化金融服务',
  part: null,
  text: '甲。乙。',
  sentences: [
    { start: 0, end: 2 },
    { start: 2, end: 4 },
  ],
  issued: null,
  categories: ['融资与白名单'],
};

describe('what the library holds', () => {
  it('gives the full text of a section', async () => {
    const web = await startWeb({ section: (documentId, number) => (documentId === '2024-plan' && number === 6 ? SECTION : null) });
    expect(await web.get('/api/v1/sections/2024-plan/6')).toMatchObject({ status: 200, body: SECTION });
  });

  it('gives it as a revision had it', async () => {
    const asked: (number | null)[] = [];
    const web = await startWeb({
      section: async (_documentId, _number, revision) => {
        asked.push(revision);
        return revision === 9 ? null : SECTION;
      },
    });
    expect((await web.get('/api/v1/sections/2024-plan/6?revision=4')).status).toBe(200);
    expect((await web.get('/api/v1/sections/2024-plan/6')).status).toBe(200);
    expect((await web.get('/api/v1/sections/2024-plan/6?revision=9')).status).toBe(404);
    expect(asked).toEqual([4, null, 9]);
    for (const revision of ['0', '-1', 'x', '1&revision=2']) {
      expect((await web.get(`/api/v1/sections/2024-plan/6?revision=${revision}`)).status).toBe(404);
    }
    expect(asked).toHaveLength(3);
  });

  it.each(['2024-plan/7', '2024-plan/-1', '2024-plan/1e3', '2024-plan/six', '2024-plan/99999', '..%2F..%2Fetc/1', 'A/6'])(
    'has no section %s',
    async (path) => {
      const web = await startWeb({ section: (_documentId, number) => (number === 6 ? SECTION : null) });
      expect(await web.get(`/api/v1/sections/${path}`)).toMatchObject({ status: 404, body: { error: { code: 'NOT_FOUND' } } });
    },
  );

  it('explains a question, and refuses one that is missing, empty or too long', async () => {
    const web = await startWeb();
    expect(await web.post('/api/v1/explain', { question: ' 公积金 ' })).toEqual({ status: 200, body: explanation('公积金') });
    for (const body of [{}, { question: ' ' }, { question: 7 }, { question: '问'.repeat(2_001) }, []]) {
      expect(await web.post('/api/v1/explain', body)).toMatchObject({ status: 400, body: { error: { code: 'INPUT_INVALID' } } });
    }
  });

  it('gives topics and samples', async () => {
    const topics: Topic[] = [{ category: 'talent', label: '人才政策', sections: [RELATED] }];
    const web = await startWeb({ topics: () => topics, samples: () => ['企业贷款有什么支持？'] });
    expect(await web.get('/api/v1/topics')).toMatchObject({ status: 200, body: topics });
    expect(await web.get('/api/v1/samples')).toMatchObject({ status: 200, body: ['企业贷款有什么支持？'] });
  });
});

describe('GET /api/v1/openapi.json', () => {
  it('describes every route, and refers only to what it contains', async () => {
    const web = await startWeb();
    const { body } = await web.get('/api/v1/openapi.json');
    const document = body as { openapi: string; paths: object; components: { schemas: Record<string, { required?: string[] }> } };
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toEqual([
      '/api/v1/ask',
      '/api/v1/chat',
      '/api/v1/chat/{conversationId}/news',
      '/api/v1/explain',
      '/api/v1/sections/{documentId}/{number}',
      '/api/v1/topics',
      '/api/v1/samples',
    ]);
    const text = JSON.stringify(document);
    const referred = new Set(Array.from(text.matchAll(/(?<=#\/components\/schemas\/)\w+/g), ([name]) => name));
    expect(Array.from(referred).filter((name) => !(name in document.components.schemas))).toEqual([]);
    expect(document.components.schemas['AskRequest']?.required).toEqual(['question']);
    expect(document.components.schemas['AskResponse']?.required).toContain('tookMs');
    expect(text).not.toContain('$id');
  });
});
