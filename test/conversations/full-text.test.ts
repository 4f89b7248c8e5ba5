import { describe, expect, it } from 'vitest';
import { createAnswerer } from '../../src/answering/answerer.ts';
import type { Archive } from '../../src/conversations/archive.ts';
import { fullText } from '../../src/conversations/full-text.ts';
import { renderText } from '../../src/domain/render.ts';
import { FAIR_POLICY, OLD_FAIR_POLICY, PERMIT_GUIDE, stateOn } from '../support/records.ts';

const present = { ...FAIR_POLICY, revision: 4, publishedOn: '2026-05-01' };
const state = stateOn('2026-11-23', [present, { ...OLD_FAIR_POLICY, revision: 1 }, PERMIT_GUIDE]);
const answerer = createAnswerer(() => state);

/** Holds revision 3 of the policy, which granted less. */
const archive: Archive = {
  async section(documentId, number, revision) {
    const section = FAIR_POLICY.sections.find((each) => each.number === number);
    if (documentId !== 'fair-2026' || revision !== 3 || !section) return null;
    return { section: { ...section, text: '按展位费的40%给予补助。' }, record: { ...FAIR_POLICY, revision: 3, publishedOn: '2026-02-01' } };
  },
};
const show = async (documentId: string, section: number, revision: number | null, from: Archive | null = archive) => {
  const message = await fullText({ documentId, section, revision }, answerer, from);
  return message && renderText(message);
};

describe('the full text of a section', () => {
  it('is the one in service, with its source', async () => {
    for (const revision of [null, 4]) {
      const shown = await show('fair-2026', 1, revision);
      expect(shown).toMatch(/^企业参加境外知名展会的，按展位费的50%给予补助。同一企业每年不超过10万元。\n\n出处：.* · 截至2026-05-01$/);
    }
  });

  it('is the one that was quoted when that has changed, and says so', async () => {
    const shown = await show('fair-2026', 1, 3);
    expect(shown).toMatch(/^（这是第 3 版（已被替代），现行为第 4 版，请以现行内容为准）\n\n按展位费的40%给予补助。/);
    expect(shown).toContain('截至2026-02-01');
  });

  it('is the one in service, and says so, when the one that was quoted is not kept', async () => {
    for (const shown of [await show('fair-2026', 1, 2), await show('fair-2026', 1, 3, null)]) {
      expect(shown).toMatch(/^（答复当时依据第 [23] 版，以下是更新后的内容）\n\n企业参加境外知名展会的，按展位费的50%给予补助。/);
    }
  });

  it('that is not in force is marked as such', async () => {
    expect(await show('fair-2024', 1, null)).toMatch(/^（这份内容已于2026-02-01被替代，仅供参考）/);
  });

  it('that was withdrawn is shown as it was, else there is none', async () => {
    const bare = createAnswerer(() => stateOn('2026-11-23', [PERMIT_GUIDE]));
    const message = await fullText({ documentId: 'fair-2026', section: 1, revision: 3 }, bare, archive);
    expect(renderText(message!)).toMatch(/^（这是第 3 版（已被替代），这份内容现已撤下）/);
    expect(await fullText({ documentId: 'fair-2026', section: 1, revision: 3 }, bare, null)).toBeNull();
    expect(await show('fair-2026', 77, null)).toBeNull();
  });

  it('of a guide is headed by the guide', async () => {
    expect((await fullText({ documentId: 'guide-permit', section: 2, revision: null }, answerer, null))?.title).toBe(
      '建筑工程施工许可证核发 · 申请材料',
    );
  });
});
