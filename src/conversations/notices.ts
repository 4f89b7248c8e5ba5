import { CATEGORIES, CATEGORY_IDS, type Category } from '../domain/categories.ts';
import type { ButtonRow, ReplyMessage } from '../domain/message.ts';

/** What the house says of itself: set by the operator, with plain defaults. */
export interface HouseWords {
  readonly sampleQuestions: readonly string[];
  /** How to reach a person. */
  readonly contact: string;
}

export const DEFAULT_SAMPLES = [
  '融资白名单怎么进？',
  '人才有哪些扶持和服务？',
  '出口参展有什么奖励？',
  '跨域通办是什么？',
  '老板拖欠工资怎么办？',
  '哪里能看到厂房出租信息？',
] as const;

const sampleRows = (words: HouseWords): ButtonRow[] =>
  words.sampleQuestions.slice(0, 3).map((label, index) => [{ label, action: { kind: 'sample', index } }]);

export function greetingNotice(words: HouseWords): ReplyMessage {
  return {
    title: '问策',
    tone: 'plain',
    blocks: [
      {
        kind: 'paragraph',
        text: '您好，我是政策服务助手“问策”。您直接说问题就行，我用政策原文回答，并告诉您出处；资料里没有的，我会如实说明。',
      },
      { kind: 'list', title: '您可以这样问', items: words.sampleQuestions.slice(0, 3), numbered: false },
    ],
    buttons: sampleRows(words),
  };
}

export function helpNotice(words: HouseWords): ReplyMessage {
  return {
    title: '怎么用问策',
    tone: 'plain',
    blocks: [
      {
        kind: 'list',
        title: null,
        items: [
          '直接提问，口语、拼音、繁体、简短的英文都可以',
          '群里请 @我，或用 /ask 加问题',
          '/topics 查看有哪些主题',
          '答案都引用原文，点“全文”可看整节内容',
          '没有找到答案时，点“转人工”或发送 /staff，由工作人员答复',
          '发送“订阅 人才政策”，有新政策或申报快截止时通知您',
          '/forget 删除我的记录',
        ],
        numbered: false,
      },
      { kind: 'list', title: '您可以这样问', items: words.sampleQuestions.slice(0, 3), numbered: false },
      { kind: 'note', text: `需要人工帮助：${words.contact}` },
    ],
    buttons: sampleRows(words),
  };
}

export function thanksNotice(): ReplyMessage {
  return { title: '不客气', tone: 'plain', blocks: [{ kind: 'paragraph', text: '不客气，有政策或办事方面的问题随时问我。' }], buttons: [] };
}

export function handOffNotice(words: HouseWords): ReplyMessage {
  return { title: '转人工', tone: 'plain', blocks: [{ kind: 'paragraph', text: `您可以这样联系工作人员：${words.contact}` }], buttons: [] };
}

export function unsupportedNotice(): ReplyMessage {
  return {
    title: '暂时只能看文字',
    tone: 'plain',
    blocks: [{ kind: 'paragraph', text: '抱歉，我目前只能看懂文字消息，请把问题打字发给我。' }],
    buttons: [],
  };
}

/** Said once when someone writes more than can be answered. */
export function tooManyNotice(): ReplyMessage {
  return {
    title: '请稍候',
    tone: 'plain',
    blocks: [{ kind: 'paragraph', text: '消息有点多，我先歇一会儿。请过一分钟再问，谢谢理解。' }],
    buttons: [],
  };
}

/** 道歉: after the last attempt at a message failed. */
export function apologyNotice(contact: string): ReplyMessage {
  return {
    title: '抱歉',
    tone: 'plain',
    blocks: [{ kind: 'paragraph', text: `抱歉，刚才处理您的消息时出了故障，没能回答。请稍后再问一次，或联系工作人员：${contact}` }],
    buttons: [],
  };
}

/** Topics to choose from: only those the library has something on. */
export function topicsNotice(isFilled: (category: Category) => boolean): ReplyMessage {
  const filled = CATEGORY_IDS.filter(isFilled);
  const buttons = filled.map((category) => ({ label: CATEGORIES[category], action: { kind: 'topic' as const, category } }));
  const rows: ButtonRow[] = [];
  for (let at = 0; at < buttons.length; at += 2) rows.push(buttons.slice(at, at + 2));
  return {
    title: '主题',
    tone: 'plain',
    blocks: [{ kind: 'list', title: '可以按主题查看', items: filled.map((category) => CATEGORIES[category]), numbered: false }],
    buttons: rows,
  };
}

export function goneNotice(): ReplyMessage {
  return {
    title: '内容已更新',
    tone: 'plain',
    blocks: [{ kind: 'paragraph', text: '这部分内容已经调整，请重新提问，我按最新资料为您查找。' }],
    buttons: [],
  };
}
