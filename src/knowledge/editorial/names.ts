import type { RevisionState } from './revision.ts';

/** States of a revision, as people read them. */
export const STATE_NAMES: Readonly<Record<RevisionState, string>> = {
  draft: '草稿',
  'in-review': '待审核',
  scheduled: '待发布',
  published: '已发布',
  superseded: '已被新版替代',
  rejected: '已驳回',
  discarded: '已作废',
};
