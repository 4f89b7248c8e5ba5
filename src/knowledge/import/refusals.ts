import { AppError, type ErrorCode } from '../../domain/errors.ts';

/** Largest file read: 20 MB. */
export const MAX_FILE_BYTES = 20 * 1024 * 1024;

/** Why a file is not read, in words for the person who imports it, and what to do instead. */
const REFUSALS = {
  'too-large': ['INPUT_TOO_LARGE', '文件超过 20 MB', '请拆分文件，或删去其中的图片后再导入。'],
  empty: ['IMPORT_DAMAGED', '文件是空的', '请检查文件后重新导入。'],
  'not-supported': [
    'IMPORT_WRONG_TYPE',
    '不是可以导入的文件类型',
    '可以导入 Markdown、纯文本、DOCX、PDF、XLSX、CSV 和 HTML；请另存为其中一种。',
  ],
  'name-mismatch': ['IMPORT_WRONG_TYPE', '文件内容与扩展名不符', '请把扩展名改成与内容一致，或用原来的程序另存后再导入。'],
  'old-office': ['IMPORT_WRONG_TYPE', '是旧版 Office 文件（.doc/.xls/.ppt）', '请用 Word 或 WPS 打开，另存为 .docx 或 .xlsx 后再导入。'],
  image: ['IMPORT_WRONG_TYPE', '是图片', '请先做文字识别（OCR），再导入识别出的文字。'],
  'unknown-encoding': ['IMPORT_WRONG_TYPE', '不是 UTF-8 或 GBK 编码的文字', '请另存为 UTF-8 编码后再导入。'],
  encrypted: ['IMPORT_ENCRYPTED', '文件有密码保护', '请去掉密码后再导入。'],
  macros: ['IMPORT_MACROS', '文件带有宏', '请另存为不带宏的 .docx 或 .xlsx 后再导入。'],
  bomb: ['IMPORT_UNSAFE', '压缩包解开后过大，或内部路径、结构不安全', '请用原来的程序打开，重新保存后再导入。'],
  scanned: ['IMPORT_SCANNED', '页面上没有文字，应是扫描件', '请先做文字识别（OCR），或导入原来的电子文件。'],
  garbled: ['IMPORT_SCANNED', '文字无法还原（字体没有嵌入对照表）', '请用生成它的程序重新导出 PDF，或导入原来的 Word 文件。'],
  damaged: ['IMPORT_DAMAGED', '文件已损坏，无法读取', '请用原来的程序打开，重新保存后再导入。'],
  'too-slow': ['IMPORT_TOO_SLOW', '读取时间过长或占用内存过多，已停止', '请拆分文件后再导入。'],
  'no-text': ['IMPORT_DAMAGED', '文件里没有可以导入的文字', '请检查文件内容后重新导入。'],
} as const satisfies Record<string, readonly [ErrorCode, string, string]>;

export type Refusal = keyof typeof REFUSALS;

/**
 * The error a file is refused with.
 * @param detail what was seen, added in brackets.
 * @example refuse('encrypted', 'a.docx').message // → "a.docx：文件有密码保护"
 */
export function refuse(why: Refusal, file: string, detail?: string, cause?: unknown): AppError {
  const [code, message, hint] = REFUSALS[why];
  return new AppError(code, `${file}：${message}${detail === undefined ? '' : `（${detail}）`}`, {
    hint,
    ...(cause === undefined ? {} : { cause }),
  });
}
