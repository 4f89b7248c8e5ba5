import { buildCorpus, type Knowledge } from '../../src/answering/corpus.ts';
import type { AnsweringState } from '../../src/answering/state.ts';
import type { LibraryRecord } from '../../src/domain/record.ts';
import { splitByValidity } from '../../src/domain/validity.ts';
import { parseRecord } from '../../src/knowledge/markdown.ts';

/** A record from front matter (YAML without its fences) and body. */
export const recordOf = (meta: string, body = ''): LibraryRecord => parseRecord(`---\n${meta.trim()}\n---\n${body}\n`, 'record.md');

/** What is answered from on a day, over some records. */
export function stateOn(
  today: string,
  records: readonly LibraryRecord[],
  language: Partial<Omit<Knowledge, 'records'>> = {},
): AnsweringState {
  const words = { lexicon: [], thesaurus: [], english: new Map<string, string[]>(), ...language };
  const { inForce, lapsed } = splitByValidity(records, today);
  return {
    corpus: buildCorpus({ ...words, records: inForce }),
    lapsed: lapsed.length === 0 ? null : buildCorpus({ ...words, records: lapsed }),
    today,
  };
}

export const CONCIERGE_GUIDE = recordOf(`
id: guide-concierge
kind: procedure
title: 企业开办帮代办
category: approval
verifiedOn: 2026-11-01
guide:
  applicant: 拟在小镇设立的企业
  conditions: [有固定经营场所, 经营范围不在禁止之列]
  materials:
    - { name: 法定代表人身份证, forms: [复印件], copies: 1, need: 必要 }
    - { name: 经营场所证明, forms: [原件], copies: 1, need: 必要 }
    - { name: 公司章程, forms: [电子], need: 容缺 }
    - { name: 委托书, forms: [原件], copies: 1, need: 必要 }
  steps:
    - { name: 受理, time: 1个工作日 }
    - { name: 核准登记, time: 1个工作日 }
    - { name: 发照 }
  promisedTime: 2个工作日
  statutoryTime: 15个工作日
  fee: 不收费
  place: 小镇政务服务中心一楼
  window: 帮代办专窗
  hours: 周一至周五 9:00—17:00
  phone: 0595-11110001
  legalBasis: [《市场主体登记管理条例》]
  result: 营业执照
  faq:
    - { question: 帮代办可以代替本人签字吗, answer: 不可以，签字须由本人完成 }
`);

export const PERMIT_GUIDE = recordOf(`
id: guide-permit
kind: procedure
title: 建筑工程施工许可证核发
category: approval
guide:
  conditions: [已办理用地批准手续, 已取得建设工程规划许可证]
  materials:
    - { name: 施工许可申请表, forms: [原件], copies: 2, need: 必要 }
    - { name: 建设工程规划许可证, forms: [复印件], copies: 1, need: 必要 }
    - { name: 施工合同, forms: [复印件], copies: 1, need: 必要 }
  steps: [{ name: 申请 }, { name: 审查 }, { name: 决定 }]
  promisedTime: 3个工作日
  fee: 不收费
  place: 小镇建设局三楼
  phone: 0595-11110002
`);

export const PENSION_GUIDE = recordOf(`
id: guide-subsidy
kind: procedure
title: 灵活就业社会保险补贴申领
category: livelihood
guide:
  conditions: [离校两年内未就业的高校毕业生, 已缴纳社会保险费]
  materials:
    - { name: 社会保险补贴申请表, forms: [原件], copies: 1, need: 必要 }
    - { name: 毕业证书, forms: [复印件], copies: 1, need: 必要 }
  steps: [{ name: 申报 }, { name: 审核 }, { name: 公示 }, { name: 发放 }]
  promisedTime: 20个工作日
  place: 小镇人力资源和社会保障所
  phone: 0595-11110003
`);

export const FAIR_POLICY = recordOf(
  `
id: fair-2026
kind: policy
title: 小镇支持企业参展若干措施（2026年）
issuingBody: 小镇商务局
documentNumber: 镇商〔2026〕8号
issuedOn: 2026-01-10
effectiveOn: 2026-02-01
expiresOn: 2026-12-31
supersedes: [镇商〔2024〕3号]
category: subsidy
facts:
  award: 按展位费的50%补助
  amount: 每家最高10万元
  cap: 全镇每年300万元
  applyFrom: 2026-03-01
  applyUntil: 2026-10-31
  redemption: 即申即享
  department: 小镇商务局
  phone: 0595-22220001
sections:
  - number: 1
    page: 2
`,
  `
### 1. 展位费补助

企业参加境外知名展会的，按展位费的50%给予补助。同一企业每年不超过10万元。

### 2. 申请程序

企业应在展会结束后三个月内提出申请。由商务局审核后公示。
`,
);

export const OLD_FAIR_POLICY = recordOf(
  `
id: fair-2024
kind: policy
title: 小镇支持企业参展若干措施
issuingBody: 小镇商务局
documentNumber: 镇商〔2024〕3号
issuedOn: 2024-01-05
effectiveOn: 2024-02-01
category: subsidy
`,
  `
### 1. 展位费补助

企业参加境外知名展会的，按展位费的30%给予补助。同一企业每年不超过5万元。

### 2. 旅费补助

参展人员的国际旅费按人均三千元给予补助。
`,
);
