import { DATE } from './dates.ts';
import type { RawMeta } from './raw-document.ts';

/** 文号: 云开管〔2024〕12号, with any of the brackets people type. */
export const DOCUMENT_NUMBER =
  '[\\u4e00-\\u9fa5]{1,15}(?:〔|﹝|\\[|［|（|\\(|【)(?:19|20)\\d{2}(?:〕|﹞|\\]|］|）|\\)|】)\\s*(?:第)?\\d{1,5}\\s*号';

const LABELS: readonly (readonly [keyof RawMeta, RegExp])[] = [
  ['documentNumber', new RegExp(`(?:发文字号|发文文号|公文文号|文\\s*号)\\s*[:：]\\s*(${DOCUMENT_NUMBER})`)],
  ['issuingBody', /(?:发文机关|发布机构|发布机关|制发机关|公开主体|发布单位)\s*[:：]\s*([^\s:：，。]{4,40})/],
  ['issuedOn', new RegExp(`(?:成文日期|印发日期|制发日期|生成日期|发文日期)\\s*[:：]\\s*(${DATE})`)],
  ['publishedOn', new RegExp(`(?:发布日期|发布时间|公开日期|公布日期)\\s*[:：]\\s*(${DATE})`)],
  ['effectiveOn', new RegExp(`(?:生效日期|施行日期|实施日期)\\s*[:：]\\s*(${DATE})`)],
  ['expiresOn', new RegExp(`(?:废止日期|失效日期|有效期至)\\s*[:：]\\s*(${DATE})`)],
];

/** Reads what stands behind the usual labels of published documents (发文机关：… 成文日期：…). */
export function labelledValues(text: string): RawMeta {
  return Object.fromEntries(
    LABELS.flatMap(([key, form]) => {
      const value = form.exec(text)?.[1];
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

/** A line that holds nothing but such labels and values. */
export const LABEL_LINE =
  /^(索\s*引\s*号|信息索引|主题(分类|词)|发文机关|发布(机构|机关|单位|日期|时间)|制发机关|公开(主体|日期|方式|类型)|成文日期|印发日期|发文(字号|文号|日期)|公文(种类|文号)|文\s*号|体裁|有效性|时效性?|信息来源|来\s*源|标\s*题|名\s*称|生效日期|施行日期|实施日期|废止日期|失效日期|字\s*体|浏览(次数|量)|生成日期)\s*[:：]/;
