/** A kind of answer: how people ask for it, and what a text that gives it looks like. Patterns are for comparable texts. */
export interface AnswerType {
  readonly name: string;
  readonly asks: RegExp;
  readonly gives: RegExp;
}

const type = (name: string, asks: RegExp, gives: RegExp): AnswerType => ({ name, asks, gives });

/** What questions on policies, services and rules ask for. A question may ask for several. */
export const ANSWER_TYPES: readonly AnswerType[] = [
  type('amount', /多少|金额|标准|额度|比例|收费|费用|多高|几成|奖励|价格/, /\d[\d,.]*\s*(万|亿)?(元|%|倍|‰|美元)|百分之|免费/),
  type(
    'time',
    /何时|什么时候|啥时候|哪天|几号|几月|时间|期限|多久|多长|截止|几天|几日|时限|有效期|期间/,
    /\d+\s*(年|月|日|天|个月|小时|时|周|点)|[一二三四五六七八九十]+(年|个?月|日|天)/,
  ),
  type('phone', /电话|热线|联系|咨询|拨打|举报/, /\d{3,4}-\d{7,8}|\d{7,}|电话|热线/),
  type(
    'place',
    /哪里|哪儿|何处|地址|地点|在哪|网址|网站|到哪|向哪|渠道|途径|哪个(部门|单位|机关)|什么(部门|机关)/,
    /路\d+号|https?:|www|网站|网址|地址|窗口|向.{0,20}(申请|提出|举报|报告|投诉)|楼/,
  ),
  type('meaning', /什么是|是什么|是啥|何谓|何为|指什么|什么叫|是指|含义|定义|概念|的意思/, /是指|指的是|所称|系指|称为|即为|,指|意指/),
  type('penalty', /处罚|罚|法律责任|后果|判|量刑|追究|犯.{0,4}罪|构成/, /罚款|责令|有期徒刑|拘役|吊销|警告|处以|处罚|法律责任|赔偿/),
  type(
    'papers',
    /材料|证件|文件|资料|凭证|证明|带什么|带啥|哪些手续|应备/,
    /提交|提供|检附|检具|证明|申请书|身[份分]证|复印件|影本|应备|表/,
  ),
  type(
    'procedure',
    /(如何|怎么|怎样|咋)(申请|办理|申报|报名|缴|领|查|补|处理|办|报)|流程|程序|手续|步骤|方式/,
    /申请|办理|提交|受理|登录|填|审核|流程|步骤|方式/,
  ),
  type('who', /哪些人|谁|对象|资格|条件|哪些企业|什么人|何人|范围|符合/, /对象|条件|资格|符合|下列|凡|范围|适用/),
  type(
    'list',
    /哪些|那些|什么(措施|政策|规定|要求|情形|情况|内容|服务)|包括|包含|内容/,
    /\(一\)|\(1\)|一、|1[.、]|一是|第一|首先|包括|以下|下列|如下|[^,。]{1,12}、[^,。]{1,12}、/,
  ),
  type('reason', /为什么|为何|为啥|原因|目的|缘由/, /因|由于|为了|原因|为.{2,20},/),
  type(
    'permission',
    /可否|能否|是否|可以.{0,20}吗|能.{0,12}吗|可不可以|能不能|是不是|合法|有效|违法|吗/,
    /可以|不得|应当|有权|不可|可|禁止|无效|得|不予/,
  ),
];

/** The types of answer a question asks for. */
export const typesAsked = (question: string): readonly AnswerType[] => ANSWER_TYPES.filter(({ asks }) => asks.test(question));
