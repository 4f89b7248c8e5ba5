/** A question and answer as a file of the library. */
export const faqSource = (id: string, title: string, answer = '请到政务服务中心办理。', more = ''): string =>
  `---\nkind: faq\nid: ${id}\ntitle: ${title}\ncategory: financing\n${more}---\n${answer}\n`;

/** Questions and answers as a table to import. */
export const faqTable = (...rows: readonly (readonly [question: string, answer: string])[]): Uint8Array =>
  new TextEncoder().encode(`问题,答案,分类\r\n${rows.map(([question, answer]) => `${question},${answer},融资与白名单\r\n`).join('')}`);
