import { describe, expect, it } from 'vitest';
import { fit } from '../../src/evaluation/fit.ts';
import type { WantedSection } from '../../src/evaluation/question-set.ts';
import { smallKnowledge } from '../support/corpus.ts';
import { recordOf } from '../support/records.ts';

/** Both have a section 1; only the guide's FAQ speaks of parking. */
const PARKING = recordOf('id: parking\nkind: faq\ntitle: 访客车辆停放在哪里\ncategory: livelihood', '访客车辆停放在北门停车场。');

describe('a written question the weights are fitted on', () => {
  const withoutQuestions = smallKnowledge((source) => source.replaceAll(/^ {4}questions:.*(?:\n {6}.*)*\n/gm, ''));
  const knowledge = { ...withoutQuestions, records: [...withoutQuestions.records, PARKING] };
  const rightBy = (...sections: WantedSection[]): number =>
    fit(knowledge, [{ id: '1', kind: 'fact', q: '访客车辆停放在哪里', sections, evidence: [] }], () => {}).rankedRight;

  it('is ranked right by the id of its section in any document', () => {
    expect(rightBy('parking#1')).toBe(1);
    expect(rightBy('small-plan#1')).toBe(0);
  });

  it('means a section of a policy by a number alone', () => {
    expect(rightBy(1)).toBe(0);
  });
});
