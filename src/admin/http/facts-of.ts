import type { LibraryRecord } from '../../domain/record.ts';
import { factsSection } from '../../knowledge/facts-section.ts';

/** What a document says about itself and grants, in words, for somebody who checks what was read from a file. */
export function factsOf(record: LibraryRecord): string[] {
  const { issuingBody, documentNumber, issuedOn, effectiveOn, expiresOn } = record;
  const stated = labelled([
    ['发文机关', issuingBody],
    ['文号', documentNumber],
    ['发布日期', issuedOn],
    ['施行日期', effectiveOn],
    ['失效日期', expiresOn],
  ]);
  if (record.kind === 'policy') return [...stated, ...(factsSection(record.facts)?.text.split('\n') ?? [])];
  if (record.kind === 'faq') return stated;
  const { promisedTime, statutoryTime, fee, place, phone, materials, steps } = record.guide;
  const counted = labelled([
    ['承诺办结时限', promisedTime],
    ['法定办结时限', statutoryTime],
    ['收费标准', fee],
    ['办理地点', place],
    ['咨询电话', phone],
    ['申请材料', materials.length === 0 ? null : `${materials.length} 项`],
    ['办理流程', steps.length === 0 ? null : `${steps.length} 步`],
  ]);
  return [...stated, ...counted];
}

const labelled = (facts: readonly (readonly [label: string, value: string | null])[]): string[] =>
  facts.flatMap(([label, value]) => (value === null ? [] : [`${label}：${value}`]));
