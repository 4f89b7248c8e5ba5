/** A request that was refused or did not arrive. `message` is Chinese and made for the person in front of the screen. */
export class ApiError extends Error {
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** Of the API's catalogue, or OFFLINE, TIMEOUT, BROKEN. */
  readonly code: string;
  /** What the server said, which may name the place of a mistake. */
  readonly detail: string;
  /** The whole answer, for answers that carry more than an error. */
  readonly body: unknown;

  constructor(status: number, code: string, detail: string, body: unknown = null, cause?: unknown) {
    super(wordsFor(status, code, detail), cause === undefined ? undefined : { cause });
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.body = body;
  }
}

const WORDS: Readonly<Record<string, string>> = {
  OFFLINE: '没有连上服务，请检查网络后再试。',
  TIMEOUT: '等了太久没有回音，服务可能正忙，请稍后再试。',
  BROKEN: '服务的回答无法读取，请稍后再试。',
  INPUT_INVALID: '填写的内容有误，请改正后再试。',
  INPUT_TOO_LARGE: '内容太大，请减小后再试。',
  UNAUTHENTICATED: '登录已失效，请重新登录。',
  FORBIDDEN: '您没有这样做的权限。',
  NOT_FOUND: '没有找到，可能已被移走或删除。',
  STALE: '有人先一步改动了它，请看过最新内容再继续。',
  NOT_POSSIBLE: '以它现在的状态不能这样做，请刷新后再看。',
  RATE_LIMITED: '试得太频繁了，请稍等片刻再试。',
  STORE_UNAVAILABLE: '数据库暂时不可用，这次没有保存，请稍后再试。',
  KNOWLEDGE_UNREADABLE: '内容无法读取，请按提示改正。',
  IMPORT_WRONG_TYPE: '不支持这种文件，请使用 Word（.docx）、PDF、网页、Markdown、文本、Excel（.xlsx）或 CSV。',
  IMPORT_ENCRYPTED: '文件有密码，请去掉密码后再导入。',
  IMPORT_MACROS: '文件带有宏，请另存为不带宏的 .docx 或 .xlsx。',
  IMPORT_UNSAFE: '文件结构不安全，请打开后另存一份再导入。',
  IMPORT_SCANNED: '文件是扫描图片，请先做文字识别（OCR），或使用原始文件。',
  IMPORT_DAMAGED: '文件已损坏，请打开后另存一份再导入。',
  IMPORT_TOO_SLOW: '文件太大，请拆成几份再导入。',
  IMPORT_PROBLEMS: '导入内容有问题，什么都没有写入，请改正后再试。',
  INTERNAL: '服务出了点问题，不是您的原因，请稍后再试。',
};

const TELLING = new Set(['INPUT_INVALID', 'KNOWLEDGE_UNREADABLE']);
const CHINESE = /\p{Script=Han}/u;

/** What the server says in Chinese is said as it is; the rest gets the words for its code. */
function wordsFor(status: number, code: string, detail: string): string {
  if (CHINESE.test(detail)) return detail;
  const words = WORDS[code] ?? (status >= 500 ? WORDS['INTERNAL']! : `请求没有成功（${code}）。`);
  // Where a mistake is, helps even when it is told in English.
  return TELLING.has(code) && detail !== '' ? `${words}（${detail}）` : words;
}

/** What to show for whatever was thrown. */
export const messageOf = (thrown: unknown): string => (thrown instanceof ApiError ? thrown.message : WORDS['INTERNAL']!);
