import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { onTestFinished } from 'vitest';
import { createWebChannel, type WebOptions, type WebServices } from '../../../src/channels/web/index.ts';
import type { Answer, Citation, SectionRef } from '../../../src/domain/answer.ts';
import type { Explanation } from '../../../src/domain/explanation.ts';
import type { Incoming, ReplyMessage } from '../../../src/domain/message.ts';
import type { Handled } from '../../../src/domain/turn.ts';
import { turnOf } from '../../support/turns.ts';

export const CITATION: Citation = {
  documentId: '2024-plan',
  documentTitle: '2024年总体工作思路',
  section: 6,
  sectionTitle: '优化金融服务',
  part: '一、坚持创新驱动引领,催生经济发展新动能',
  quote: '建立融资需求“白名单”推送机制。',
  issued: '泉州经济技术开发区 · 2024年',
  page: 3,
  asOf: '2026-11-20',
  revision: 4,
};

export const RELATED: SectionRef = { documentId: '2024-plan', section: 22, title: '加大引才聚才力度' };

export const REPLY: ReplyMessage = {
  title: '优化金融服务',
  tone: 'answer',
  blocks: [
    { kind: 'note', text: '按「贷款」理解' },
    { kind: 'quote', text: CITATION.quote },
    { kind: 'source', citation: CITATION },
    { kind: 'list', title: '相关', items: [RELATED.title], numbered: false },
  ],
  buttons: [[{ label: '查看全文', action: { kind: 'full-text', documentId: '2024-plan', section: 6, revision: 4 } }]],
};

export function handled(answer: Answer | null, replies: readonly ReplyMessage[] = [REPLY]): Handled {
  return { replies, turn: turnOf({ channel: 'web', question: 'q', answer }), feedback: null };
}

/** An explanation of nothing found. */
export const explanation = (question: string): Explanation => ({
  question,
  intent: 'question',
  outcome: 'refused',
  why: '没有任何章节与问题有共同的词，因此不作回答。',
  understanding: { text: question, readAs: null, corrections: [], isFollowUp: false, asksFor: [] },
  tokens: { words: [question], bigrams: [] },
  expansions: [],
  keyTerms: [{ term: question, weight: 1, isKnown: false }],
  confidence: 0.1,
  signals: [],
  thresholds: { answerFrom: 0.4, refuseBelow: 0.2 },
  candidates: [],
});

export interface WebUnderTest {
  readonly baseUrl: string;
  readonly heard: Incoming[];
  readonly logged: { level: string; fields: object; message: string }[];
  post(path: string, body: unknown): Promise<{ status: number; body: unknown }>;
  get(path: string): Promise<{ status: number; body: unknown; headers: Headers }>;
}

/** The web channel on a free port of loopback, with a clock that moves 7 ms a look and ids in sequence; stops with the test. */
export async function startWeb(services: Partial<WebServices> = {}, options?: WebOptions): Promise<WebUnderTest> {
  const heard: Incoming[] = [];
  const logged: WebUnderTest['logged'] = [];
  let nowMs = 1_000;
  let ids = 0;
  const at =
    (level: string) =>
    (fields: object, message: string): void => {
      logged.push({ level, fields, message });
    };
  const { router } = createWebChannel(
    {
      handle: async () => handled(null),
      explain: async (question) => explanation(question),
      section: () => null,
      topics: () => [],
      samples: () => [],
      log: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') },
      now: () => (nowMs += 7),
      newId: () => `id-${++ids}`,
      news: async () => [],
      ...services,
      ...(services.handle && {
        handle: (incoming: Incoming) => {
          heard.push(incoming);
          return services.handle!(incoming);
        },
      }),
    },
    options,
  );
  const server = createServer(express().use(router)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    baseUrl,
    heard,
    logged,
    async post(path, body) {
      const response = await fetch(baseUrl + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      return { status: response.status, body: await response.json() };
    },
    async get(path) {
      const response = await fetch(baseUrl + path);
      return { status: response.status, body: await response.json(), headers: response.headers };
    },
  };
}
