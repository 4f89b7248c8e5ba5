/** Questions the small library answers, each with words of its answer. */
export const SMALL_QUESTIONS = [
  { question: '厂房租金怎么补贴', answer: '每平方米每月三元' },
  { question: '人才公寓怎么申请', answer: '由企业统一提交' },
  { question: '班车几点发车', answer: '早上七点半' },
] as const;
