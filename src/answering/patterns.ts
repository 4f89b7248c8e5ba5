import type { Category } from '../domain/categories.ts';

/** Segments of a chat message that ask for nothing. Compared whole, without punctuation. */
const SMALL_TALK =
  /^(@\S+|在吗|在不在|有人吗|有人在吗|你好|您好|嗨|嘿|哈喽|哈罗|hello|hi|hey|大家好|早|早安|早上好|上午好|中午好|下午好|晚上好|亲|亲们|请问|请教|问一下|问下|打扰了?|麻烦了?|辛苦了?|谢谢.{0,3}|多谢|感谢|thanks|thank you|急+|在线等|求解答|求科普|求助|求告知|不好意思|那个|这个|嗯+|哈+|哦+)$/;

/** Someone addressed at the head of a message: 各位老板早, 小编你好, 群主, 外贸群的朋友们. */
const ADDRESS =
  /^(各位|诸位|亲爱的)?(\S{0,4}群的?)?(老板|老师|小编|群主|管理员|小助手|助手|机器人|客服|领导|朋友|伙伴|大佬|兄弟|姐妹|同学|笔杆子|hr|家长)们?(好|早|您好|你好|早上好|大家好)?$/;

/** Openings that say only that a question follows, and closings that only thank. Removed wherever they stand. */
const FRAMES = [
  /(领导|同事|老板|朋友|客户)(让我|叫我|托我)(来)?(问|查|打听)(一下|下)?[::]?/g,
  /(我)?(想|要)?(请教|咨询|请问|问问|问一下|问下|打听|了解|确认|核实)(一下|一哈|下|哈)?(各位|你们|大家|群主|老师)?[,:,:]?/g,
  /(麻烦|劳驾|拜托)(您|你)?(问|查|看|帮忙|告诉)?(一下|下)?[,:]?/g,
  /(有没有人|谁|有人)(知道|清楚|了解|晓得)/g,
  /有个问题(哈|想问)?/g,
];

export const stripFrames = (text: string): string => FRAMES.reduce((rest, frame) => rest.replaceAll(frame, ' '), text);

export const isSmallTalk = (segment: string): boolean => SMALL_TALK.test(segment) || ADDRESS.test(segment);

export const GREETING =
  /^(在吗|在不在|有人吗|有人在吗|你好|您好|嗨|嘿|哈喽|哈罗|hello|hi|hey|大家好|早|早安|早上好|上午好|中午好|下午好|晚上好|各位好)+[呀啊哈]?$/;
export const THANKS =
  /^(好的|好|ok|嗯+|收到|明白了?|知道了|了解了?)?(谢谢|谢了|多谢|感谢|辛苦|thanks|thankyou|thx)(了|你|您|啦|哈|啊|呀|大家|老师|小助手|very|so|much|alot)*$|^(好的|收到|明白了|知道了)(谢谢)?$/;
export const HELP =
  /^(帮助|help|怎么用|如何使用|使用说明|使用帮助|菜单|功能|你是谁|你能(做|干|回答)(什么|啥|哪些).*|(能|可以)(问|查)(你)?(什么|啥|哪些).*|有(什么|啥|哪些)功能)$/;
export const HAND_OFF =
  /(转|接|找|要)个?(人工|真人|活人)(客服|服务|坐席)?$|^(人工|真人)(客服|服务|坐席)?$|^(我?(要|想)?)?(找|转|联系)(个)?(人工|真人|活人|客服)|找(个)?(工作人员|专员)(帮|聊|问|说)/;

/** 「有哪些…」 about a whole field rather than one thing. */
export const BROWSE = /(有|都有|还有)(哪些|什么|啥)|清单|列表|目录|一览|汇总|大全/;
/** Words that may stand beside the category in such a question without asking for anything narrower. */
export const BROWSE_FILLERS =
  /(今年|目前|现在|开发区|园区|区里|这里|你们|我们|咱们|企业|公司|最新|相关|方面|方向|领域|政策|措施|办法|规定|服务|内容|的|了|呢|吗|啊|呀|可以|能|享受|申请|看|查|些|类|这块|这一块|给|一下|下|都|还|请|关于|对|在)/g;

/** How people name the fields of the library. First match wins, so the narrower words stand first. */
export const CATEGORY_WORDS: readonly (readonly [RegExp, Category])[] = [
  [/融资|贷款|白名单|金融|借钱/, 'financing'],
  [/人才|引才|招才/, 'talent'],
  [/审批|政务|办事|办证|帮代办|行政服务/, 'approval'],
  [/补贴|补助|奖励|奖补|奖金|扶持|资助/, 'subsidy'],
  [/产业|招商|外贸|科技|创新/, 'industry'],
  [/用地|土地|厂房|建设|城建|园区标准化/, 'development'],
  [/民生|教育|医疗|就业|文化/, 'livelihood'],
  [/治理|安全|应急/, 'governance'],
  [/党建|党务|干部|廉政|统战/, 'party'],
];

/** A question that leans on the one before it: it opens with a pronoun or connective, or ends as a bare 呢. */
export const FOLLOW_UP = /^(那|那么|那个|这个|它|他们|她们|其中|这些|那些|里面|那里|然后|另外|还有|接着|后面|如果|要是)|(呢|呢\?)$/;

export const ASKS_NUMBER =
  /多少|几(个|家|条|项|亿|万|点|成|年|号|亩|名|人|天|次|%)|百分之几|多大|多高|多长|多久|比例|金额|数量|总投资|面积|目标值|how (many|much)/;
export const ASKS_TIME = /什么时候|啥时候|何时|几时|哪(一)?(年|月|天|季度)|哪个季度|多久|期限|截止|几月|几号|when/;
export const ASKS_NAME =
  /哪(些|几|个|家|里)|谁|什么(企业|公司|项目|平台|机制|模式|活动|贷款|单位|部门|名)|叫(什么|啥)|全名|名称|代号|who|which/;
export const ASKS_HOW = /怎么|如何|怎样|咋|流程|办法|方式|形式|途径|how/;
/** A question that asks for two things at once. */
export const ASKS_TWO = /分别|各(是|有|自|怎么)|两(块|个方面|方面)|以及|另外|同时|又(怎|是|要|跟|会|想)|一方面|既.+又|都(怎么|有啥|有什么)/;
